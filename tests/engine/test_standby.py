"""A hot standby is read once it shows what its primary has committed, however late that is, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from greenroom.core.errors import TargetUnavailable
from greenroom.core.project import ROOT
from greenroom.drivers.database import Database
from tests.support.host_room import HostRoom
from tests.support.standby import caught_up, primary_and_standby

pytestmark = [pytest.mark.integration, pytest.mark.xdist_group("standby")]

FOLDER = ROOT / "targets" / "reference"


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[str, str]]:
    with primary_and_standby() as addresses:
        yield addresses


def delay(primary: str, standby: str, milliseconds: int) -> None:
    """From now on the standby shows a commit so much later."""
    with psycopg.connect(standby, autocommit=True) as connection:
        connection.execute(f"alter system set recovery_min_apply_delay = {milliseconds}".encode())
        connection.execute("select pg_reload_conf()")
    caught_up(primary, standby)


def test_what_was_committed_just_now_is_seen(servers: tuple[str, str]) -> None:
    primary, standby = servers
    delay(primary, standby, 2500)
    with (
        closing(Database(primary, FOLDER, writable=True)) as written,
        closing(Database(standby, FOLDER, writable=False, settle=30)) as read,
        closing(Database(standby, FOLDER, writable=False)) as read_at_once,
    ):
        room = HostRoom(written)
        room.live()
        assert not read_at_once.snapshot([room.room_id], []).room(room.room_id)
        assert (read.snapshot([room.room_id], []).room(room.room_id) or {})["status"] == "live"
        assert (read.waits_for_standby, read_at_once.waits_for_standby) == (True, False)


def test_a_standby_that_is_too_far_behind_tells_nothing(servers: tuple[str, str]) -> None:
    primary, standby = servers
    delay(primary, standby, 3000)
    with (
        closing(Database(primary, FOLDER, writable=True)) as written,
        closing(Database(standby, FOLDER, writable=False, settle=0.3)) as read,
    ):
        HostRoom(written).live()
        with pytest.raises(TargetUnavailable, match=r"more than 0\.3 s behind") as found:
            read.snapshot([], [])
        assert found.value.cause == "standby-behind"
    delay(primary, standby, 0)


def test_a_primary_is_not_waited_for(servers: tuple[str, str]) -> None:
    with closing(Database(servers[0], FOLDER, writable=False, settle=5)) as read:
        assert not read.waits_for_standby
