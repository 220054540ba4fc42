"""Binds features/operations.feature to pytest."""

from pytest_bdd import scenarios

scenarios("operations.feature")
