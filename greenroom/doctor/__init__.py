"""Checks everything that a run relies on, before there is a run."""
