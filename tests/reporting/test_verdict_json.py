"""verdict.json says what a gate needs. That it keeps to its schema is tested in test_schemas.py."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from greenroom.core.verdict import Verdict
from greenroom.record.events import Shard
from greenroom.record.reader import Record
from greenroom.reporting.conclusion import conclude
from greenroom.reporting.verdict_json import verdict_of, write_report
from tests.support.samples import big, build


def read(record: Record, folder: Path) -> dict[str, Any]:
    write_report(conclude(record), folder / "verdict.json")
    found: dict[str, Any] = json.loads((folder / "verdict.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return read(build.record(*big.all_sixty()), tmp_path_factory.mktemp("run"))


def test_it_says_what_a_gate_needs(whole: dict[str, Any]) -> None:
    assert (whole["schema"], whole["verdict"], whole["exit"], whole["target"]) == (
        "greenroom.verdict/1",
        "not conformant",
        1,
        "reference",
    )
    assert whole["counts"]["passed"] == 50
    assert sum(whole["counts"].values()) == len(whole["scenarios"]) == 60
    assert (whole["promises"]["E1"], whole["promises"]["R1"], whole["promises"]["S4"]) == (
        "failed",
        "passed",
        "not applicable",
    )
    broken = next(one for one in whole["scenarios"] if one["verdict"] == "failed")
    assert broken["promises"] == ["E7", "E1"]
    assert broken["failure"]["promise"] == "E1"
    assert broken["failure"]["again"].startswith("greenroom run features/end_persistence.feature")
    assert "session 767a…" in broken["failure"]["message"]
    throttled = next(one for one in whole["scenarios"] if one["verdict"] == "inconclusive")
    assert throttled["failure"]["cause"] == "throttled"


def test_a_truncated_run_is_an_error_with_its_reason(tmp_path: Path) -> None:
    told = read(build.cut_short(*big.good(), lost=["a"]), tmp_path)
    assert (told["verdict"], told["exit"]) == ("error", 3)
    assert "cut short" in told["reason"]
    assert told["counts"]["passed"] == 50


def test_how_steady_a_scenario_is_and_which_shard_ran_it() -> None:
    failed = build.scenario(repetition=2, verdict=Verdict.FAILED, failure=build.failure())
    times = [build.scenario(repetition=1), failed, build.scenario("b", repetition=1)]
    head = build.header(repeat=2, planned=3, shard=Shard(number=2, of=5))
    found = verdict_of(conclude(build.record(*times, head=head)))
    assert found.shard == "2/5"
    assert [(one.id, one.ran, one.judged, one.passed) for one in found.stability] == [
        (times[0].id, 2, 2, 1),
        (times[2].id, 1, 1, 1),
    ]
    assert found.stability[0].at_least == pytest.approx(0.0253, abs=0.001)
    assert verdict_of(conclude(build.record(build.scenario()))).stability == []
