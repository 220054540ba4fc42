"""Feature files as the harness needs them: where everything stands, what would go wrong unseen, what is selected."""
