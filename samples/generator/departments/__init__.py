"""The fictional departments, one module a document."""
