"""docs/trust.md: what was tried is written anew, all else stays; a verdict that was not due is marked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.trust.campaign import Tried
from tests.trust.page import read_rows, write_page
from tests.trust.seen import Ran, Seen
from tests.trust.trouble import read_troubles

TROUBLES = read_troubles()[:3]


def tried(number: int, verdict: str, *faults: str) -> Tried:
    one = TROUBLES[number]
    seen = {key: Seen(verdict) for key in one.scenarios}
    ran = Ran(2, seen, {"": 1}, "", 1.0)
    return Tried(one, ran, ran, faults)


def test_only_what_was_tried_is_written_anew(tmp_path: Path) -> None:
    page = tmp_path / "trust.md"
    write_page(page, [tried(0, "inconclusive"), tried(1, "inconclusive")], TROUBLES)
    write_page(page, [tried(1, "failed", "no bug: E4: failed")], TROUBLES)
    rows = read_rows(page)
    assert ["failed" in rows[one.name].correct for one in TROUBLES] == [False, True, False]
    assert [rows[one.name].right for one in TROUBLES] == [True, False, True]
    assert rows[TROUBLES[2].name].correct == "not tried yet"


def test_of_several_times_the_one_that_was_wrong_counts(tmp_path: Path) -> None:
    page = tmp_path / "trust.md"
    write_page(page, [tried(0, "inconclusive"), tried(0, "passed", "x"), tried(0, "inconclusive")], TROUBLES)
    assert not read_rows(page)[TROUBLES[0].name].right


def test_trouble_that_is_gone_goes_from_the_page(tmp_path: Path) -> None:
    page = tmp_path / "trust.md"
    write_page(page, [tried(0, "inconclusive")], TROUBLES)
    renamed = replace(TROUBLES[0], name="gateway/new")
    write_page(page, [], [renamed, *TROUBLES[1:]])
    assert TROUBLES[0].name not in read_rows(page) and read_rows(page)["gateway/new"].correct == "not tried yet"
