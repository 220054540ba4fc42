"""Binds features/host_after_refresh.feature to pytest."""

from pytest_bdd import scenarios

scenarios("host_after_refresh.feature")
