"""Where no scratch database can be made for the migration, it is said why, and what to do about it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import psycopg
import pytest

from greenroom.core.errors import BadTarget, TargetUnavailable
from greenroom.drivers.database import Database
from greenroom.migration.scratch import scratch_database
from greenroom.targetfile.model import Migration


class Refusing:
    """A database that makes no other."""

    def __init__(self, error: psycopg.Error) -> None:
        self._error = error

    def holds(self, relation: str) -> bool:
        return relation == "listing"

    def command(self, _: Any) -> None:
        raise self._error


def tried(error: psycopg.Error) -> None:
    migration = Migration.model_validate({"template": "clean", "file": "migration.sql"})
    target = cast(Any, SimpleNamespace(migration=migration, can=lambda _: True, shown_over_http=()))
    with scratch_database(target, cast(Database, Refusing(error)), "gr1"):
        pytest.fail("there is a scratch database")


@pytest.mark.parametrize(
    ("error", "hint"),
    [
        (psycopg.errors.InsufficientPrivilege("permission denied to create database"), "needs createdb"),
        (psycopg.errors.ReadOnlySqlTransaction("cannot execute CREATE DATABASE"), "a standby can't"),
        (psycopg.errors.InvalidCatalogName("template database does not exist"), "no rows"),
    ],
)
def test_what_keeps_it_from_being_made_is_the_target_files(error: psycopg.Error, hint: str) -> None:
    with pytest.raises(BadTarget, match=r"can't be cloned: \w+") as found:
        tried(error)
    assert hint in found.value.hint


def test_a_template_that_somebody_uses_is_a_matter_of_the_moment() -> None:
    with pytest.raises(TargetUnavailable, match="can't be cloned just now"):
        tried(psycopg.errors.ObjectInUse("source database is being accessed by other users"))
