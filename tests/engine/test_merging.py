"""Shards are put together into what one run would have been; a missing, doubled or foreign one is named."""

from __future__ import annotations

from typing import Any

import pytest

from greenroom.core.errors import GreenroomError
from greenroom.core.verdict import RunVerdict, Verdict, exit_code
from greenroom.record.events import Attachment, ScenarioFinished, ScenarioStarted, Shard, Suite, TargetInfo
from greenroom.record.merging import merged
from greenroom.record.reader import Record, record_of
from greenroom.reporting.conclusion import conclude
from tests.support.samples import build

SUITE = Suite(digest="a" * 12, target="b" * 12, scenarios=6)
RED = build.failure("it is wrong")


def named(name: str, verdict: Verdict = Verdict.PASSED, **different: Any) -> ScenarioFinished:
    return build.scenario(name, verdict=verdict, failure=None if verdict is Verdict.PASSED else RED, **different)


def shard(
    number: int, *scenarios: ScenarioFinished, of: int = 3, foot: dict[str, Any] | None = None, **head: Any
) -> Record:
    told: dict[str, Any] = {
        "run": f"run-{number}",
        "planned": len(scenarios),
        "suite": SUITE,
        "shard": Shard(number=number, of=of, digest="c" * 12),
        "command": f"greenroom run --shard {number}/3 -t E1",
    }
    return build.record(*scenarios, head=build.header(**told | head), foot=build.footer(scenarios, **foot or {}))


def three(**third: Any) -> list[Record]:
    return [
        shard(3, named("e"), named("f"), **third),
        shard(1, named("a"), named("b", Verdict.FAILED)),
        shard(2, named("c", Verdict.NOT_APPLICABLE), named("d")),
    ]


def one_run(shards: list[Record]) -> Record:
    return build.record(*[scenario for each in sorted(shards, key=str) for scenario in each.scenarios])


def test_three_shards_are_one_run() -> None:
    record = record_of(merged(three(), "whole"))
    whole, one = conclude(record), conclude(one_run(three()))
    assert (whole.verdict, whole.exit, whole.counts, whole.reason) == (one.verdict, one.exit, one.counts, one.reason)
    assert whole.promises == one.promises and [c.what for c in whole.causes] == [c.what for c in one.causes]
    head = record.header
    assert (head.run, head.planned, head.shard, head.merged) == ("whole", 6, None, ["run-1", "run-2", "run-3"])
    assert head.command == "greenroom run -t E1" and head.suite == SUITE
    assert [scenario.name for scenario in record.scenarios] == list("abcdef")
    assert record.footer is not None and record.footer.complete


@pytest.mark.parametrize("verdicts", [[first, second] for first in Verdict for second in Verdict])
def test_whatever_they_came_to_the_verdict_is_that_of_one_run(verdicts: list[Verdict]) -> None:
    parts = [shard(number, named(f"s{number}", verdict), of=2) for number, verdict in enumerate(verdicts, 1)]
    whole, one = conclude(record_of(merged(parts, "whole"))), conclude(one_run(parts))
    assert (whole.verdict, whole.exit, whole.counts) == (one.verdict, one.exit, one.counts)


def test_what_was_left_behind_adds_up() -> None:
    shards = three(foot={"census": {"rooms": 2}})
    shards[1] = shard(1, named("a"), named("b"), foot={"census": {"rooms": 1, "sessions": 3}})
    footer = record_of(merged(shards, "whole")).footer
    assert footer is not None and footer.census == {"rooms": 3, "sessions": 3}


def test_a_shard_whose_target_could_not_be_opened_could_not_tell() -> None:
    down = {"verdict": RunVerdict.COULD_NOT_TELL, "exit": 2, "complete": False, "reason": "nobody answers"}
    green = [shard(number, named(str(number))) for number in (1, 2)]
    whole = conclude(record_of(merged([*green, shard(3, foot=down, suite=None, planned=2)], "whole")))
    assert (whole.verdict, whole.exit, whole.reason) == (RunVerdict.COULD_NOT_TELL, 2, "nobody answers")
    red = [shard(1, named("1", Verdict.FAILED)), green[1], shard(3, foot=down, planned=2)]
    assert conclude(record_of(merged(red, "whole"))).verdict is RunVerdict.NOT_CONFORMANT


def test_a_shard_that_was_cut_short_cuts_the_whole_short_and_is_named() -> None:
    cut = build.header(run="run-3", shard=Shard(number=3, of=3, digest="c" * 12), suite=SUITE, planned=2)
    record = record_of([cut, *build.events([named("e")])[1:-1], ScenarioStarted(id="f", at=build.at(9))])
    whole = conclude(record_of(merged([*three()[1:], record], "whole")))
    assert (whole.verdict, whole.exit) == (RunVerdict.ERROR, exit_code(RunVerdict.ERROR))
    assert whole.record.unfinished == ("f",) and whole.reason == "1 shard was cut short: 3 (run-3)"
    interrupted = {"verdict": RunVerdict.ERROR, "exit": 3, "complete": False, "reason": "interrupted"}
    whole = conclude(record_of(merged(three(foot=interrupted), "whole")))
    assert whole.exit == 3 and whole.reason == "1 shard was cut short: 3 (run-3): interrupted"


def test_attachments_lie_by_the_shard_that_made_them() -> None:
    picture = Attachment(name="page", media_type="image/png", path="attachments/page.png")
    parts = [shard(number, named(str(number), attachments=[picture]), of=2) for number in (1, 2)]
    paths = [one.attachments[0].path for one in record_of(merged(parts, "whole")).scenarios]
    assert paths == ["attachments/run-1/page.png", "attachments/run-2/page.png"]


OTHER = TargetInfo(name="staging", environment="shared", addresses={"gateway": "http://127.0.0.1:1"})
NEWER = TargetInfo(name="reference", version="0.2.0", environment="disposable")
ELSEWHERE = TargetInfo(
    name="reference", version="0.1.0", environment="disposable", addresses={"gateway": "https://other.example"}
)


@pytest.mark.parametrize(
    ("records", "complaint"),
    [
        (lambda: three()[1:], "of 3 shards 1 is missing: 3"),
        (lambda: three()[:1], "of 3 shards 2 are missing: 1, 2"),
        (lambda: [*three(), shard(2, named("x"), run="run-9")], "shard 2 is there 2 times: run-2 and run-9"),
        (lambda: three(seed=42), "run-3 (shard 3 of 3) is foreign: seed 42, the others 41"),
        (
            lambda: three(suite=SUITE.model_copy(update={"digest": "x" * 12})),
            "is foreign: digest of the suite xx",
        ),
        (
            lambda: three(suite=SUITE.model_copy(update={"target": "y" * 12})),
            "is foreign: digest of the target yy",
        ),
        (lambda: three(target=OTHER), "run-3 (shard 3 of 3) is foreign: target staging, the others reference"),
        (lambda: three(target=NEWER), "is foreign: version of the target 0.2.0, the others 0.1.0"),
        (lambda: three(target=ELSEWHERE), "is foreign: hosts of the target other.example, the others 127.0.0.1"),
        (lambda: three(of=4), "run-3 (shard 3 of 4) is foreign: number of shards 4, the others 3"),
        (lambda: three(repeat=5), "is foreign: repetitions 5, the others 1"),
        (lambda: three(shard=Shard(number=3, of=3, digest="z" * 12)), "is foreign: shared out as zzz"),
        (lambda: three(shard=None), "run-3 is no shard: it ran with no --shard"),
        (lambda: three(shard=None, merged=["x", "y"]), "run-3 is no shard: it was put together already"),
        (lambda: three(run="../up"), "the run '../up' has no name for a folder"),
        (lambda: [*three()[1:], shard(3, named("a"), named("f"))], "test_a is in more than one shard"),
    ],
)
def test_what_is_not_the_shards_of_one_run_is_refused_by_name(records: Any, complaint: str) -> None:
    with pytest.raises(GreenroomError) as refused:
        merged(records(), "whole")
    assert refused.value.code == "bad-shards" and complaint in refused.value.message and refused.value.hint
