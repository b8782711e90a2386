"""One way from a file to a Document."""
