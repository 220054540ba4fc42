"""People on the target: how accounts are made, leased and signed in, and what a person has at hand."""
