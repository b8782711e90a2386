"""The mutation bench (``make mutants``): one wrong figure is planted in a document that is read already, the document is
audited again, and what came out is compared with what went in: found, named, or nothing said.
"""
