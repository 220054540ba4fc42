"""One scenario on the target: its world, its people, what they do, and what is done on purpose to it."""
