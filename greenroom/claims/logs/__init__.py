"""What hours of a log say: conflicts of Go Lives, lines that have to follow others, and those that come alone."""
