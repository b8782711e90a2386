"""What a Report becomes: terminal text, JSON, workbook, tables, painted pages. Nothing here reads a figure itself."""
