"""Exploration: acts in orders that no scenario describes, judged by the promises, shrunk and written as features."""
