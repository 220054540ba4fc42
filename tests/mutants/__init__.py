"""Mutants: small changes of the reference that nobody chose, and the runner that says which of them the suite sees."""
