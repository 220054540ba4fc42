"""A database behind a pooler that hands out its connections a transaction at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from greenroom.core.deadlines import eventually
from greenroom.core.errors import TargetUnavailable
from greenroom.drivers.database_connection import DatabaseConnection
from greenroom.drivers.opened_connection import open_connection
from tests.support.databases import cloned
from tests.support.running_reference import Running
from tests.support.transaction_pooler import pooled

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("reference")]


@pytest.fixture
def dsn(stack: Running) -> Iterator[str]:
    with cloned(stack["database"], "greenroom_pooled") as copy:
        with psycopg.connect(copy, autocommit=True) as connection:
            connection.execute("create table room (id text)")
        yield copy


@pytest.mark.parametrize("takes_settings", [True, False])
def test_a_query_may_come_again_and_again(dsn: str, takes_settings: bool) -> None:
    with (
        pooled(dsn, takes_settings=takes_settings) as (address, pooler),
        closing(DatabaseConnection(address, writable=True)) as connection,
    ):
        found = [connection.read("select count(*) as n from room where id <> %(id)s", {"id": "x"}) for _ in range(12)]
        assert found == [[{"n": 0}]] * 12
        assert min(pooler.served) > 4  # by more than one server process, in turn


@pytest.mark.parametrize("takes_settings", [True, False])
def test_who_only_reads_changes_nothing(dsn: str, takes_settings: bool) -> None:
    with (
        pooled(dsn, takes_settings=takes_settings) as (address, _),
        closing(open_connection(address, {"default_transaction_read_only": "on"}, called="test").raw) as raw,
        closing(DatabaseConnection(address, writable=False)) as connection,
    ):
        for _ in range(6):
            assert connection.read("select count(*) as n from room") == [{"n": 0}]
        for _ in range(2):  # and whoever has failed once may go on
            with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
                raw.execute("insert into room values ('r')")
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            connection.read("insert into room values ('r') returning id")
        assert connection.read("select count(*) as n from room") == [{"n": 0}]


def test_a_lock_is_held_by_one_and_free_afterwards(dsn: str) -> None:
    with (
        pooled(dsn, connections=4) as (address, _),
        closing(DatabaseConnection(address, writable=True)) as ours,
        closing(DatabaseConnection(address, writable=True)) as theirs,
    ):
        for _ in range(3):
            assert ours.try_lock(1) and ours.try_lock(2)
            assert not any(theirs.try_lock(1) for _ in range(5))
            assert theirs.try_lock(3)
            ours.unlock(1)
            ours.unlock(2)
            assert theirs.try_lock(1)
            theirs.unlock(1)
            theirs.unlock(3)


def test_a_lock_that_is_lost_is_said(dsn: str) -> None:
    with (
        pooled(dsn, connections=4) as (address, _),
        closing(DatabaseConnection(address, writable=True)) as ours,
        closing(DatabaseConnection(address, writable=True)) as theirs,
    ):
        assert ours.try_lock(1)
        raw = ours._pooled_locks._raw
        assert raw is not None
        raw.close()
        assert eventually(lambda: theirs.try_lock(1), bool, 5)[0]
        with pytest.raises(TargetUnavailable, match="taken by another run"):
            ours.try_lock(2)
