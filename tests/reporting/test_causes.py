"""Failures that share what is wrong have one cause, two bugs have two, and every report counts the same."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from greenroom.core.errors import What
from greenroom.core.verdict import Exit, Verdict
from greenroom.record.events import Change, ScenarioFinished, Wrong
from greenroom.reporting.conclusion import Conclusion, conclude
from greenroom.reporting.reports import write_reports
from tests.support.samples import build

POINTER: What = ("rooms.session_id", "not cleared")
PRESENT: What = ("rooms.host_present", "not cleared")
INSIDE: What = ("attendance.left_at", "not set")
REFUSED: What = ("operation:go_live", "refused as not_idle")
BROKE: What = ("operation:host_present", "broke")


def wrong(what: What, since: int = 2) -> Wrong:
    rows = not what[0].startswith(("operation:", "page:"))
    return Wrong(subject=what[0], how=what[1], invariant=rows, since=since, operations=["end"] if rows else ["go_live"])


def bad(
    promises: str,
    *whats: Wrong,
    also: tuple[Wrong, ...] = (),
    verdict: Verdict = Verdict.FAILED,
    of: str = "",
    steps: int = 3,
) -> ScenarioFinished:
    """A scenario that did not pass; `of` is the promise that its failure names, when it is not its own first."""
    own = promises.split()
    kind = "blocked" if verdict is Verdict.BLOCKED else "invariant" if of else "promise"
    named = "O5" if verdict is Verdict.BLOCKED else of or own[0]
    return build.scenario(
        f"{promises} {verdict} {len(whats)} {steps} {also} {whats}",
        promises=own,
        verdict=verdict,
        steps=[build.step(f"When {number}") for number in range(steps)],
        failure=build.failure("it is wrong", kind=kind, promise=named, wrong=[*whats], also=[*also]),
    )


def good(promises: str) -> ScenarioFinished:
    return build.scenario(f"{promises} good", promises=promises.split())


def run(*scenarios: ScenarioFinished) -> Conclusion:
    return conclude(build.record(*scenarios))


def test_what_is_wrong_alike_is_told_once() -> None:
    found = run(bad("E1", wrong(POINTER)), bad("E2", wrong(POINTER), of="E1"), bad("O4", wrong(POINTER), steps=9))
    (cause,) = found.causes
    assert (cause.what, cause.title, cause.since) == (POINTER, "rooms.session_id: not cleared", ("end",))
    assert (found.broken, found.touched) == (("E1",), ("E2", "O4"))
    assert (found.verdict, found.exit) == ("not conformant", Exit.NOT_CONFORMANT)
    assert found.counts[Verdict.FAILED] == 3  # each is still a failure


def test_the_shortest_scenario_of_a_broken_promise_is_told_in_full() -> None:
    long, short = bad("E1", wrong(POINTER), steps=7), bad("E1", wrong(POINTER), steps=3)
    shorter, passed = bad("C3", wrong(POINTER), steps=2), good("C3")
    (cause,) = run(long, shorter, short, passed).causes
    assert (cause.broken, cause.scenarios) == (("E1",), (short, long, shorter))


def test_who_fails_while_being_arranged_has_claimed_nothing() -> None:
    given, when = build.step("Given it is so", verdict=Verdict.FAILED), build.step("When it is done", verdict=None)
    arranged = bad("S7", wrong(POINTER)).model_copy(update={"steps": [given, when]})
    acted = bad("R9", wrong(POINTER), steps=6)
    (cause,) = run(arranged, acted).causes
    assert (cause.broken, cause.touched, cause.scenarios[0]) == (("R9",), ("S7",), acted)
    assert run(arranged).broken == ("S7",)  # nobody else says it


def test_two_bugs_are_two_causes_though_one_scenario_shows_both() -> None:
    both = bad("E7", wrong(POINTER), also=(wrong(INSIDE),))
    found = run(bad("E1", wrong(POINTER)), bad("E3", wrong(INSIDE)), both)
    assert {cause.what for cause in found.causes} == {POINTER, INSIDE}
    assert {"E1", "E3"} <= {*found.broken}
    assert sum(len(cause.scenarios) for cause in found.causes) == 3


def test_a_refusal_follows_from_rows_that_were_wrong_before() -> None:
    refused = bad("E5", wrong(REFUSED, 3), also=(wrong(POINTER, 2),))
    (cause,) = run(refused, bad("E1", wrong(POINTER))).causes
    assert cause.what == POINTER and refused in cause.scenarios and REFUSED in cause.besides


def test_a_refusal_with_nothing_wrong_before_it_is_a_cause_of_its_own() -> None:
    found = run(bad("E5", wrong(REFUSED, 3)), bad("E1", wrong(POINTER)))
    assert {cause.what for cause in found.causes} == {POINTER, REFUSED}


def test_refusals_that_the_same_rows_explain_are_one_cause_though_nothing_shows_those_rows_alone() -> None:
    refusals = [bad(promise, wrong(what, 3), also=(wrong(POINTER, 2),)) for promise, what in
                (("E5", REFUSED), ("L4", REFUSED), ("E9", ("operation:end", "not refused")))]  # fmt: skip
    (cause,) = run(*refusals).causes
    assert cause.what == POINTER and len(cause.failed) == 3


def test_who_is_inside_explains_no_refusal() -> None:
    found = run(bad("E5", wrong(REFUSED, 3), also=(wrong(INSIDE, 2),)), bad("E3", wrong(INSIDE)))
    assert {cause.what for cause in found.causes} == {REFUSED, INSIDE}


def test_an_operation_that_broke_is_not_explained_by_what_it_left() -> None:
    (cause,) = run(bad("E1", wrong(("operation:end", "broke")), also=(wrong(POINTER),))).causes
    assert cause.what == ("operation:end", "broke")


def test_an_operation_that_was_let_in_explains_what_it_changed() -> None:
    let_in: What = ("operation:reset", "not refused")
    changed = Wrong(subject="rooms", how="changed", since=2, operations=["reset"])
    (cause,) = run(bad("R7", wrong(let_in)), bad("S1", changed)).causes
    assert cause.what == let_in and len(cause.failed) == 2
    by_another = changed.model_copy(update={"operations": ["tamper_room"]})
    assert len(run(bad("R7", wrong(let_in)), bad("S1", by_another)).causes) == 2


def left(*whats: Wrong, verdict: Verdict = Verdict.FAILED, since: int = 2) -> ScenarioFinished:
    """A scenario in whose second step somebody leaves, and with that the room is idle."""
    ended = Change(relation="rooms", key="Ada's room", field="status", before="live", after="idle")
    leave = build.exchange("POST", f"http://gateway/rooms/{since}/leave", 200)
    steps = [build.step("Given a"), build.step("When b", exchanges=[leave], changes=[ended]), build.step("Then c")]
    return bad("A2", *whats, verdict=verdict).model_copy(update={"steps": steps})


def test_a_visit_that_ends_the_room_explains_what_is_refused_after_it() -> None:
    """The last guest leaves, and the room is closed: a cause, and not three."""
    shows = Wrong(subject="rooms.status", how="not live", since=2, operations=["leave"])
    refused = wrong(("operation:end", "refused as not_live"), since=3)
    blocked = wrong(("operation:join", "refused as not_live"), since=3)
    hostless = Wrong(subject="rooms.host_present", how="other than expected", since=2, operations=["leave"])
    found = run(left(refused), left(blocked, verdict=Verdict.BLOCKED), left(shows), left(hostless))
    assert [cause.what for cause in found.causes] == [("rooms.status", "not live")]


def test_a_visit_explains_neither_what_broke_nor_what_it_did_not_change() -> None:
    shows = Wrong(subject="rooms.status", how="not live", since=2, operations=["leave"])
    broke = wrong(("operation:end", "broke"), since=3)
    assert len(run(left(shows), left(broke)).causes) == 2
    assert len(run(left(shows), bad("E1", wrong(("operation:end", "refused as not_live"), since=3))).causes) == 2
    by_end = Wrong(subject="rooms.status", how="not live", since=2, operations=["end"])
    assert len(run(left(by_end), left(wrong(("operation:end", "refused as not_live"), since=3))).causes) == 2


def test_a_coming_that_ends_a_stay_elsewhere_explains_what_is_refused_after_it() -> None:
    def came(*whats: Wrong) -> ScenarioFinished:
        stay = Change(relation="attendance", key="Ada's session / Joan", field="left_at", before="-", after="12:00:00Z")
        join = build.exchange("POST", "http://gateway/rooms/r/join", 200)
        steps = [build.step("Given a"), build.step("When b", exchanges=[join], changes=[stay]), build.step("Then c")]
        return bad("A7", *whats).model_copy(update={"steps": steps})

    shows = Wrong(subject="attendance", how="changed", since=2, operations=["join"])
    refused = wrong(("operation:admit", "refused as 409"), since=3)
    assert [cause.what for cause in run(came(refused), came(shows)).causes] == [("attendance", "changed")]
    by_leaving = Wrong(subject="attendance", how="changed", since=2, operations=["leave"])
    assert len(run(came(refused), came(by_leaving)).causes) == 2


def test_a_promise_with_one_scenario_is_not_blamed_for_a_cause_that_is_in_all_of_another() -> None:
    found = run(bad("A1 A2", wrong(INSIDE)), *[bad("A2", wrong(INSIDE), steps=n) for n in range(4, 9)], good("A2"))
    assert found.causes[0].broken == ("A2",)


def test_rows_of_the_same_step_explain_what_is_only_expected_of_them() -> None:
    none_open = Wrong(subject="sessions", how="none open", since=2)
    (cause,) = run(bad("E1", wrong(POINTER)), bad("C3", none_open, also=(wrong(POINTER),))).causes
    assert cause.what == POINTER


def test_an_operation_that_blocks_is_one_broken_promise() -> None:
    blocked = [bad(promise, wrong(BROKE, 1), verdict=Verdict.BLOCKED) for promise in ("E1", "E2", "S1")]
    found = run(*blocked, bad("L1", wrong(BROKE)), good("R1"))
    (cause,) = found.causes
    assert (len(cause.blocked), len(cause.failed)) == (3, 1)
    assert (found.broken, found.touched) == (("O5",), ("E1", "E2", "L1", "S1"))
    assert found.promises["O5"] == "failed" and found.promises["E1"] == "touched" and found.promises["R1"] == "passed"
    assert found.exit == 1


def test_blocked_scenarios_alone_are_never_conformant() -> None:
    found = run(bad("E1", wrong(BROKE, 1), verdict=Verdict.BLOCKED), good("E2"))
    assert (found.verdict, found.exit, found.broken) == ("not conformant", 1, ("O5",))


def test_rows_that_a_given_did_not_arrange_break_the_promise_whose_own_scenarios_show_it() -> None:
    unlisted: What = ("listing.status", "not listed as it should be")
    found = run(bad("L2", wrong(unlisted, 1), verdict=Verdict.BLOCKED), bad("L1", wrong(unlisted)))
    assert (found.broken, found.touched) == (("L1",), ("L2", "O5"))


def test_at_most_three_promises_are_named() -> None:
    found = run(*[bad(promise, wrong(POINTER)) for promise in ("E1", "E2", "E6", "E11", "O4")])
    assert len(found.broken) == 3 and len(found.touched) == 2


def test_the_promise_that_fails_completely_is_named_before_one_that_fails_in_part() -> None:
    found = run(bad("E1", wrong(POINTER)), bad("C3", wrong(POINTER)), good("C3"))
    assert (found.broken, found.touched) == (("E1",), ("C3",))


def test_failures_of_an_older_record_are_told_apart_by_their_headlines() -> None:
    same = [build.scenario(f"{n}", verdict=Verdict.FAILED, failure=build.failure("one")) for n in range(2)]
    other = build.scenario("x", verdict=Verdict.FAILED, failure=build.failure("other"))
    assert [len(cause.scenarios) for cause in run(*same, other).causes] == [2, 1]


def test_a_known_failure_is_no_cause() -> None:
    assert run(bad("E1", wrong(POINTER), verdict=Verdict.KNOWN_FAILURE)).causes == ()


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of two causes: a pointer, and an operation that blocks."""
    folder = tmp_path_factory.mktemp("reports")
    pointer = [bad("E1", wrong(POINTER)), bad("E2", wrong(POINTER), of="E1")]
    blocked = [bad(promise, wrong(BROKE, 1), verdict=Verdict.BLOCKED) for promise in ("S1", "S2", "S3")]
    write_reports(run(*pointer, *blocked, good("R1")), folder)
    return folder


def test_the_verdict_file_carries_the_causes(reports: Path) -> None:
    told = json.loads((reports / "verdict.json").read_text(encoding="utf-8"))
    assert [(one["title"], one["broken"], one["touched"]) for one in told["causes"]] == [
        ("the operation host_present: broke", ["O5"], ["S1", "S2", "S3"]),
        ("rooms.session_id: not cleared", ["E1"], ["E2"]),
    ]
    assert [one["cause"] for one in told["scenarios"]] == [2, 2, 1, 1, 1, 0]
    failed = {promise for promise, verdict in told["promises"].items() if verdict in ("failed", "contradiction")}
    assert failed == {*told["broken"]} == {"E1", "O5"}
    assert {promise for promise, verdict in told["promises"].items() if verdict == "touched"} == {*told["touched"]}


def test_junit_carries_the_causes_and_fails_once_for_what_blocks(reports: Path) -> None:
    root = ElementTree.parse(reports / "junit.xml").getroot()
    causes = [one.get("value") for one in root.iter("property") if one.get("name") == "cause"]
    assert (
        sorted(causes, key=str)
        == ["1: the operation host_present: broke"] * 3 + ["2: rooms.session_id: not cleared"] * 2
    )
    assert (root.get("failures"), root.get("errors"), root.get("skipped")) == ("2", "1", "3")
    (blocking,) = [case for case in root.iter("testcase") if case.get("classname") == "run"]
    (error,) = blocking.findall("error")
    assert blocking.get("name") == "O5 cause 1" and "it blocks 3 scenarios" in error.get("message", "")


def test_allure_carries_the_causes(reports: Path) -> None:
    results = [json.loads(path.read_text()) for path in (reports / "allure-results").glob("*-result.json")]
    labels = [label["value"] for one in results for label in one["labels"] if label["name"] == "cause"]
    assert sorted(labels) == ["1: the operation host_present: broke"] * 3 + ["2: rooms.session_id: not cleared"] * 2
    assert sorted(one["status"] for one in results) == ["broken"] * 3 + ["failed"] * 2 + ["passed"]


def test_the_page_shows_the_causes_first_and_as_many_red_tiles(reports: Path) -> None:
    page = (reports / "report.html").read_text(encoding="utf-8")
    assert page.index("Cause 1 of 2") < page.index("Cause 2 of 2") < page.index("Promise by promise")
    assert page.count('class="tile v-failed"') == 2 and page.count('class="tile v-touched"') == 4
    assert "2 causes. Broken: E1 and O5. Touched: E2, S1, S2 and S3." in page
