"""What a watch is about: what one look saw beside the bounds of `[watch]`, and when that is an alarm."""
