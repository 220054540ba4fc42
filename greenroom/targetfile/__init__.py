"""What a target folder says, as values, and what is wrong with it."""
