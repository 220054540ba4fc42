"""Two watches compared: yesterday's and today's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from greenroom.core.verdict import Exit
from greenroom.record.series_file import Watched
from greenroom.reporting.schemas import DOCS
from greenroom.reporting.watching.compared import compared
from tests.support.command_line import greenroom
from tests.support.looks import LogSeen, LookSeen, audit, canary, looks_of, watched

GOOD = LookSeen(audit(), canary(), LogSeen(go_lives=1))
BAD = LookSeen(audit(stuck_rooms=2), canary(), LogSeen(go_lives=1))
SLOW = LookSeen(audit(), canary(listed=0.9, gone=0.9), LogSeen(go_lives=1))
BLIND = LookSeen(canary=canary(), log=LogSeen(go_lives=1), could_not_tell=("audit: nobody answers",))


@pytest.mark.parametrize(
    ("before", "after", "figure", "became", "exit_code"),
    [
        ([GOOD] * 4, [GOOD] * 4, "stuck_rooms", "same", Exit.CONFORMANT),
        ([GOOD] * 4, [BAD] * 4, "stuck_rooms", "newly an alarm", Exit.NOT_CONFORMANT),
        ([BAD] * 4, [BAD] * 4, "stuck_rooms", "still an alarm", Exit.CONFORMANT),
        ([BAD] * 4, [GOOD] * 4, "stuck_rooms", "no alarm any more", Exit.CONFORMANT),
        ([GOOD] * 4, [GOOD, BAD, GOOD, GOOD], "stuck_rooms", "same", Exit.CONFORMANT),  # one miss
        ([GOOD] * 4, [SLOW] * 4, "listing_delay_p50", "slower", Exit.CONFORMANT),
        ([SLOW] * 4, [GOOD] * 4, "listing_delay_p50", "same", Exit.CONFORMANT),
        ([GOOD] * 4, [BLIND] * 4, "stuck_rooms", "no longer told", Exit.COULD_NOT_TELL),
        ([BLIND] * 4, [GOOD] * 4, "stuck_rooms", "newly told", Exit.CONFORMANT),
    ],
)
def test_what_became_of_a_figure(
    before: list[LookSeen], after: list[LookSeen], figure: str, became: str, exit_code: Exit
) -> None:
    found = compared(watched(looks_of(before)), watched(looks_of(after)))
    (one,) = [one for one in found.figures if one.name == figure]
    assert (one.became, found.exit) == (became, exit_code)


def series(path: Path, one: Watched) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [one.began, *one.looks, *([one.ended] if one.ended else [])]
    path.write_text("".join(line.model_dump_json(by_alias=True) + "\n" for line in lines))
    return path


def test_by_the_command(tmp_path: Path) -> None:
    before = series(tmp_path / "yesterday" / "series.jsonl", watched(looks_of([GOOD] * 4)))
    after = series(tmp_path / "today.jsonl", watched(looks_of([BAD] * 4)))
    ran = greenroom("compare", str(before.parent), str(after))
    assert ran.code == 1 and "1 figure newly an alarm" in ran.out and "stuck rooms" in ran.out
    as_json = greenroom("compare", str(before), str(after), "--json")
    found = json.loads(as_json.out)
    schema = json.loads((DOCS / "watches-compared.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(found)
    assert found["exit"] == as_json.code == 1


def test_a_watch_and_a_run_are_not_compared(tmp_path: Path) -> None:
    one = series(tmp_path / "series.jsonl", watched(looks_of([GOOD])))
    (tmp_path / "record.jsonl").write_text("")
    ran = greenroom("compare", str(one), str(tmp_path / "record.jsonl"))
    assert ran.code == 3 and "one of them is a watch, the other a run" in ran.complaint[0]


def test_a_watch_without_a_look_has_nothing_to_compare(tmp_path: Path) -> None:
    one = series(tmp_path / "series.jsonl", watched([], ended=False))
    ran = greenroom("compare", str(one), str(one))
    assert ran.code == 3 and "has no look yet" in ran.complaint[0]
