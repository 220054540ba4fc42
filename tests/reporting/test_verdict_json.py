"""verdict.json keeps to its published schema and says what a gate needs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from greenroom.core.project import ROOT
from greenroom.record.reader import Record
from greenroom.reporting.verdict_json import verdict_of, write_verdict
from tests.support.samples import big, build
from tests.support.samples.schema import faults

SCHEMA: dict[str, Any] = json.loads((ROOT / "docs" / "verdict.schema.json").read_text())

RECORDS = {
    "big": build.record(*big.all_sixty()),
    "green": build.record(*big.good()),
    "cut short": build.cut_short(*big.good(), lost=["a"]),
    "empty": build.record(),
}


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS.keys())
def test_every_verdict_keeps_to_the_schema(record: Record, tmp_path: Path) -> None:
    write_verdict(record, tmp_path / "verdict.json")
    read = json.loads((tmp_path / "verdict.json").read_text(encoding="utf-8"))
    assert list(faults(read, SCHEMA)) == []
    assert read == verdict_of(record)
    assert (read["exit"] == 0) == (read["verdict"] == "conformant")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"exit": 7}, "$.exit: 7 is not [0, 1, 2, 3]"),
        ({"seconds": -1}, "$.seconds: below 0"),
        ({"run": ""}, "$.run: too short"),
        ({"extra": 1}, "$: extra is not known"),
        ({"counts": {"passed": 1.5}}, "$.counts.passed: not of type integer"),
        ({"promises": {"E1": "great"}}, "$.promises.E1: 'great' is not"),
        ({"scenarios": [{"failure": {}}]}, "$.scenarios[0].failure: fits none of 2"),
    ],
)
def test_the_schema_refuses_what_is_wrong(change: dict[str, Any], fault: str) -> None:
    wrong = verdict_of(RECORDS["green"]) | change
    assert any(found.startswith(fault) for found in faults(wrong, SCHEMA)), list(faults(wrong, SCHEMA))


def test_it_says_what_a_gate_needs() -> None:
    told = verdict_of(RECORDS["big"])
    assert (told["schema"], told["verdict"], told["exit"], told["target"]) == (
        "greenroom.verdict/1",
        "error",
        3,
        "reference",
    )
    assert told["counts"]["passed"] == 50
    assert sum(told["counts"].values()) == len(told["scenarios"]) == 60
    assert (told["promises"]["E1"], told["promises"]["R1"], told["promises"]["S4"]) == (
        "failed",
        "passed",
        "not applicable",
    )
    broken = next(one for one in told["scenarios"] if one["verdict"] == "failed")
    assert broken["promises"] == ["E7", "E1"]
    assert broken["failure"]["promise"] == "E1"
    assert broken["failure"]["again"].startswith("greenroom run features/end_persistence.feature")
    assert "session 767a…" in broken["failure"]["message"]
    throttled = next(one for one in told["scenarios"] if one["verdict"] == "inconclusive")
    assert throttled["failure"]["cause"] == "throttled"


def test_a_truncated_run_is_an_error_with_its_reason() -> None:
    told = verdict_of(RECORDS["cut short"])
    assert (told["verdict"], told["exit"]) == ("error", 3)
    assert "cut short" in told["reason"]
    assert told["counts"]["passed"] == 50
