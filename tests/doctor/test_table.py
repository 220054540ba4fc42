"""The table and the exit code, of findings alone."""

from __future__ import annotations

import io

from rich.console import Console

from greenroom.doctor.checks.operations.limiter import limit_in_headers
from greenroom.doctor.finding import Finding, cant_tell, exit_code, not_declared, not_reached, ok, wrong
from greenroom.doctor.table import Table


def shown(*findings: tuple[str, Finding], width: int = 200, terminal: bool = False) -> list[str]:
    out = io.StringIO()
    table = Table(Console(file=out, width=width, force_terminal=terminal, color_system=None, legacy_windows=False))
    for subject, finding in findings:
        table.add(subject, finding)
    table.close()
    return out.getvalue().splitlines()


def test_one_line_a_check_and_a_hint_under_what_is_not_well() -> None:
    lines = shown(
        ("services", ok("gateway", "answers")),
        ("services", wrong("web", "target.toml:3: nobody there", "is it running?")),
        ("pages", not_declared("browser", "no [web]", "uncomment [web]")),
    )
    assert lines[0].split() == ["services", "gateway", "ok", "answers"]
    assert lines[1].split()[:2] == ["web", "wrong"]
    assert lines[2].strip() == "hint: is it running?"
    assert lines[3] == ""
    assert lines[4].startswith("pages ")
    assert lines[5].strip() == "hint: uncomment [web]"
    assert lines[-1] == "something is wrong  (1 ok, 1 not declared, 1 wrong)"


def test_neighbours_that_were_not_reached_for_one_reason_share_a_line() -> None:
    lines = shown(
        ("people", wrong("members", "no")),
        ("people", not_reached("sign-in", "needs people")),
        ("people", not_reached("pool", "needs people")),
        ("operations", not_reached("own room", "needs people")),
    )
    assert [line.split("not reached")[-1].strip() for line in lines if "not reached  " in line] == [
        "needs people; nor pool",
        "needs people",
    ]
    assert lines[-1] == "something is wrong  (3 not reached, 1 wrong)"


def test_on_a_narrow_terminal_words_are_folded_within_their_column() -> None:
    lines = shown(("file", wrong("target file", "a word " * 20, "another word " * 12)), width=90, terminal=True)
    assert all(len(line) <= 90 for line in lines[:-1])
    assert sum("word" in line for line in lines) > 4
    assert all(line.startswith(" " * 40) for line in lines[1:4])


def test_the_exit_code_is_that_of_the_worst_finding() -> None:
    fine, absent, unreached = ok("a"), not_declared("b"), not_reached("c")
    assert exit_code([]) == exit_code([fine, absent, unreached]) == 0
    assert exit_code([fine, cant_tell("d", "nobody answers")]) == 2
    assert exit_code([cant_tell("d", "nobody answers"), wrong("e", "no")]) == 3


def test_limiters_are_told_by_their_headers() -> None:
    assert limit_in_headers({"RateLimit-Policy": "5;w=900", "RateLimit-Limit": "5"}) == (5, 900)
    assert limit_in_headers({"RateLimit-Policy": '"default";q=7;w=60'}) == (7, 60)
    assert limit_in_headers({"X-RateLimit-Limit": "60"}) == (60, 0)
    assert limit_in_headers({"ratelimit-limit": "5, 5;w=900"}) == (5, 0)
    assert limit_in_headers({"Date": "today"}) == (0, 0)
