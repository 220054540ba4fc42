"""What GitHub shows of a run: annotations at lines of feature files, and the summary of a step."""
