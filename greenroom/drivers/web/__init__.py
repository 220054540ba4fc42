"""Drives the target's web page in a real browser, by the selectors of its target file."""
