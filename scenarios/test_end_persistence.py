"""Binds features/end_persistence.feature to pytest."""

from pytest_bdd import scenarios

scenarios("end_persistence.feature")
