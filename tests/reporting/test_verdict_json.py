"""verdict.json keeps to its published schema and says what a gate needs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from greenroom.core.project import ROOT
from greenroom.record.reader import Record
from greenroom.reporting.verdict_json import verdict_of, write_verdict
from tests.support.samples import big, build

SCHEMA = Draft202012Validator(json.loads((ROOT / "docs" / "verdict.schema.json").read_text()))

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
    SCHEMA.validate(read)
    assert read == verdict_of(record)
    assert (read["exit"] == 0) == (read["verdict"] == "conformant")


@pytest.mark.parametrize(
    ("change", "place", "keyword"),
    [
        ({"exit": 7}, "$.exit", "enum"),
        ({"seconds": -1}, "$.seconds", "minimum"),
        ({"run": ""}, "$.run", "minLength"),
        ({"extra": 1}, "$", "additionalProperties"),
        ({"counts": {"passed": 1.5}}, "$.counts.passed", "type"),
        ({"promises": {"E1": "great"}}, "$.promises.E1", "enum"),
        ({"scenarios": [{"failure": {}}]}, "$.scenarios[0].failure", "anyOf"),
    ],
)
def test_the_schema_refuses_what_is_wrong(change: dict[str, Any], place: str, keyword: str) -> None:
    found = SCHEMA.iter_errors(verdict_of(RECORDS["green"]) | change)
    assert (place, keyword) in {(fault.json_path, fault.validator) for fault in found}


def test_the_schema_asks_for_every_key() -> None:
    whole = verdict_of(RECORDS["green"])
    for key in whole:
        assert not SCHEMA.is_valid({name: value for name, value in whole.items() if name != key}), key


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
