"""`greenroom compare`: two records on the terminal, as a page and as JSON; of a planted bug exactly what it breaks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from greenroom.core.project import ROOT
from greenroom.core.verdict import Verdict
from greenroom.reporting.comparison import json_file
from tests.support.broken_reference import broken_reference
from tests.support.command_line import greenroom, verdict_of
from tests.support.samples import build

SCHEMA = Draft202012Validator(json.loads((ROOT / "docs" / "comparison.schema.json").read_text(encoding="utf-8")))


@pytest.fixture
def runs(tmp_path: Path) -> tuple[str, str]:
    """The folders of a green run, and of one after it in which one of two scenarios failed."""
    green = [build.scenario("a"), build.scenario("b")]
    red = [build.scenario("a"), build.scenario("b", verdict=Verdict.FAILED, failure=build.failure("b is wrong"))]
    build.write(build.events(green), tmp_path / "before")
    build.write(build.events(red), tmp_path / "after")
    return str(tmp_path / "before"), str(tmp_path / "after")


def told(*arguments: str) -> dict[str, Any]:
    """What --json says; it keeps to its schema."""
    ran = greenroom("compare", *arguments, "--json")
    assert ran.err == ""
    found = dict(json.loads(ran.out))
    SCHEMA.validate(found)
    assert found["exit"] == ran.code
    return found


def test_the_terminal_tells_what_broke_and_the_exit_code_is_one(runs: tuple[str, str]) -> None:
    ran = greenroom("compare", *runs)
    assert ran.code == 1 and ran.err == ""
    assert "cause 1 of 1" in ran.out and "E1 broken: b is wrong" in ran.out
    assert ran.out.rstrip().splitlines()[-1].startswith("newly broken  2 scenarios in both: 1 newly broken. 1 cause.")


def test_records_are_named_by_folder_or_file_and_the_other_way_round_it_is_mended(runs: tuple[str, str]) -> None:
    ran = greenroom("compare", f"{runs[1]}/record.jsonl", runs[0])
    assert ran.code == 0 and "1 scenario mended" in ran.out and "nothing newly broken" in ran.out
    quiet = greenroom("compare", runs[1], runs[0], "-q").out
    assert "1 scenario mended" not in quiet and "nothing newly broken" in quiet


def test_of_a_folder_of_runs_the_last_one_is_meant(runs: tuple[str, str], tmp_path: Path) -> None:
    (tmp_path / "latest").symlink_to("after")
    assert told(runs[0], str(tmp_path))["counts"]["newly broken"] == 1


def test_json_keeps_to_its_schema_and_says_the_same(runs: tuple[str, str]) -> None:
    found = told(*runs)
    assert (found["verdict"], found["exit"], found["counts"]["newly broken"]) == ("newly broken", 1, 1)
    assert found["causes"][0]["scenarios"] == [each["id"] for each in found["scenarios"] if each["after"] == "failed"]
    assert told(*reversed(runs))["counts"]["mended"] == 1


@pytest.mark.parametrize("key", ["schema", "counts", "causes", "times", "before"])
def test_json_without_what_it_needs_is_refused(runs: tuple[str, str], key: str) -> None:
    whole = told(*runs)
    assert not SCHEMA.is_valid({name: value for name, value in whole.items() if name != key})
    assert not SCHEMA.is_valid(whole | {"counts": {"mended": 1}})
    json_file.ComparisonFile.model_validate(whole)


def test_the_page_is_written_where_it_is_wanted(runs: tuple[str, str], tmp_path: Path) -> None:
    ran = greenroom("compare", *runs, "--html", str(tmp_path / "page.html"))
    assert ran.code == 1 and ran.out.endswith(f"page  {tmp_path / 'page.html'}\n")
    assert "Newly broken" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_what_can_not_be_compared_is_three(runs: tuple[str, str], tmp_path: Path) -> None:
    build.write(build.events([build.scenario("z")]), tmp_path / "other")
    for arguments, complaint in (
        ((runs[0], str(tmp_path / "other")), "have no scenario in common"),
        ((runs[0], str(tmp_path / "nowhere")), "the record can't be read"),
        ((*runs, "--html", str(tmp_path / "no" / "page.html")), "the page can't be written"),
        ((*runs, "-q", "-v"), "contradict each other"),
        ((runs[0],), "Missing argument 'AFTER'"),
    ):
        ran = greenroom("compare", *arguments)
        assert ran.code == 3 and complaint in ran.complaint[0] and ran.complaint[1].startswith("  hint: "), ran


def test_what_could_be_told_and_can_not_any_more_is_two(runs: tuple[str, str], tmp_path: Path) -> None:
    down = build.failure("nobody answers", kind="inconclusive", cause="refused")
    unclear = [build.scenario("a"), build.scenario("b", verdict=Verdict.INCONCLUSIVE, failure=down)]
    build.write(build.events(unclear), tmp_path / "unclear")
    ran = greenroom("compare", runs[0], str(tmp_path / "unclear"))
    assert ran.code == 2 and "1 scenario no longer judged" in ran.out and "nobody answers" in ran.out


@pytest.mark.integration
@pytest.mark.long
def test_of_a_planted_bug_it_lists_exactly_what_it_breaks(tmp_path: Path) -> None:
    copy = broken_reference(tmp_path / "copy", "anybody_may_end")  # a patch that breaks E10
    selection = ["-t", "(E1 or E10 or L1) and not browser"]
    green = greenroom("run", *selection, "--reports", str(tmp_path / "green"))
    target = ["--target", str(copy / "targets" / "reference")]
    variables = {"GREENROOM_REFERENCE": str(copy)}
    red = greenroom("run", *selection, *target, "--reports", str(tmp_path / "red"), variables=variables)
    assert (green.code, red.code) == (0, 1), red.said
    found = told(str(tmp_path / "green" / "latest"), str(tmp_path / "red" / "latest"))
    newly = [each for each in found["scenarios"] if each["transition"] == "newly broken"]
    broken = {each["id"] for each in verdict_of(tmp_path / "red")["scenarios"] if each["verdict"] != "passed"}
    assert {each["id"] for each in newly} == broken
    assert newly and all("E10" in each["promises"] for each in newly)
    assert {each["transition"] for each in found["scenarios"]} == {"newly broken", "unchanged"}
    [cause] = found["causes"]
    assert (cause["subject"], cause["broken"]) == ("operation:end", ["E10"])
    back = told(str(tmp_path / "red" / "latest"), str(tmp_path / "green" / "latest"))
    assert (back["exit"], back["counts"]["mended"]) == (0, len(newly))
