"""Binds features/one_room.feature to pytest."""

from pytest_bdd import scenarios

scenarios("one_room.feature")
