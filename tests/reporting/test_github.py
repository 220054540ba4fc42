"""What GitHub shows of a run: workflow commands that keep to its form, and a summary below its size."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from greenroom.core.verdict import Verdict
from greenroom.record.events import ScenarioFinished, Shard
from greenroom.record.reader import Record
from greenroom.reporting.conclusion import conclude
from greenroom.reporting.github.annotations import annotation_lines
from greenroom.reporting.github.sections import Section, sections_of
from greenroom.reporting.github.summary import LIMIT, summary
from greenroom.reporting.github.tell import tell_github
from greenroom.reporting.troubles import troubles_of
from tests.support.samples import big, build

COMMAND = re.compile(
    r"::(error|warning) (?:file=(?P<file>[^,:\n]+),line=(?P<line>\d+),)?title=(?P<title>[^,:\n]+)::(.+)"
)
"""The form of a workflow command: properties with neither comma nor colon, all on one line."""


def red(number: int = 0) -> ScenarioFinished:
    """A scenario that failed, of a cause of its own for each number."""
    why = build.failure(f"the {'abcdefghijklmnop'[number]} of it is not at rest", line=30 + number)
    return build.scenario(f"s{number}", verdict=Verdict.FAILED, failure=why)


def commands(record: Record, workspace: str) -> list[str]:
    return annotation_lines(troubles_of(conclude(record)), workspace)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checked-out repository with Greenroom in a folder of it, where it is run."""
    project = tmp_path / "repository" / "greenroom"
    (project / "features").mkdir(parents=True)
    (project / "features" / "end_persistence.feature").touch()
    monkeypatch.chdir(project)
    return project.parent


def test_an_error_is_at_the_failing_step_relative_to_the_workspace(workspace: Path) -> None:
    [line] = commands(build.record(red()), str(workspace))
    found = COMMAND.fullmatch(line)
    assert found is not None and found[1] == "error", line
    assert (found["file"], found["line"]) == ("greenroom/features/end_persistence.feature", "30")
    assert found["title"].startswith("cause 1 of 1%3A E1 broken%3A the a of it")
    assert "%0A" in found[5] and "s0" in found[5]


def test_outside_of_the_workspace_no_place_is_named(workspace: Path, tmp_path: Path) -> None:
    for where in (str(tmp_path / "elsewhere"), ""):
        [line] = commands(build.record(red()), where)
        found = COMMAND.fullmatch(line)
        assert found is not None and found["file"] is None and "end_persistence.feature%3A30" not in found["title"]
        assert "features/end_persistence.feature:30" in line


def test_what_a_target_says_ends_no_command(workspace: Path) -> None:
    message = "100 % wrong, really: so\r\n::error::planted\n  found     a,b::c"
    [line] = commands(
        build.record(build.scenario(verdict=Verdict.FAILED, failure=build.failure(message))), str(workspace)
    )
    assert "\n" not in line and "\r" not in line
    found = COMMAND.fullmatch(line)
    assert found is not None and "%25" in found[5] and "%0D%0A" not in found["title"]
    assert found["title"].count("%2C") >= 1 and found["title"].count("%3A") >= 2


def test_nine_at_most_then_how_many_more(workspace: Path) -> None:
    scenarios = [red(number) for number in range(12)]
    lines = commands(build.record(*scenarios), str(workspace))
    assert len(lines) == 10 and all(COMMAND.fullmatch(line) for line in lines)
    assert "title=3 more::" in lines[-1] and lines[-1].count("%0A") == 3
    nine = commands(build.record(*scenarios[:9]), str(workspace))
    assert len(nine) == 9 and "more::" not in nine[-1]


def test_one_a_cause_and_the_environment_is_a_warning(workspace: Path) -> None:
    lines = commands(build.record(*big.all_sixty()), str(workspace))
    run = conclude(build.record(*big.all_sixty()))
    assert sum(f"of {len(run.causes)}%3A" in line for line in lines) == len(run.causes)
    assert [line for line in lines if line.startswith("::warning")], lines
    assert all(COMMAND.fullmatch(line) for line in lines), lines
    assert commands(build.record(build.scenario()), str(workspace)) == []


def test_a_run_that_was_cut_short_says_so(workspace: Path) -> None:
    [line] = commands(build.cut_short(build.scenario(), lost=["features/x.feature::lost"]), str(workspace))
    assert "title=the run as a whole%3A error::the run was cut short" in line and "x.feature::lost" in line


def test_the_summary_has_the_causes_first_and_no_markup_of_a_target(workspace: Path) -> None:
    run = conclude(build.record(*big.all_sixty()))
    text = summary(sections_of(run, "reports/latest/report.html"))
    assert text.startswith("## Greenroom: not conformant\n")
    assert text.index("### Cause 1 of") < text.index("### By subject") < text.index("Known failures: ")
    outside = re.sub(r"(`{3,})text\n.*?\n\1\n", "", text, flags=re.DOTALL)
    assert "<script>" not in outside and "Left out here" not in text
    rows = [line for line in outside.splitlines() if line.startswith("|")]
    assert len(rows) == 11 and {len(re.findall(r"(?<!\\)\|", line)) for line in rows} == {5}, rows


def test_a_fence_is_longer_than_any_in_the_text(workspace: Path) -> None:
    why = build.failure("wrong\n  found     ```\n  and ```` too\n# no heading")
    text = summary(sections_of(conclude(build.record(build.scenario(verdict=Verdict.FAILED, failure=why))), ""))
    assert "`````text\n" in text and text.count("`````") == 2


def test_it_is_cut_by_section_and_says_what_was_cut() -> None:
    sections = [Section("the head", "head\n"), *(Section(f"cause {n}", f"<{n}>{'x' * 90_000}\n") for n in range(1, 30))]
    text = summary(sections)
    assert len(text.encode()) < LIMIT
    assert text.startswith("head\n") and "<1>" in text
    kept = sum(f"<{n}>" in text for n in range(1, 30))
    assert kept > 8 and f"**Left out here**, since GitHub drops a summary that is too large: {29 - kept} of" in text
    assert text.endswith("- cause 28\n- cause 29\n")
    assert summary(sections, 1000) == ""


def test_many_large_causes_stay_below_the_limit(workspace: Path) -> None:
    long = "\n".join(f"  line {n} ☕ {'x' * 70}" for n in range(400))
    kinds = [f"{a}{b}" for a in "abcdefghijklmnopqrst" for b in "abcdefghijkl"]
    scenarios = [
        build.scenario(f"s{kind}", verdict=Verdict.FAILED, failure=build.failure(f"the {kind} is wrong\n{long}"))
        for kind in kinds
    ]
    text = summary(sections_of(conclude(build.record(*scenarios)), "report.html"))
    assert 700_000 < len(text.encode()) < LIMIT and "cause 240 of 240" not in text and "- and " in text


def tell(record: Record, capsys: pytest.CaptureFixture[str], **environment: str) -> tuple[str, str]:
    tell_github(conclude(record), environment, "report.html")
    said = capsys.readouterr()
    return said.out, said.err


def test_it_is_told_in_a_workflow_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record, file = build.record(red()), tmp_path / "summary"
    assert tell(record, capsys, GITHUB_STEP_SUMMARY=str(file)) == ("", "") and not file.exists()
    out, err = tell(record, capsys, GITHUB_STEP_SUMMARY=str(file), GITHUB_ACTIONS="true")
    assert out.startswith("::error title=cause 1") and out.count("\n") == 1 and err == ""
    file.write_text("# what was there\n", encoding="utf-8")
    tell(record, capsys, GITHUB_STEP_SUMMARY=str(file), GITHUB_ACTIONS="true")
    assert file.read_text(encoding="utf-8").startswith("# what was there\n\n## Greenroom: not conformant\n")


def test_a_shard_leaves_annotations_to_the_merged_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = build.header(shard=Shard(number=2, of=3), planned=1)
    record, file = build.record(red(), head=head), tmp_path / "summary"
    assert tell(record, capsys, GITHUB_STEP_SUMMARY=str(file), GITHUB_ACTIONS="true") == ("", "")
    assert "shard 2 of 3" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "why"),
    [("", "GITHUB_STEP_SUMMARY is not set"), ("no/folder/summary", "No such file"), ("folder", "Is a directory")],
)
def test_a_summary_that_can_not_be_written_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, why: str
) -> None:
    (tmp_path / "folder").mkdir()
    path = str(tmp_path / file) if file else ""
    out, err = tell(build.record(red()), capsys, GITHUB_STEP_SUMMARY=path, GITHUB_ACTIONS="true")
    assert out.startswith("::error ") and why in err and err.count("\n") == 1
    (tmp_path / "full").write_bytes(b"x" * LIMIT)
    _, err = tell(build.record(red()), capsys, GITHUB_STEP_SUMMARY=str(tmp_path / "full"), GITHUB_ACTIONS="true")
    assert "900,000 bytes already" in err
