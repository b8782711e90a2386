"""Fictional disclosures as small PDFs, each clean and with planted errors, and what an audit must say of them.

``python -m samples.generator [DIRECTORY]`` writes them. Every table of a document derives from one ledger of
spending lines in fen, so that tables in 万元 carry the rounding residues that real ones carry.
"""
