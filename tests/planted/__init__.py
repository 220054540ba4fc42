"""Planted bugs: one patch a bug, applied to a copy of the reference, and the runner that proves each is caught."""
