"""A harness whose clock is an hour off comes to the same verdicts as one whose clock is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.record.reader import read_record
from tests.support.broken_reference import broken_reference
from tests.support.command_line import new_process, verdict_of

pytestmark = [pytest.mark.integration, pytest.mark.long]

TAGS = "(E2 or S2 or T3) and not needs-database-faults"


@pytest.mark.parametrize(("seconds", "words"), [("3600", "3,600 s ahead of"), ("-3600", "3,600 s behind")])
def test_nothing_is_broken_and_the_difference_is_told(tmp_path: Path, seconds: str, words: str) -> None:
    ran = new_process("tests.support.shifted_clock", seconds, "run", "-t", TAGS, "--reports", str(tmp_path))
    assert ran.code == 0, ran
    assert sum(verdict_of(tmp_path)["counts"].values()) > 10
    note = f"this machine's clock is {words} the target's: times are judged and sent by the target's"
    assert note in " ".join(ran.out.split())
    latest = tmp_path / "latest"
    assert read_record(latest / "record.jsonl").header.target.clock == note
    assert note.replace("'", "&#39;") in (latest / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("seconds", ["3600", "-3600"])
def test_an_end_time_that_is_an_hour_off_is_broken_all_the_same(tmp_path: Path, seconds: str) -> None:
    copy = broken_reference(tmp_path / "copy", "end_time_by_the_wall_clock")
    target = str(copy / "targets" / "reference")
    arguments = ("run", "-t", "E2 and not browser", "--target", target, "--reports", str(tmp_path))
    ran = new_process("tests.support.shifted_clock", seconds, *arguments)
    assert ran.code == 1, ran


def test_the_doctor_finds_nothing_wrong_with_the_target() -> None:
    ran = new_process("tests.support.shifted_clock", "3600", "doctor", "--only", "database")
    assert ran.code == 0 and "this machine's clock is 3,600 s ahead of the target's" in " ".join(ran.out.split()), ran
