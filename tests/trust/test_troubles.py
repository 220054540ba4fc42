"""The troubles as data: each can be read, is about something that exists, and is tried within five days."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.planted.bug import read_bugs
from tests.trust.campaign import BUGS
from tests.trust.deeds import ANSWERS, canned, deeds
from tests.trust.fifths import FIFTHS, fifth_of
from tests.trust.page import PAGE, page_of, read_rows
from tests.trust.scenarios import SCENARIOS, places
from tests.trust.trouble import BadTrouble, When, chosen, read_troubles

TROUBLES = read_troubles()


def written(folder: Path, line: str) -> Path:
    file = folder / "troubles.toml"
    file.write_text(f"[gateway]\none = {{ {line} }}\n", encoding="utf-8")
    return file


def test_there_are_enough_of_them_and_each_has_a_name_of_its_own() -> None:
    assert len(TROUBLES) >= 60
    assert len({one.name for one in TROUBLES}) == len(TROUBLES)


def test_bugs_are_of_six_subjects_and_two_are_caught_in_the_browser() -> None:
    assert len({bug.promise[0] for bug in read_bugs(BUGS)}) >= 6
    assert set(places(SCENARIOS).values()) == set(SCENARIOS)


def test_every_answer_that_a_trouble_names_is_a_file_and_every_file_is_named() -> None:
    deeds = ("answers", "answers afterwards", "sends first", "takes no proof from before an end, and answers")
    named = {one.parameter for one in TROUBLES if one.deed in deeds}
    files = {file.stem for file in ANSWERS.glob("*.http")}
    assert named <= files and files - named <= {"nginx-400"}
    assert all(canned(name).status >= 100 for name in files)


def test_deeds_to_requests_exist() -> None:
    services = ("gateway", "data_api", "auth", "web", "page")
    lasting = {"refuses connections"}
    unknown = {one.deed for one in TROUBLES if one.whom in services} - set(deeds()) - lasting
    assert unknown == set()


def test_five_days_in_a_row_try_all_and_one_day_always_the_same() -> None:
    days = [dt.date(2026, 3, 1) + dt.timedelta(days=number) for number in range(FIFTHS)]
    tried = [one.name for day in days for one in fifth_of(TROUBLES, day)]
    assert sorted(tried) == sorted(one.name for one in TROUBLES)
    assert fifth_of(TROUBLES, days[0]) == fifth_of(TROUBLES, days[0])


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('does = "resets"', "'due'"),
        ('does = "resets", due = "passed", wen = "every request"', "unknown key wen"),
        ('does = "resets", due = "passed", when = "sometimes"', "is not like"),
        ('does = "resets", due = "passed", when = "every request to dance"', "'dance' is no operation"),
        ('does = "resets", due = "passed", only = ["Z9"]', "no scenario Z9"),
    ],
)
def test_line_that_can_not_be_read_is_named(tmp_path: Path, line: str, complaint: str) -> None:
    with pytest.raises(BadTrouble, match="gateway/one") as said:
        read_troubles(written(tmp_path, line))
    assert complaint in str(said.value)


def test_exit_code_follows_from_the_verdicts_due(tmp_path: Path) -> None:
    (one,) = read_troubles(
        written(tmp_path, 'does = "resets", due = ["passed", "inconclusive"], but = { S1 = "failed" }')
    )
    assert one.due.exits == {0, 1, 2}
    assert one.due.of("S1") == {"failed"} and one.due.of("E4") == {"passed", "inconclusive"}


def test_troubles_are_chosen_by_name_and_by_table() -> None:
    assert [one.name for one in chosen(TROUBLES, ["life/sigterm"])] == ["life/sigterm"]
    assert {one.whom for one in chosen(TROUBLES, ["database", "clock"])} == {"database", "clock"}
    with pytest.raises(BadTrouble, match="no trouble called weather"):
        chosen(TROUBLES, ["weather"])


def test_when_counts_only_what_it_is_about() -> None:
    when = When.read("the second request to end by the page")
    assert when.fits("gateway", "POST", "/rooms/1/end", by_page=True)
    assert not when.fits("gateway", "POST", "/rooms/1/end", by_page=False)
    assert not when.fits("data_api", "POST", "/rooms/1/end", by_page=True)
    assert not when.fits("gateway", "POST", "/rooms/1/join", by_page=True)
    assert [when.counts(number) for number in (1, 2, 3)] == [False, True, False]


def test_page_tells_of_the_troubles_of_today() -> None:
    hint = "out of date: python -m tests.trust NAME --page docs/trust.md, with any NAME"
    assert page_of(read_rows(PAGE), TROUBLES) == PAGE.read_text(encoding="utf-8"), hint


def test_every_trouble_of_the_page_was_tried() -> None:
    assert sorted(read_rows(PAGE)) == sorted(one.name for one in TROUBLES)
    assert "not tried yet" not in PAGE.read_text(encoding="utf-8")
