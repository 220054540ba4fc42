"""Binds features/many_at_once.feature to pytest."""

from pytest_bdd import scenarios

scenarios("many_at_once.feature")
