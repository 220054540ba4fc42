"""The trust campaign: troubles that are nobody's broken promise, and what a run says when it meets them."""
