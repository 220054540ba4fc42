"""All reports are written; one that can't be does not keep the others from it; none is loaded before it is written."""

from __future__ import annotations

import inspect
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import get_type_hints

import pytest

from greenroom.core.errors import GreenroomError
from greenroom.core.project import ROOT
from greenroom.reporting import reports
from greenroom.reporting.conclusion import Conclusion, conclude
from greenroom.reporting.reports import REPORTS, Report, write_reports
from tests.support.samples import big, build


def test_all_reports_are_written_and_the_folder_made(tmp_path: Path) -> None:
    write_reports(conclude(build.record(*big.all_sixty())), tmp_path / "reports" / "one")
    found = {file.name for file in (tmp_path / "reports" / "one").iterdir()}
    assert found == {report.name for report in REPORTS}
    assert found >= {"verdict.json", "junit.xml", "report.html", "allure-results"}


def test_a_cut_short_and_an_empty_run_are_reported_too(tmp_path: Path) -> None:
    write_reports(conclude(build.cut_short(lost=["a"])), tmp_path / "cut")
    write_reports(conclude(build.record()), tmp_path / "empty")
    for name in ("cut", "empty"):
        assert '"exit": 3' in (tmp_path / name / "verdict.json").read_text()


def test_one_that_fails_does_not_keep_the_others(tmp_path: Path) -> None:
    (tmp_path / "junit.xml").mkdir()
    (tmp_path / "allure-results").write_text("in the way")
    said = rf"2 of {len(REPORTS)} reports .* junit\.xml .*; allure-results "
    with pytest.raises(GreenroomError, match=said) as caught:
        write_reports(conclude(build.record(*big.good())), tmp_path)
    assert caught.value.code == "cannot-write"
    assert (tmp_path / "verdict.json").is_file()
    assert (tmp_path / "report.html").is_file()


def test_what_a_gate_reads_comes_first() -> None:
    assert REPORTS[0].name == "verdict.json"


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_each_module_has_the_function_that_is_called(report: Report) -> None:
    function = import_module(report.module).write_report
    assert get_type_hints(function) == {"run": Conclusion, "out": Path, "return": type(None)}
    assert list(inspect.signature(function).parameters) == ["run", "out"]


def test_a_report_is_one_module_and_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one_word.py").write_text("def write_report(run, out):\n    out.write_text(run.verdict)\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(reports, "REPORTS", (*REPORTS, Report("verdict.txt", "one_word")))
    write_reports(conclude(build.record(*big.good())), tmp_path / "run")
    assert (tmp_path / "run" / "verdict.txt").read_text() == "conformant"
    assert (tmp_path / "run" / "verdict.json").is_file()


def test_a_module_that_is_not_there_keeps_no_other_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "REPORTS", (Report("x.txt", "greenroom.reporting.nowhere"), *REPORTS))
    with pytest.raises(GreenroomError, match=r"1 of \d reports .* x\.txt \(ModuleNotFoundError"):
        write_reports(conclude(build.record(*big.good())), tmp_path)
    assert (tmp_path / "verdict.json").is_file()


def test_a_run_loads_no_report_before_it_is_written() -> None:
    heavy = ["jinja2", "allure_commons", "xml.etree.ElementTree", *(report.module for report in REPORTS)]
    program = f"import sys, fixtures.plugin.run; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
