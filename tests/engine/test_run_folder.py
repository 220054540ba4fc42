"""The folder that people are sent to is the run's own, also where `latest` is not."""

from __future__ import annotations

from pathlib import Path

from greenroom.record.run_folder import latest, shown_as


def test_latest_is_named_while_it_is_this_run(tmp_path: Path) -> None:
    for run in ("run-1", "run-2"):
        (tmp_path / run).mkdir()
        latest(tmp_path, run)
        assert shown_as(tmp_path, run) == tmp_path / "latest"
    assert shown_as(tmp_path, "run-1") == tmp_path / "run-1"  # another run has begun in the same folder


def test_where_no_link_can_be_made_the_runs_own_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "run-1").mkdir()
    (tmp_path / "latest").mkdir()
    latest(tmp_path, "run-1")
    assert shown_as(tmp_path, "run-1") == tmp_path / "run-1"
