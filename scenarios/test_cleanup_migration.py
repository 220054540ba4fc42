"""Binds features/cleanup_migration.feature to pytest."""

from pytest_bdd import scenarios

scenarios("cleanup_migration.feature")
