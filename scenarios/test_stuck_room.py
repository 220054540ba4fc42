"""Binds features/stuck_room.feature to pytest."""

from pytest_bdd import scenarios

scenarios("stuck_room.feature")
