"""The knowledge graph: claims, the ledger that keeps them, and what is computed from them."""
