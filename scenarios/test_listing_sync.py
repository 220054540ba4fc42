"""Binds features/listing_sync.feature to pytest."""

from pytest_bdd import scenarios

scenarios("listing_sync.feature")
