"""What can be claimed of rows, answers, pages and logs, and how a claim that does not hold is told."""
