"""The commands for single documents and for the rules: one module each. cli.py puts them together."""
