"""Two records side by side: what became of each scenario, what is behind it, and what the exit code says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from markupsafe import escape

from greenroom.core.errors import GreenroomError
from greenroom.core.verdict import Verdict
from greenroom.record.events import Footer, ScenarioFinished, Wrong
from greenroom.record.reader import Record
from greenroom.reporting.comparison.comparison import Comparison, compare
from greenroom.reporting.comparison.html import write_page
from greenroom.reporting.comparison.transition import Transition
from tests.support.samples import big, build

GREEN, RED = Verdict.PASSED, Verdict.FAILED
FEATURE = "features/end.feature"


def one(name: str, verdict: Verdict = GREEN, feature: str = FEATURE, **different: Any) -> ScenarioFinished:
    failure = None if verdict in (GREEN, Verdict.NOT_APPLICABLE) else build.failure(f"{name} is wrong")
    told = {"failure": failure, "feature": feature, "id": f"{feature}::{name}"} | different
    return build.scenario(name, verdict=verdict, **told)


def wrong(name: str, subject: str, **different: Any) -> ScenarioFinished:
    failure = build.failure(f"{name} is wrong", wrong=[Wrong(subject=subject, how="not cleared")])
    return one(name, RED, failure=failure, **different)


def transitions(it: Comparison) -> dict[str, Transition]:
    return {each.scenario.id.partition("::")[2]: each.transition for each in it.scenarios}


@pytest.mark.parametrize(
    ("before", "after", "transition", "exit_"),
    [
        (GREEN, GREEN, Transition.UNCHANGED, 0),
        (GREEN, RED, Transition.NEWLY_BROKEN, 1),
        (GREEN, Verdict.CONTRADICTION, Transition.NEWLY_BROKEN, 1),
        (GREEN, Verdict.BLOCKED, Transition.NEWLY_BROKEN, 1),
        (GREEN, Verdict.FLAKY, Transition.NEWLY_BROKEN, 1),
        (GREEN, Verdict.KNOWN_FAILURE, Transition.NEWLY_BROKEN, 1),
        (Verdict.UNEXPECTEDLY_FIXED, RED, Transition.NEWLY_BROKEN, 1),
        (RED, GREEN, Transition.MENDED, 0),
        (Verdict.BLOCKED, GREEN, Transition.MENDED, 0),
        (Verdict.KNOWN_FAILURE, Verdict.UNEXPECTEDLY_FIXED, Transition.MENDED, 0),
        (RED, RED, Transition.STILL_BROKEN, 0),
        (Verdict.KNOWN_FAILURE, RED, Transition.STILL_BROKEN, 0),
        (RED, Verdict.BLOCKED, Transition.STILL_BROKEN, 0),
        (GREEN, Verdict.INCONCLUSIVE, Transition.NO_LONGER_JUDGED, 2),
        (GREEN, Verdict.ERROR, Transition.NO_LONGER_JUDGED, 2),
        (GREEN, Verdict.NOT_APPLICABLE, Transition.NO_LONGER_JUDGED, 2),
        (RED, Verdict.INCONCLUSIVE, Transition.NO_LONGER_JUDGED, 2),
        (Verdict.INCONCLUSIVE, GREEN, Transition.NEWLY_JUDGED, 0),
        (Verdict.NOT_APPLICABLE, RED, Transition.NEWLY_JUDGED, 0),
        (Verdict.INCONCLUSIVE, Verdict.ERROR, Transition.JUDGED_IN_NEITHER, 0),
    ],
)
def test_what_became_of_a_scenario(before: Verdict, after: Verdict, transition: Transition, exit_: int) -> None:
    it = compare(build.record(one("a", before)), build.record(one("a", after)))
    assert transitions(it) == {"a": transition} and it.exit == exit_


def test_every_pair_of_verdicts_has_a_change_and_newly_broken_outweighs_not_told() -> None:
    for before in Verdict:
        for after in Verdict:
            compare(build.record(one("a", before)), build.record(one("a", after)))
    it = compare(build.record(one("a"), one("b")), build.record(one("a", RED), one("b", Verdict.INCONCLUSIVE)))
    assert it.exit == 1 and it.verdict == "newly broken"


def test_what_is_new_or_gone_is_no_regression_and_is_said() -> None:
    it = compare(build.record(one("a"), one("old")), build.record(one("a"), one("new", RED)))
    assert transitions(it) == {"a": Transition.UNCHANGED, "new": Transition.NEW, "old": Transition.GONE}
    assert it.exit == 0 and it.causes == ()
    assert any("1 only in the second run; 1 only in the first" in note for note in it.notes)


def test_what_a_run_did_not_get_to_is_neither_gone_nor_new() -> None:
    whole, cut = build.record(one("a"), one("b"), one("c")), build.cut_short(one("a"), lost=[f"{FEATURE}::b"])
    it = compare(whole, cut)
    assert transitions(it) == {
        "a": Transition.UNCHANGED,
        "b": Transition.NO_LONGER_JUDGED,
        "c": Transition.NO_LONGER_JUDGED,
    }
    assert it.exit == 2 and "the second run did not get to its end" in it.notes[-1]
    assert transitions(compare(cut, whole))["c"] is Transition.NEWLY_JUDGED


def test_a_run_that_stopped_at_the_first_failure_did_not_get_to_the_rest() -> None:
    foot: Footer = build.footer([one("a", RED)], complete=False)
    it = compare(build.record(one("a"), one("b")), build.record(one("a", RED), foot=foot))
    assert transitions(it) == {"a": Transition.NEWLY_BROKEN, "b": Transition.NO_LONGER_JUDGED} and it.exit == 1


def test_a_second_run_that_got_to_nothing_could_not_tell_and_other_suites_are_refused() -> None:
    green = build.record(one("a"))
    assert compare(green, build.cut_short()).exit == 2
    for before, after in ((green, build.record(one("z"))), (build.cut_short(), green)):
        with pytest.raises(GreenroomError, match="no scenario in common") as refused:
            compare(before, after)
        assert refused.value.code == "nothing-shared"


def test_a_scenario_stays_the_same_where_its_file_has_another_name() -> None:
    outline = [one(f"b[{row}]") for row in ("1", "2", "3, line 7", "3, line 9")]
    moved = [
        one("a", RED, "features/closing.feature"),
        *(one(row, feature="features/closing.feature") for row in ("b[1]", "b[2]", "b[3, line 7]", "b[3, line 9]")),
    ]
    it = compare(build.record(one("a"), *outline), build.record(*moved))
    assert it.counts[Transition.NEWLY_BROKEN] == 1 and it.counts[Transition.UNCHANGED] == 4 and it.exit == 1
    assert it.scenarios[0].moved_from == f"{FEATURE}::a"
    assert any("5 scenarios stood elsewhere before" in note for note in it.notes)


def test_a_row_that_moved_down_its_file_is_the_same_and_nothing_is_guessed() -> None:
    it = compare(build.record(one("a[1, line 7]")), build.record(one("a[1, line 8]")))
    assert transitions(it) == {"a[1, line 8]": Transition.UNCHANGED}
    two = build.record(one("a", feature="x.feature"), one("a", feature="y.feature"), one("b"))
    it = compare(two, build.record(one("a", RED, "z.feature"), one("b")))
    assert it.counts[Transition.NEW] == 1 and it.counts[Transition.GONE] == 2


def test_of_two_in_other_files_the_one_with_the_same_promises_is_meant() -> None:
    before = [one("a", feature="x.feature", promises=["E1"]), one("a", feature="y.feature", promises=["L1"])]
    after = [one("a", RED, "z.feature", promises=["L1"]), one("a", feature="w.feature", promises=["E1"])]
    it = compare(build.record(*before), build.record(*after))
    assert [each.moved_from for each in it.scenarios] == ["y.feature::a", "x.feature::a"]


def test_newly_broken_is_told_by_cause_without_what_was_broken_before() -> None:
    before = [wrong("a", "rooms.session_id"), one("b"), one("c"), one("d")]
    after = [wrong(name, "rooms.session_id") for name in "abc"] + [wrong("d", "listing.status")]
    it = compare(build.record(*before), build.record(*after))
    told = [(new.cause.title, [each.name for each in new.cause.scenarios], new.others) for new in it.causes]
    assert told == [("rooms.session_id: not cleared", ["b", "c"], 1), ("listing.status: not cleared", ["d"], 0)]
    assert transitions(it)["a"] is Transition.STILL_BROKEN and it.of_another_cause(it.scenarios[0]) == ""


def test_what_is_still_broken_says_when_something_else_is_wrong_now() -> None:
    it = compare(build.record(wrong("a", "rooms.session_id")), build.record(wrong("a", "listing.status")))
    assert it.of_another_cause(it.scenarios[0]) == "listing.status: not cleared" and it.exit == 0


def test_of_a_repeated_scenario_the_worst_counts() -> None:
    it = compare(build.record(one("a")), build.record(one("a"), one("a", RED), one("a")))
    assert transitions(it) == {"a": Transition.NEWLY_BROKEN} and len(it.scenarios) == 1


def timed(*seconds: float, workers: int = 1) -> Record:
    head = build.header(planned=len(seconds), workers=workers)
    return build.record(*(one(f"s{number}", seconds=each) for number, each in enumerate(seconds)), head=head)


NOISY = [1 + number % 7 / 50 for number in range(40)]


def test_slower_is_what_stands_out_from_how_all_times_vary() -> None:
    after = [each * (1.05 if number % 2 else 0.96) for number, each in enumerate(NOISY)]
    after[3], after[5] = 2.9, 1.4
    it = compare(timed(*NOISY), timed(*after))
    assert [slow.compared.scenario.name for slow in it.times.slower] == ["s3"]
    assert it.times.slower[0].longer == pytest.approx(2.9 - NOISY[3]) and it.exit == 0


def test_a_slower_machine_is_one_sentence_and_not_forty_scenarios() -> None:
    it = compare(timed(*NOISY), timed(*(1.5 * each for each in NOISY)))
    assert it.times.slower == () and it.times.all_in_all.startswith("all in all 1.48 times as long")
    assert compare(timed(*NOISY), timed(*NOISY)).times.all_in_all == ""


def test_times_that_say_nothing_are_not_compared() -> None:
    assert "fewer than 10" in compare(timed(1, 2), timed(9, 9)).times.why_not
    it = compare(timed(*NOISY), timed(*(4 * each for each in NOISY), workers=3))
    assert it.times.why_not == "times are not compared: 1 and 3 processes ran at once" and it.times.slower == ()


def test_other_targets_versions_and_selections_are_said() -> None:
    mine = build.header(selection="smoke", planned=1)
    other = mine.target.model_copy(update={"name": "staging"})
    newer = mine.target.model_copy(update={"version": "0.2.0"})
    record = build.record(one("a"), head=mine)
    told = compare(record, build.record(one("a"), head=build.header(target=other))).notes
    assert told[0] == "two targets: reference before, staging after"
    assert told[1] == "two selections: smoke before, all after"
    told = compare(record, build.record(one("a"), head=build.header(target=newer))).notes
    assert told[0] == "two versions of reference: 0.1.0 before, 0.2.0 after"


def test_the_page_holds_all_of_it_and_no_script_but_its_own(tmp_path: Path) -> None:
    before = build.record(*[each.model_copy(update={"verdict": GREEN, "failure": None}) for each in big.all_sixty()])
    hostile = one("<script>alert(1)</script>", RED)
    it = compare(before, build.record(*big.all_sixty(), hostile))
    write_page(it, tmp_path / "page.html", tmp_path / "run")
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page and page.count("<script>") == 1
    for new in it.causes:
        assert str(escape(new.cause.title)) in page
    for each in it.of(Transition.NO_LONGER_JUDGED, Transition.NEW):
        assert each.scenario.promises[0] in page
    assert page.count('class="scenario v-') == it.counts[Transition.NEWLY_BROKEN]
    for anchor in {part.split('"')[0] for part in page.split('href="#')[1:]}:
        assert f'id="{anchor}"' in page, anchor
