"""What keeps other people safe: the ledger of what was made, the census that removes it, the refusal of production."""
