"""Links between documents: which of them belong together, and what must agree between them."""
