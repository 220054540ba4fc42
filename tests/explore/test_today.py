"""What two minutes of exploring with the seed of the day come to in `make test`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.explore.today import seed_of, told


def said(file: Path, failed: int, of: int) -> str:
    verdict = f"{file}: 2 acts, fails {failed} of {of} times"
    return f"E1 Ada's room is at rest: not so\n  go live: Ada\n  {verdict}\n1 finding\n"


@pytest.mark.parametrize(
    ("failed", "of", "red", "word"),
    [
        (10, 10, 1, "failed 10 of 10 times\n"),
        (5, 10, 1, "failed 5 of 10 times\n"),
        (1, 10, 0, "failed 1 of 10 times, too seldom to be red for\n"),
        (1, 1, 1, "failed 1 of 1 times\n"),
    ],
)
def test_what_is_found_is_shown_and_red_where_it_shows_again(
    failed: int, of: int, red: int, word: str, tmp_path: Path
) -> None:
    file = tmp_path / "ada-s-room-is-at-rest-12345678.feature"
    file.write_text("Feature: Found by exploring\n", encoding="utf-8")
    code, lines = told(1, said(file, failed, of))
    printed = "".join(lines)
    assert code == red and word in printed and printed.endswith("Feature: Found by exploring\n")


@pytest.mark.parametrize(("code", "due"), [(0, 0), (2, 0), (3, 3), (1, 1)])
def test_only_a_finding_or_a_fault_is_red(code: int, due: int) -> None:
    told_code, lines = told(code, "could not tell: reference, 40 acts\n")
    assert told_code == due and next(iter(lines)).startswith("could not tell")


def test_another_day_has_another_seed() -> None:
    assert seed_of(dt.date(2026, 2, 15)) == 20260215 != seed_of(dt.date(2026, 2, 16))
