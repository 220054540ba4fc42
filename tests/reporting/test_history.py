"""Since when a scenario is red and how often it flickered, from the folders of former runs, also over a rename."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from greenroom.core.verdict import Verdict
from greenroom.record.events import ScenarioFinished
from greenroom.record.former_runs import MOST, FormerRun, former_runs
from greenroom.record.reader import Record, read_record
from greenroom.record.same_scenarios import known
from greenroom.reporting.conclusion import conclude
from greenroom.reporting.history import ScenarioPast, pasts_of
from greenroom.reporting.html import html_of
from greenroom.reporting.reports import write_reports
from greenroom.reporting.verdict_json import verdict_of
from tests.support.command_line import greenroom
from tests.support.samples import build

P, F, U, N, K = Verdict.PASSED, Verdict.FAILED, Verdict.INCONCLUSIVE, Verdict.NOT_APPLICABLE, Verdict.KNOWN_FAILURE


def scenario(verdict: Verdict, name: str = "it ends", file: str = "features/end.feature") -> ScenarioFinished:
    failure = build.failure() if verdict is F else None
    return build.scenario(name, id=f"{file}::{name}", feature=file, verdict=verdict, failure=failure)


def run_of(day: int, *scenarios: ScenarioFinished, target: str = "reference") -> Record:
    """A run at noon of that day of March."""
    head = build.header(
        run=f"202603{day:02d}-120000-aaaa", started=f"2026-03-{day:02d}T12:00:00Z", planned=len(scenarios)
    )
    head = head.model_copy(update={"target": head.target.model_copy(update={"name": target})})
    return build.record(*scenarios, head=head)


def written(record: Record, folder: Path, *, reports: bool = True) -> None:
    place = folder / record.header.run
    build.write(build.events(record.scenarios, record.header, record.footer), place)
    if reports:
        write_reports(conclude(record), place)


def past(*verdicts: Verdict) -> ScenarioPast | None:
    """Of a scenario that had these verdicts, the last of them now."""
    runs = [run_of(day, scenario(verdict)) for day, verdict in enumerate(verdicts, 1)]
    former = []
    for one in runs[:-1]:
        [before] = one.scenarios
        former.append(FormerRun(one.header.run, one.header.started, (known(before),), {before.id: before.verdict}))
    found = pasts_of(runs[-1], former)
    return found[0] if found else None


@pytest.mark.parametrize(
    ("verdicts", "words"),
    [
        ((P, P, F), "newly red; changed 1 time in 3 runs"),
        ((P, F, F), "red since 2026-03-02 12:00 UTC, 2 runs in a row; changed 1 time in 3 runs"),
        ((F, F, F), "red since 2026-03-01 12:00 UTC, 3 runs in a row"),
        ((F, P, F, P), "changed 3 times in 4 runs"),
        ((P, F, U, N, F), "red since 2026-03-02 12:00 UTC, 2 runs in a row; changed 1 time in 3 runs"),
        ((P, K, F), "red since 2026-03-02 12:00 UTC, 2 runs in a row; changed 1 time in 3 runs"),
        ((F, U), None),
        ((P, P), None),
    ],
)
def test_since_when_and_how_often(verdicts: tuple[Verdict, ...], words: str | None) -> None:
    found = past(*verdicts)
    assert (found.words if found else None) == words


@pytest.mark.parametrize("reports", [True, False])
def test_the_folder_of_runs_is_the_history_also_over_a_rename(tmp_path: Path, reports: bool) -> None:
    for day, verdict in ((1, P), (2, F), (3, F)):
        written(run_of(day, scenario(verdict), scenario(P, "another")), tmp_path, reports=reports)
    (tmp_path / "latest").symlink_to("20260303-120000-aaaa")
    now = run_of(4, scenario(F, file="features/renamed.feature"), scenario(P, "another", "features/renamed.feature"))
    former = former_runs(tmp_path, "reference", now.header.started)
    assert [one.run[6:8] for one in former] == ["01", "02", "03"]
    [found] = pasts_of(now, former)
    assert found.scenario.id == "features/renamed.feature::it ends"
    assert found.words == "red since 2026-03-02 12:00 UTC, 3 runs in a row; changed 1 time in 4 runs"
    told = verdict_of(conclude(now, former))
    assert [(one.red_since, one.red_runs, one.changes) for one in told.scenarios] == [
        ("2026-03-02T12:00:00Z", 3, 1), ("", 0, 0),
    ]  # fmt: skip
    assert told.former_runs == 3
    page = html_of(conclude(now, former), tmp_path)
    assert "Over the last 4 runs" in page and "2 Mar 2026, 12:00" in page and page.count('class="look ') == 4


def test_other_targets_later_runs_and_what_is_no_run_do_not_count(tmp_path: Path) -> None:
    written(run_of(1, scenario(F), target="staging"), tmp_path)
    written(run_of(9, scenario(F)), tmp_path)
    written(run_of(2, scenario(F)), tmp_path)
    (tmp_path / "20260301-9").mkdir()
    (tmp_path / "20260301-8").mkdir()
    (tmp_path / "20260301-8" / "verdict.json").write_text('{"run": 1', encoding="utf-8")
    (tmp_path / "20260301-7").mkdir()
    (tmp_path / "20260301-7" / "record.jsonl").write_text("nothing\n", encoding="utf-8")
    strange = {"run": "x", "target": "reference", "started": "2026-03-01T00:00:00Z", "scenarios": [{"verdict": "new"}]}
    (tmp_path / "20260301-6").mkdir()
    (tmp_path / "20260301-6" / "verdict.json").write_text(json.dumps(strange), encoding="utf-8")
    assert [one.run[6:8] for one in former_runs(tmp_path, "reference", "2026-03-05T00:00:00Z")] == ["02"]
    assert former_runs(tmp_path, "reference", "2026-03-05T00:00:00Z", ["20260302-120000-aaaa"]) == []
    assert former_runs(tmp_path / "nowhere", "reference", "2026-03-05T00:00:00Z") == []


def test_only_so_many_runs_are_looked_at(tmp_path: Path) -> None:
    for minute in range(MOST + 5):
        head = build.header(run=f"20260301-1200{minute:02d}-aaaa", started=f"2026-03-01T12:{minute:02d}:00Z")
        written(build.record(scenario(P), head=head), tmp_path, reports=False)
    found = former_runs(tmp_path, "reference", "2026-03-05T00:00:00Z")
    assert len(found) == MOST and found[-1].started == f"2026-03-01T12:{MOST + 4}:00Z"


def test_reports_made_again_have_it_and_history_names_a_folder(tmp_path: Path) -> None:
    written(run_of(1, scenario(F)), tmp_path / "before")
    written(run_of(2, scenario(F)), tmp_path / "now")
    place = tmp_path / "now" / "20260302-120000-aaaa"
    assert "over the last" not in greenroom("report", str(place)).out
    ran = greenroom("report", str(place), "--history", str(tmp_path / "before"))
    assert ran.code == 1 and "over the last 2 runs" in ran.out
    assert "red since 2026-03-01 12:00 UTC, 2 runs in a row" in ran.out
    ran = greenroom("report", str(place), "--history", str(tmp_path / "nowhere"))
    assert ran.code == 3 and "is no folder" in ran.complaint[0]
    assert read_record(place / "record.jsonl").header.run == place.name
