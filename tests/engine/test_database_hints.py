"""What the database complains about comes with what can be done about it, and before anything is made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from greenroom.core.errors import BadTarget, TargetUnavailable
from greenroom.core.project import ROOT
from greenroom.drivers.database import Database
from greenroom.drivers.database_connection import DatabaseConnection
from tests.support.databases import cloned
from tests.support.running_reference import Running

REFERENCE = ROOT / "targets" / "reference"


@pytest.fixture
def dsn(stack: Running) -> Iterator[str]:
    """A database of the test's own."""
    with cloned(stack["database"], "greenroom_hinted") as copy:
        yield copy


def with_setting(dsn: str, setting: str) -> str:
    return make_conninfo(dsn, options=f"-c {setting}")


def test_a_database_that_takes_no_writes_is_found_out_before_anything_is_made(dsn: str) -> None:
    readable = with_setting(dsn, "default_transaction_read_only=on")
    with (
        closing(Database(readable, REFERENCE, writable=True)) as database,
        pytest.raises(TargetUnavailable, match="takes no writes") as found,
    ):
        database.check_relations()
    assert "target_session_attrs" in found.value.hint and 'access = "read"' in found.value.hint


def test_what_only_reads_may_be_such_a_database(dsn: str) -> None:
    with closing(
        Database(with_setting(dsn, "default_transaction_read_only=on"), REFERENCE, writable=False)
    ) as database:
        database.check_relations()


def test_a_database_that_takes_no_writes_any_more_is_the_environment(dsn: str) -> None:
    with closing(Database(dsn, REFERENCE, writable=True)) as database:
        database.check_relations()
        database._connection.raw.execute("set default_transaction_read_only = on")  # as after a failover
        with pytest.raises(TargetUnavailable, match="takes no writes: cannot execute DELETE") as found:
            database.arrange("remove", accounts=[], rooms=[])
    assert "standby" in found.value.hint


def test_a_table_that_is_not_found_is_told_with_where_it_was_looked_for(dsn: str) -> None:
    with (
        closing(Database(with_setting(dsn, "search_path=nowhere"), REFERENCE, writable=True)) as database,
        pytest.raises(BadTarget, match='"app_users" does not exist') as found,
    ):
        database.check_relations()
    assert "looked for in nowhere alone" in found.value.hint


def test_a_statement_that_the_role_has_no_time_for_names_the_setting(dsn: str) -> None:
    with (
        closing(DatabaseConnection(with_setting(dsn, "statement_timeout=20ms"), writable=True)) as connection,
        pytest.raises(TargetUnavailable) as found,
    ):
        connection.read("select pg_sleep(5)")
    assert "statement_timeout" in found.value.hint


def test_a_role_that_has_no_connection_left_is_told_so(dsn: str) -> None:
    with psycopg.connect(dsn, autocommit=True) as owner:
        owner.execute("create role greenroom_full login connection limit 0")
        try:
            with pytest.raises(TargetUnavailable, match="too many connections") as found:
                DatabaseConnection(make_conninfo(dsn, user="greenroom_full"), writable=True)
        finally:
            owner.execute("drop role greenroom_full")
    assert "-n" in found.value.hint
