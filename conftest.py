"""Wires fixtures and steps, nothing else."""

pytest_plugins = ["fixtures.plugin"]
