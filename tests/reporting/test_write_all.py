"""All reports are written; one that can't be does not keep the others from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.core.errors import GreenroomError
from greenroom.reporting.write_all import write_reports
from tests.support.samples import big, build
from tests.support.samples.promises import PROMISES


def test_all_reports_are_written_and_the_folder_made(tmp_path: Path) -> None:
    write_reports(build.record(*big.all_sixty()), tmp_path / "reports" / "one", PROMISES)
    found = {file.name for file in (tmp_path / "reports" / "one").iterdir()}
    assert found == {"verdict.json", "junit.xml", "report.html", "allure-results"}


def test_a_cut_short_and_an_empty_run_are_reported_too(tmp_path: Path) -> None:
    write_reports(build.cut_short(lost=["a"]), tmp_path / "cut", {})
    write_reports(build.record(), tmp_path / "empty", {})
    for name in ("cut", "empty"):
        assert '"exit": 3' in (tmp_path / name / "verdict.json").read_text()


def test_one_that_fails_does_not_keep_the_others(tmp_path: Path) -> None:
    (tmp_path / "junit.xml").mkdir()
    (tmp_path / "allure-results").write_text("in the way")
    with pytest.raises(GreenroomError, match=r"2 of 4 reports .* junit\.xml .*; allure-results ") as caught:
        write_reports(build.record(*big.good()), tmp_path, PROMISES)
    assert caught.value.code == "cannot-write"
    assert (tmp_path / "verdict.json").is_file()
    assert (tmp_path / "report.html").is_file()
