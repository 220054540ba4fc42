"""Binds features/strangers.feature to pytest."""

from pytest_bdd import scenarios

scenarios("strangers.feature")
