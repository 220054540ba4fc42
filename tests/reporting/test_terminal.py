"""The terminal: failures in the project's voice, tidy lines where there is no cursor, nothing broken when narrow."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from greenroom.core.verdict import Verdict
from greenroom.record.events import Event, Header, Wrong
from greenroom.record.reader import Record
from greenroom.reporting.conclusion import conclude
from greenroom.reporting.terminal_live import LiveProgress
from greenroom.reporting.terminal_style import Verbosity
from greenroom.reporting.terminal_summary import render_summary
from tests.support.samples import big, build

REPORTS = Path("reports/latest")


class Terminal(io.StringIO):
    """A file that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def console(width: int = 100, *, terminal: bool = False, environ: Mapping[str, str] = {}) -> Console:
    return Console(
        file=Terminal() if terminal else io.StringIO(),
        width=width,
        height=24,
        _environ={"TERM": "xterm-256color", **environ},
        legacy_windows=False,
    )


def said(to: Console) -> str:
    assert isinstance(to.file, io.StringIO)
    return to.file.getvalue()


def summary(record: Record, width: int = 100, verbosity: Verbosity = Verbosity.NORMAL) -> str:
    to = console(width)
    render_summary(to, conclude(record), REPORTS, verbosity)
    return said(to)


def live(
    events: list[Event], to: Console, verbosity: Verbosity = Verbosity.NORMAL, environ: Mapping[str, str] = {}
) -> str:
    head = events[0]
    assert isinstance(head, Header)
    with LiveProgress(to, head, verbosity, environ) as progress:
        for event in events:
            progress.handle(event)
    return said(to)


WHOLE = build.record(*big.all_sixty())


def test_a_failure_is_told_in_the_voice_of_the_project() -> None:
    assert """
E1 broken: Ada's room is not at rest
  where     features/end_persistence.feature:12  the host ends the room while the gateway answers
            503
  given     Ada is live with Grace as a guest; the gateway answers 503 when a room is ended
  when      Ada ends the room in the browser
  step      4 of 6  Then Ada's room is at rest
  expected  status idle   session -        host present no
  found     status idle   session 767a…    host present no      (rooms, after 2.0 s of 2 s "settle")
  since     step 3  Ada ends the room in the browser      session: live -> ended, room: live -> idle
  console   Ada's page: [EndRoom] Gateway failed, trying the fallback
  sent      POST …/end by Ada's page -> 503 in 12 ms (fault: answers 503) {"ok": false, "error": "I…
            PATCH …/live_room_attendance by Ada's page -> 204 in 8 ms
            PATCH …/live_rooms by Ada's page -> 204 in 8 ms
            PATCH …/community_live_streams by Ada's page -> 204 in 8 ms
  hint      the page's fallback has to clear the room's pointer too
  again     greenroom run features/end_persistence.feature -k "while the gateway answers 503" --seed 41
""" in summary(WHOLE)


def test_the_end_of_the_summary_is_the_verdict() -> None:
    assert summary(build.record(*big.good())).endswith(
        "\nconformant  50 scenarios in 32.7 s  (target reference, seed 41)\nreport  reports/latest/report.html\n"
    )


def test_what_could_not_be_judged_is_grouped() -> None:
    text = summary(WHOLE)
    assert "2 scenarios inconclusive\n  throttled  2 scenarios  the gateway answered 429 for 30 s" in text
    assert "2 scenarios not applicable\n    1  scheduling  (a capability" in text
    assert "1 scenario known to fail, and still failing\n    1  M6  ROOMS-212" in text


def test_the_table_counts_by_subject() -> None:
    rows = [re.split(r" {2,}", line.strip()) for line in summary(WHOLE).splitlines()]
    assert next(row[:3] for row in rows if row[0].startswith("Ending"))[1:] == ["11", "10"]
    assert any(row[0].startswith("One room") and row[-1] == "1 error" for row in rows)


def test_many_failures_are_cut_to_what_can_be_read() -> None:
    many = build.record(
        *(
            build.scenario(f"number {at}", verdict=Verdict.FAILED, failure=build.failure(f"fault {at}"))
            for at in range(30)
        )
    )
    text = summary(many)
    assert text.count("  where     ") == 8
    assert "and 22 more, in full in the report:" in text
    assert "E1 broken: fault 29  number 29" in text
    assert summary(many, verbosity=Verbosity.VERBOSE).count("  where     ") == 30


def test_verbose_adds_the_slowest_and_quiet_leaves_tables_out() -> None:
    assert "slowest\n    3.40 s  features/listing_sync.feature:22" in summary(WHOLE, verbosity=Verbosity.VERBOSE)
    quiet = summary(WHOLE, verbosity=Verbosity.QUIET)
    assert "E1 broken" in quiet
    assert "subject" not in quiet
    assert "slowest" not in summary(WHOLE)


def test_quiet_tells_why_where_nothing_applied() -> None:
    why = build.failure("the target describes no operation 'join'")
    nothing = build.record(*(build.scenario(f"n {at}", verdict=Verdict.NOT_APPLICABLE, failure=why) for at in range(9)))
    quiet = summary(nothing, verbosity=Verbosity.QUIET)
    assert "9 scenarios not applicable" in quiet
    assert "9  the target describes no operation 'join'" in quiet
    assert (
        "not applicable"
        not in summary(WHOLE, verbosity=Verbosity.QUIET).partition("report")[0].split("scenarios in")[0]
    )


def test_a_truncated_run_says_so() -> None:
    text = summary(build.cut_short(*big.good(), lost=["scenarios/test_end.py::test_lost"]))
    assert "\nerror  50 scenarios in" in text
    assert "the run was cut short after 50 scenarios of 60" in text
    assert "never finished  scenarios/test_end.py::test_lost" in text


def test_an_empty_run_is_an_error_and_breaks_nothing() -> None:
    assert "error  0 scenarios in 0 ms" in summary(build.record())


def test_rows_left_behind_are_said() -> None:
    one = build.scenario()
    text = summary(build.record(one, foot=build.footer([one], census={"rooms": 2, "sessions": 0, "listing": 1})))
    assert "still there: 2 in rooms, 1 in listing" in text


@pytest.mark.parametrize("width", [40, 60, 80])
def test_a_narrow_terminal_breaks_nothing(width: int) -> None:
    whole = ("  again ", "    ", "  throttled", "report")
    for line in summary(WHOLE, width).splitlines():
        assert cell_len(line) <= width or line.startswith(whole), line
    assert (
        'again     greenroom run features/end_persistence.feature -k "while the gateway answers 503" --seed 41'
        in summary(WHOLE, width)
    )


def test_wide_letters_are_measured_by_their_cells() -> None:
    title = "静かな朝の呼吸 " * 12
    one = build.scenario(title, verdict=Verdict.FAILED, failure=build.failure(f"静か\n  found     {title}", again="x"))
    for line in summary(build.record(one), 60).splitlines():
        assert cell_len(line) <= 60


def test_hostile_text_moves_no_cursor() -> None:
    evil = "\x1b[2J\x07\x9b31m\u202e[bold]x[/bold]\r"
    one = build.scenario(evil, verdict=Verdict.FAILED, failure=build.failure(evil, hint=evil, again=evil), note=evil)
    text = summary(build.record(one)) + live(build.events([one]), console())
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", text)
    assert "[bold]x[/bold]" in text


def test_a_pipe_gets_one_tidy_line_a_scenario() -> None:
    text = live(build.events([build.scenario()]), console())
    assert text.splitlines() == [
        "greenroom  reference 0.1.0 (disposable)  1 scenario, seed 41",
        "  passed  E1   the host ends a live room  0.41 s",
    ]


def test_a_failure_follows_its_line_at_once() -> None:
    lines = live(build.events(big.all_sixty()), console()).splitlines()
    at = next(place for place, line in enumerate(lines) if line.startswith("  failed"))
    assert lines[at : at + 3] == [
        "  failed  E7 E1  the host ends the room while the gateway answers 503  2.64 s",
        "            E1 broken: Ada's room is not at rest",
        "            step 4 of 6  Then Ada's room is at rest",
    ]


def test_quiet_says_failures_only_and_verbose_every_step() -> None:
    events = build.events(big.all_sixty())
    quiet = live(events, console(), Verbosity.QUIET)
    assert "passed" not in quiet.replace("passes", "")
    assert quiet.startswith("  failed  E7 E1")
    verbose = live(events, console(), Verbosity.VERBOSE)
    sent = "            POST …/end by Ada's page -> 200 in 12 ms"
    assert f"          When Ada ends the room in the browser  0.31 s\n{sent}" in verbose


def test_a_terminal_gets_a_live_area_with_failures_above() -> None:
    to = console(terminal=True)
    text = live(build.events(big.all_sixty()), to)
    assert "\x1b[?25l" in text
    assert "\x1b[?25h" in text
    assert "E1 broken: Ada's room is not at rest" in text
    assert "60 of 60" in text
    assert "the host ends a live room" not in text


@pytest.mark.parametrize(
    ("terminal", "environ"),
    [(True, {"CI": "true"}), (False, {"FORCE_COLOR": "1"}), (True, {"TERM": "dumb"}), (True, {"CI": "1"})],
)
def test_no_cursor_moves_in_ci_or_where_there_is_none(terminal: bool, environ: dict[str, str]) -> None:
    ci = {name: value for name, value in environ.items() if name == "CI"}
    text = live(build.events(big.all_sixty()), console(terminal=terminal, environ=environ), environ=ci)
    assert not re.search(r"\x1b\[[0-9?]*[A-KSThl]", text)
    assert text.count("passed") >= 50


def test_colour_follows_the_environment() -> None:
    def coloured(environ: Mapping[str, str]) -> bool:
        to = console(environ=environ)
        render_summary(to, conclude(WHOLE), REPORTS)
        return "\x1b[" in said(to)

    assert not coloured({})
    assert coloured({"FORCE_COLOR": "1"})
    to = console(terminal=True, environ={"NO_COLOR": "1"})
    render_summary(to, conclude(WHOLE), REPORTS)
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]", said(to))


def test_causes_come_first_and_their_scenarios_in_a_line_each() -> None:
    wrong = [Wrong(subject="rooms.session_id", how="not cleared", since=1, operations=["end"])]
    many = [
        build.scenario(f"number {at}", verdict=Verdict.FAILED, failure=build.failure(f"fault {at}", wrong=wrong))
        for at in range(10)
    ]
    text = summary(build.record(*many))
    assert text.lstrip().startswith("cause 1 of 1  rooms.session_id: not cleared\n  since     end\n  breaks    E1\n")
    assert text.count("  where     ") == 1
    assert "the same in 9 other scenarios, 10 failed in all\n  E1        number 1\n" in text
    assert "… and 3 more in the report" in text
    assert "0 of 10 scenarios passed; 10 failed. 1 cause. Broken: E1." in text
    assert "number 9" in summary(build.record(*many), verbosity=Verbosity.VERBOSE)


def test_the_same_failure_is_explained_twice_while_the_run_goes_on_and_then_only_counted() -> None:
    wrong = [Wrong(subject="operation:host_present", how="broke")]
    blocked = [
        build.scenario(
            f"n{at}", verdict=Verdict.BLOCKED, failure=build.failure(f"no {at}", kind="blocked", wrong=wrong)
        )
        for at in range(5)
    ]
    text = live(build.events(blocked), console())
    assert [text.count(f"n{at}") for at in range(5)] == [1] * 5
    assert text.count("blocked: no") == 2 and text.count("more of the same cause") == 1


def test_what_else_went_wrong_is_told() -> None:
    failed = build.scenario(
        "x", verdict=Verdict.FAILED, failure=build.failure("no", besides=["error: the clean-up broke"])
    )
    assert "  besides   error: the clean-up broke" in summary(build.record(failed))


def test_an_error_that_many_scenarios_meet_is_told_once() -> None:
    error = build.failure("no step", kind="error", promise="")
    same = [build.scenario(f"number {n}", verdict=Verdict.ERROR, failure=error) for n in range(5)]
    out = summary(build.record(*same))
    assert out.count("error: no step") == 1 and "the same in 4 other scenarios" in out
    assert "throttled  1 scenario  POST /x answered 429" in summary(
        build.record(
            build.scenario(
                verdict=Verdict.INCONCLUSIVE,
                failure=build.failure("throttled: POST /x answered 429", kind="inconclusive", cause="throttled"),
            )
        )
    )
