"""In a GitHub workflow a run and a merged run tell what GitHub shows; the exit code stays what it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from greenroom.core.project import ROOT
from greenroom.core.verdict import Verdict
from greenroom.record.events import Shard, Suite
from tests.support.broken_reference import broken_reference
from tests.support.command_line import greenroom
from tests.support.samples import build

SUITE = Suite(digest="a" * 12, target="b" * 12, scenarios=2)


def shard(folder: Path, number: int) -> str:
    """The folder of a shard in which a scenario failed."""
    failed = build.scenario(f"s{number}", verdict=Verdict.FAILED, failure=build.failure(line=7))
    head = build.header(run=f"run-{number}", suite=SUITE, shard=Shard(number=number, of=2, digest="c" * 12), planned=1)
    build.write(build.events([failed], head), folder / f"run-{number}")
    return str(folder / f"run-{number}")


def test_a_merged_run_is_told_once(tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    workflow = {"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(ROOT), "GITHUB_STEP_SUMMARY": str(summary)}
    shards = [shard(tmp_path, 1), shard(tmp_path, 2)]
    ran = greenroom("merge", *shards, "--reports", str(tmp_path / "out"), variables=workflow)
    assert ran.code == 1 and ran.err == ""
    [told] = [line for line in ran.out.splitlines() if line.startswith("::")]
    assert told.startswith("::error file=features/end_persistence.feature,line=7,title=cause 1 of 1%3A ")
    assert summary.read_text(encoding="utf-8").startswith("## Greenroom: not conformant\n")
    workflow["GITHUB_STEP_SUMMARY"] = str(tmp_path / "no" / "such" / "folder")
    ran = greenroom("merge", *shards, "--reports", str(tmp_path / "out"), variables=workflow)
    assert ran.code == 1 and ran.err.startswith("GitHub's step summary can't be written: No such file")
    assert "::" not in greenroom("merge", *shards, "--reports", str(tmp_path / "out")).out


@pytest.mark.integration
def test_the_annotation_is_at_the_step_that_failed(tmp_path: Path) -> None:
    copy = broken_reference(tmp_path / "copy", "end_leaves_pointer")
    arguments = ["-k", "the host ends the room through the gateway", "-t", "E1", "-q", "--reports", str(tmp_path / "r")]
    workflow = {"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(ROOT), "GITHUB_STEP_SUMMARY": str(tmp_path / "md")}
    ran = greenroom(
        *("run", *arguments, "--target", str(copy / "targets" / "reference")),
        variables=workflow | {"GREENROOM_REFERENCE": str(copy)},
    )
    assert ran.code == 1, ran.said
    [told] = [line for line in ran.out.splitlines() if line.startswith("::")]
    found = re.match(r"::error file=(features/[\w.]+),line=(\d+),title=cause 1 of 1%3A rooms\.session_id", told)
    assert found is not None, told
    line = (ROOT / found[1]).read_text(encoding="utf-8").splitlines()[int(found[2]) - 1]
    assert line.strip().startswith("Then "), line
    assert (tmp_path / "md").read_text(encoding="utf-8").count("### Cause 1 of 1: rooms.session") == 1
