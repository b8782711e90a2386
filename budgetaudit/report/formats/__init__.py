"""The streams of report/outputs.py: one module a format."""
