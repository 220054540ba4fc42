"""An HTTP archive for each scenario that is not right, in the form that developer tools read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from greenroom.core.verdict import Verdict
from greenroom.record.times import instant
from greenroom.reporting.conclusion import conclude
from greenroom.reporting.har import archive_of, write_report
from greenroom.reporting.html import html_of
from tests.support.samples import big, build

NUMBER, TEXT = {"type": "number"}, {"type": "string"}
PAIRS = {
    "type": "array",
    "items": {"type": "object", "required": ["name", "value"], "properties": {"name": TEXT, "value": TEXT}},
}


def all_of(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


COMMON = {"httpVersion": TEXT, "cookies": PAIRS, "headers": PAIRS, "headersSize": NUMBER, "bodySize": NUMBER}
CONTENT = all_of(size=NUMBER, mimeType=TEXT)
ENTRY = all_of(
    pageref=TEXT,
    startedDateTime=TEXT,
    time=NUMBER,
    request=all_of(method=TEXT, url=TEXT, queryString=PAIRS, **COMMON),
    response=all_of(status={"type": "integer"}, statusText=TEXT, content=CONTENT, redirectURL=TEXT, **COMMON),
    cache={"type": "object"},
    timings=all_of(send=NUMBER, wait=NUMBER, receive=NUMBER),
)
PAGE = all_of(startedDateTime=TEXT, id=TEXT, title=TEXT, pageTimings={"type": "object"})
CREATOR = all_of(name=TEXT, version=TEXT)
ARCHIVE = Draft202012Validator(
    all_of(
        log=all_of(
            version={"const": "1.2"},
            creator=CREATOR,
            pages={"type": "array", "items": PAGE},
            entries={"type": "array", "items": ENTRY},
        )
    )
)
"""What the format asks for (HAR 1.2)."""


def archives(folder: Path) -> dict[str, Any]:
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*")}


def test_each_scenario_that_is_not_right_has_one_and_keeps_to_the_format(tmp_path: Path) -> None:
    run = conclude(build.record(*big.all_sixty()))
    write_report(run, tmp_path / "har")
    found = archives(tmp_path / "har")
    assert found
    for name, archive in found.items():
        ARCHIVE.validate(archive)
        number = int(name.removeprefix("scenario-").removesuffix(".har"))
        scenario = run.record.scenarios[number - 1]
        assert scenario.verdict.rank >= Verdict.UNEXPECTEDLY_FIXED.rank
        entries = archive["log"]["entries"]
        assert len(entries) == sum(len(step.exchanges) for step in scenario.steps)
        assert {entry["pageref"] for entry in entries} == {page["id"] for page in archive["log"]["pages"]}
        times = [instant(entry["startedDateTime"]) for entry in entries]
        assert None not in times and times == sorted(times, key=str)
        assert f'href="har/{name}"' in html_of(run, tmp_path)


def test_a_green_run_has_none_and_an_old_one_goes(tmp_path: Path) -> None:
    (tmp_path / "har").mkdir()
    (tmp_path / "har" / "scenario-1.har").touch()
    run = conclude(build.record(*big.good()))
    write_report(run, tmp_path / "har")
    assert list((tmp_path / "har").iterdir()) == [] and "har/scenario" not in html_of(run, tmp_path)


@pytest.mark.parametrize(
    ("exchange", "status", "size"),
    [
        (build.exchange("POST", "/rooms/1/end?a=b&a=", 500, '{"ok": false}', request_body='{"x": 1}'), 500, 13),
        (build.exchange("GET", "/x", None, error="refused"), 0, 0),
        (build.exchange("GET", "/x", 540, "☕"), 540, 3),
        (build.exchange("GET", "/x", 302, "", response_headers={"Location": "/y"}), 302, 0),
    ],
)
def test_odd_answers_keep_to_the_format(exchange: Any, status: int, size: int) -> None:
    failed = build.scenario(
        verdict=Verdict.FAILED, failure=build.failure(), steps=[build.step("When x", exchanges=[exchange])]
    )
    archive = archive_of(build.header(), failed)
    ARCHIVE.validate(archive)
    [entry] = archive["log"]["entries"]
    assert (entry["response"]["status"], entry["response"]["content"]["size"]) == (status, size)
    if exchange.request_body:
        assert entry["request"]["postData"] == {"mimeType": "application/json", "text": '{"x": 1}'}
        assert entry["request"]["queryString"] == [{"name": "a", "value": "b"}, {"name": "a", "value": ""}]
    if status == 302:
        assert entry["response"]["redirectURL"] == "/y"
