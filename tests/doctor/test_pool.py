"""The doctor on a pool: accounts and rooms there are somebody's, and are afterwards as they were."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.rows import dict_row

from greenroom.core.project import PRIVATE
from tests.planted.bug import patch_called
from tests.planted.copies import apply, copy_reference
from tests.support.served import Served, served

pytestmark = pytest.mark.integration

QUERIES = {
    "rooms": "select id, title, host_user_id, status, current_session_id, host_present from live_rooms order by id",
    "open sessions": "select id, status from live_room_sessions where status not in ('ended', 'cancelled') order by id",
    "listing": "select id, title, status, created_by from community_live_streams order by id",
    "accounts": "select user_id, live_room_id from app_users order by user_id",
}


@pytest.fixture
def pooled(tmp_path: Path) -> Iterator[Served]:
    """A pool of four accounts with rooms of their own."""
    with served(tmp_path / "target", name="doctored") as target:
        target.edit('"first-room",', "")
        target.lend_pool(4, rooms=True)
        yield target


def _state(target: Served) -> dict[str, list[dict[str, Any]]]:
    with psycopg.connect(target.ready["database"], row_factory=dict_row) as connection:
        return {name: connection.execute(query.encode()).fetchall() for name, query in QUERIES.items()}


def _do(target: Served, statement: str) -> None:
    with psycopg.connect(target.ready["database"], autocommit=True) as connection:
        connection.execute(statement.encode())


def test_all_is_as_it_was(pooled: Served) -> None:
    before = _state(pooled)
    _, output = pooled.command("doctor")
    assert "removal                  ok" in output, output
    assert _state(pooled) == before
    assert "an account that is made could not be removed" in output
    assert "a write that is let through, as none should be, could not be undone" in output


def test_a_room_that_strangers_may_write_to_is_not_given_away(tmp_path: Path) -> None:
    copy = copy_reference(tmp_path / "copy", PRIVATE / "cache")
    apply(patch_called("room_can_be_taken_over"), copy)
    with served(tmp_path / "target", name="doctored", reference=copy) as target:
        target.lend_pool(4, rooms=True)
        before = _state(target)
        _, output = target.command("doctor")
        assert _state(target) == before, output


def test_a_room_that_somebody_uses_is_left_alone(pooled: Served) -> None:
    _do(pooled, "update live_rooms set status = 'scheduled'")
    before = _state(pooled)
    code, output = pooled.command("doctor", "--only", "operations")
    assert code == 3 and "is scheduled: somebody uses it" in output, output
    assert _state(pooled) == before


def test_no_room_is_made_for_an_account_that_has_none(tmp_path: Path) -> None:
    with served(tmp_path / "target", name="doctored") as target:
        target.lend_pool(4)
        before = _state(target)
        _, output = target.command("doctor", "--only", "operations")
        assert "the borrowed account has no room, and one that is made could not be removed" in output
        assert _state(target) == before


def test_a_room_that_does_not_come_to_rest_by_itself_is_put_right_and_told_of(pooled: Served) -> None:
    _do(
        pooled,
        """create function keep_present() returns trigger language plpgsql as
           $$ begin
             if old.status <> 'idle' and new.status = 'idle' then new.host_present := true; end if;
             return new;
           end $$;
           create trigger keep_present before update on live_rooms for each row execute function keep_present()""",
    )
    before = _state(pooled)
    _, output = pooled.command("doctor", "--only", "operations", "--only", "clean-up")
    assert "had host_present True instead of False, and is as it was found again" in output
    assert _state(pooled) == before
