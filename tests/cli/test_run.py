"""A run that goes well: what it says, what it leaves, and that it is the same by whatever way it is started."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from jsonschema import Draft202012Validator

from greenroom.core.project import PROMISES, ROOT
from greenroom.gherkin.promises import read_promises, read_subjects
from greenroom.record.reader import Record, read_record
from tests.support.command_line import Ran, new_process, verdict_of

pytestmark = pytest.mark.integration
SAME_RUN = pytest.mark.xdist_group("run")
"""What looks at one and the same run."""

FEATURE = """\
Feature: Dropped anywhere

  @E1
  Scenario: an end
    Given Ada is live with Grace as a guest
    When Ada ends the room through the gateway
    Then Ada's room is at rest

  @L1
  Scenario: an entry
    Given Ada is live
    Then Ada's session is listed as live
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the run of this module left its reports."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "dropped.feature").write_text(FEATURE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def ran(folder: Path) -> Ran:
    return new_process("greenroom.cli.main", "run", "dropped.feature", "--reports", "out", "--seed", "41", cwd=folder)


@pytest.fixture(scope="module")
def record(ran: Ran, folder: Path) -> Record:
    return read_record(folder / "out" / "latest" / "record.jsonl")


@SAME_RUN
def test_a_dropped_feature_runs_without_any_python(ran: Ran) -> None:
    assert (ran.code, ran.err) == (0, "")
    assert "conformant  2 scenarios" in ran.out and "seed 41" in ran.out
    assert "out/latest/report.html" in ran.out


@SAME_RUN
def test_every_report_is_there(ran: Ran, folder: Path) -> None:
    latest = folder / "out" / "latest"
    assert ran.code == 0 and latest.is_symlink()
    assert verdict_of(folder / "out")["counts"]["passed"] == 2
    assert ElementTree.parse(latest / "junit.xml").getroot().iter("testcase")
    assert len(list((latest / "allure-results").glob("*-result.json"))) == 2
    assert "an entry" in (latest / "report.html").read_text(encoding="utf-8")


@SAME_RUN
def test_the_record_is_complete_and_holds_the_evidence(record: Record) -> None:
    assert record.footer and record.footer.complete and not record.truncated
    assert record.footer.census == dict.fromkeys(record.footer.census, 0), "nothing is left on the target"
    first = record.scenarios[0]
    assert first.people.keys() == {"Ada", "Grace"}
    when = first.steps[1]
    assert any("/end" in exchange.url and exchange.status == 200 for exchange in when.exchanges)
    changed = {(change.relation, change.field): (change.before, change.after) for change in when.changes}
    assert changed["rooms", "status"] == ("live", "idle")
    assert first.steps[2].checks[0].held and first.steps[2].checks[0].seen


@SAME_RUN
def test_the_record_carries_the_promises_page(record: Record, folder: Path) -> None:
    assert list(record.header.subjects.items()) == list(read_subjects(PROMISES).items())
    assert list(record.header.promises.items()) == list(read_promises(PROMISES).items())
    page = (folder / "out" / "latest" / "report.html").read_text(encoding="utf-8")
    assert '<section class="subject" id="subject-E" aria-label="Ending is complete and lasts">' in page


@SAME_RUN
def test_record_and_verdict_keep_to_their_published_schemas(ran: Ran, folder: Path) -> None:
    assert ran.code == 0
    for name, pieces in {
        "record": (folder / "out" / "latest" / "record.jsonl").read_text(encoding="utf-8").splitlines(),
        "verdict": [(folder / "out" / "latest" / "verdict.json").read_text(encoding="utf-8")],
    }.items():
        schema = json.loads((ROOT / "docs" / f"{name}.schema.json").read_text(encoding="utf-8"))
        for piece in pieces:
            Draft202012Validator(schema).validate(json.loads(piece))


@SAME_RUN
def test_no_secret_is_written(record: Record, folder: Path) -> None:
    agents = {
        exchange.request_headers["user-agent"]
        for one in record.scenarios
        for step in one.steps
        for exchange in step.exchanges
    }
    assert any(record.header.run in agent and "dropped.feature:4" in agent for agent in agents)
    for path in (folder / "out" / "latest").rglob("*"):
        if path.is_file():
            assert b"eyJ" not in path.read_bytes(), path


def test_plain_pytest_runs_it_just_as_well(tmp_path: Path) -> None:
    (tmp_path / "dropped.feature").write_text(FEATURE, encoding="utf-8")
    ran = new_process("pytest", "dropped.feature", "--reports", "out", "-q", cwd=tmp_path)
    assert ran.code == 0, ran
    assert "2 passed" in ran.out and "conformant  2 scenarios" in ran.out
    assert verdict_of(tmp_path / "out")["verdict"] == "conformant"


def verdicts(found: dict[str, Any]) -> dict[str, str]:
    return {scenario["id"]: scenario["verdict"] for scenario in found["scenarios"]}


@pytest.mark.long
def test_two_processes_tell_the_same_as_one(tmp_path: Path) -> None:
    found = []
    for workers in ("", "2"):
        reports = tmp_path / f"workers{workers}"
        arguments = ("run", "-t", "T2", "--reports", str(reports), *(["-n", workers] if workers else []))
        ran = new_process("greenroom.cli.main", *arguments)
        assert ran.code == 0, ran
        found.append(verdict_of(reports))
    assert verdicts(found[0]) == verdicts(found[1]) and len(verdicts(found[0])) >= 2
    assert set(verdicts(found[0]).values()) == {"passed"}
    lines = (tmp_path / "workers2" / "latest" / "record.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[0])["workers"] == 2
    assert {json.loads(line)["worker"] for line in lines if '"event":"scenario"' in line} == {"gw0", "gw1"}
