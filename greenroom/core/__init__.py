"""What every other room builds on: errors, verdicts, deadlines, placeholders, redaction, the terminal, the project."""
