"""A room that was seen in trouble somewhere, as a Given: its rows as a table of words, nothing personal among them."""
