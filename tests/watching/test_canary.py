"""The canary on references with a planted bug: it says what it met, and leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from greenroom.core.project import ROOT
from greenroom.drivers.database import Database
from greenroom.record.series import CanarySeen
from greenroom.record.series_file import read_series
from tests.support.broken_reference import broken_reference
from tests.support.command_line import Ran, greenroom
from tests.support.served import Served, served

pytestmark = pytest.mark.integration


@contextmanager
def broken(folder: Path, bug: str) -> Iterator[Served]:
    """A reference with that bug, as a shared target; its listing is waited for for a second."""
    with served(folder / "target", name="broken", reference=broken_reference(folder / "reference", bug)) as target:
        target.edit("listing = 8", "listing = 1")
        with (target.folder / "target.toml").open("a", encoding="utf-8") as file:
            file.write("\n[watch]\nminutes = 0\nlisting_delay_p95 = 0.9\n")
        yield target


def looks(target: Served, folder: Path, number: int) -> tuple[list[Ran], list[CanarySeen | None]]:
    """So many single looks, and what their canaries saw."""
    series = folder / "series.jsonl"
    ran = [
        greenroom("monitor", "-T", target.name, "--once", "--series", str(series), variables=target.environment)
        for _ in range(number)
    ]
    return ran, [look.canary for look in read_series(series).watches[-1].looks]


def left_behind(target: Served) -> list[str]:
    database = Database(target.ready["database"], ROOT / "targets" / "reference", writable=False)
    try:
        return [str(row["name"]) for row in database.query("select name from accounts where starts_with(name, 'Ada ')")]
    finally:
        database.close()


def test_an_entry_that_stays_is_late_and_alarms(tmp_path: Path) -> None:
    with broken(tmp_path, "end_forgets_listing") as target:
        ran, canaries = looks(target, tmp_path, 2)
        assert [one.code for one in ran] == [0, 1], ran[-1].said
        for canary in canaries:
            assert canary is not None and canary.late == ["gone"] and canary.gone_after is not None
            assert 1.0 <= canary.gone_after < 5 and canary.listed_after is not None
        assert "gone after over 1" in ran[0].out and "alarm: listing delay, p95 1" in ran[1].out
        assert left_behind(target) == []


def test_an_operation_that_breaks_cuts_it_short_and_alarms(tmp_path: Path) -> None:
    with broken(tmp_path, "end_forgets_listing") as target:
        target.edit('path = "/rooms/{room}/join"', 'path = "/rooms/{room}/no-such-route"')
        ran, canaries = looks(target, tmp_path, 2)
        assert [one.code for one in ran] == [0, 1], ran[-1].said
        for canary in canaries:
            assert canary is not None
            came = {one.name: one.came_of_it for one in canary.operations}
            assert came == {
                "people": "done", "go_live": "done", "host_present": "done", "join": "refused", "clean_up": "done",
            }  # fmt: skip
        assert "alarm: errors of join 100 %, at most 1 %" in ran[1].out and "no-such-route" in ran[1].out
        assert left_behind(target) == []


def test_accounts_of_a_pool_are_lent_again_and_again(tmp_path: Path) -> None:
    with served(tmp_path / "target", name="lent") as target:
        target.lend_pool(2, rooms=True)
        ran, canaries = looks(target, tmp_path, 3)
        assert [one.code for one in ran] == [0, 0, 0], ran[-1].said
        for canary in canaries:
            assert canary is not None and not canary.could_not_tell and canary.gone_after is not None
            assert {one.came_of_it for one in canary.operations} == {"done"}
        database = Database(target.ready["database"], ROOT / "targets" / "reference", writable=False)
        assert {row["status"] for row in database.query("select status from rooms")} == {"idle"}
        assert database.query("select * from sessions where status = 'live'") == []
        database.close()


def test_what_can_not_be_removed_is_told_by_its_mark(tmp_path: Path) -> None:
    with served(tmp_path / "target", name="sticky") as target:
        arrange = target.folder / "arrange.sql"
        arrange.write_text(
            arrange.read_text("utf-8").replace("delete from auth.users where", "delete from auth.users where false and")
        )
        ran, (canary, _) = looks(target, tmp_path, 2)
        assert canary is not None and canary.operations[-1].name == "clean_up"
        assert canary.operations[-1].came_of_it == "broke" and "are left: 2 in accounts" in canary.operations[-1].said
        assert "out of bounds: errors of clean up 100 %, at most 1 %; no alarm yet" in ran[0].out
