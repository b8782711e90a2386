"""The layouts, one module each; each mimics a structural family of disclosures, not a document."""
