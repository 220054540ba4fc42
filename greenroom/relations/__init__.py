"""The five canonical relations, and the state of rooms as their rows."""
