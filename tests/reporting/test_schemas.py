"""The published schemas: they are those of the models, records and verdicts keep to them, what is wrong is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from greenroom.record.events import Header
from greenroom.record.reader import Record, read_record
from greenroom.reporting.conclusion import conclude
from greenroom.reporting.schemas import DOCS, schemas
from greenroom.reporting.verdict_json import write_report
from tests.support.samples import big, build

RECORD, VERDICT = (
    Draft202012Validator(json.loads((DOCS / name).read_text(encoding="utf-8")))
    for name in ("record.schema.json", "verdict.schema.json")
)
GREEN = build.record(*big.good())
RECORDS = {
    "big": build.record(*big.all_sixty()),
    "green": GREEN,
    "cut short": build.cut_short(*big.good(), lost=["a"]),
    "empty": build.record(),
}
LINES: list[dict[str, Any]] = [event.model_dump(mode="json", by_alias=True) for event in build.events(big.all_sixty())]


def written(record: Record, folder: Path) -> dict[str, Any]:
    write_report(conclude(record), folder / "verdict.json")
    read: dict[str, Any] = json.loads((folder / "verdict.json").read_text(encoding="utf-8"))
    return read


def faults(schema: Draft202012Validator, value: object) -> set[tuple[str, str]]:
    return {(fault.json_path, fault.validator) for fault in schema.iter_errors(value)}


@pytest.mark.parametrize(("name", "text"), schemas().items(), ids=schemas().keys())
def test_the_published_schemas_are_those_of_the_models(name: str, text: str) -> None:
    found = (DOCS / name).read_text(encoding="utf-8")
    assert found == text, f"docs/{name} is stale: python -m greenroom.reporting.schemas"


@pytest.mark.parametrize("schema", [RECORD, VERDICT], ids=["record", "verdict"])
def test_they_are_sound_schemas(schema: Draft202012Validator) -> None:
    Draft202012Validator.check_schema(schema.schema)


@pytest.mark.parametrize("record", RECORDS.values(), ids=RECORDS.keys())
def test_every_verdict_keeps_to_its_schema(record: Record, tmp_path: Path) -> None:
    read = written(record, tmp_path)
    VERDICT.validate(read)
    assert (read["exit"] == 0) == (read["verdict"] == "conformant")


@pytest.mark.parametrize(
    ("change", "place", "keyword"),
    [
        ({"exit": 7}, "$.exit", "enum"),
        ({"seconds": -1}, "$.seconds", "minimum"),
        ({"run": ""}, "$.run", "minLength"),
        ({"extra": 1}, "$", "additionalProperties"),
        ({"counts": {"passed": 1.5}}, "$.counts.passed", "type"),
        ({"counts": {"passed": 1}}, "$.counts", "required"),
        ({"counts": {"splendid": 1}}, "$.counts", "enum"),
        ({"promises": {"E1": "great"}}, "$.promises.E1", "anyOf"),
        ({"scenarios": [{"failure": {}}]}, "$.scenarios[0].failure", "anyOf"),
    ],
)
def test_a_wrong_verdict_is_refused(change: dict[str, Any], place: str, keyword: str, tmp_path: Path) -> None:
    assert (place, keyword) in faults(VERDICT, written(GREEN, tmp_path) | change)


def test_a_verdict_has_every_key(tmp_path: Path) -> None:
    whole = written(GREEN, tmp_path)
    for missing in whole:
        assert ("$", "required") in faults(VERDICT, {key: whole[key] for key in whole if key != missing}), missing


def test_every_line_of_a_record_keeps_to_its_schema(tmp_path: Path) -> None:
    path = build.write(build.events(big.all_sixty()), tmp_path)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) == 122
    for line in lines:
        RECORD.validate(json.loads(line))


@pytest.mark.parametrize(
    ("line", "change"),
    [
        (0, {"schema": "greenroom.record/9"}),
        (0, {"seed": "41"}),
        (1, {"event": "party"}),
        (1, {"extra": 1}),
        (2, {"verdict": "great"}),
        (2, {"steps": [{"text": "a step without its keyword", "line": 1}]}),
        (-1, {"exit": None}),
    ],
)
def test_a_wrong_line_is_refused(line: int, change: dict[str, Any]) -> None:
    assert RECORD.is_valid(LINES[line])
    assert not RECORD.is_valid(LINES[line] | change)


@pytest.mark.parametrize(("line", "key"), [(0, "event"), (0, "schema"), (1, "id"), (2, "event"), (-1, "counts")])
def test_a_line_without_what_it_needs_is_refused(line: int, key: str) -> None:
    assert not RECORD.is_valid({name: value for name, value in LINES[line].items() if name != key})


def test_a_record_from_before_subjects_and_promises_is_still_read(tmp_path: Path) -> None:
    path = build.write(build.events(big.good()), tmp_path)
    first, _, rest = path.read_text(encoding="utf-8").partition("\n")
    older = {key: value for key, value in json.loads(first).items() if key not in ("subjects", "promises")}
    RECORD.validate(older)
    path.write_text(f"{json.dumps(older)}\n{rest}", encoding="utf-8")
    assert read_record(path) == build.record(*big.good(), head=Header.model_validate(older))
