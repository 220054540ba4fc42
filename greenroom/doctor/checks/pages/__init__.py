"""The pages are gone through as a host and a guest do."""
