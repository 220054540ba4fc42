"""The reports of a run, and how they are written. A new report is one module and one line in `REPORTS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from greenroom.core.errors import GreenroomError
from greenroom.reporting.conclusion import Conclusion


@dataclass(frozen=True, slots=True)
class Report:
    """One report: the name of its file or folder, and the module that writes it.

    The module has a function `write_report(run: Conclusion, out: Path) -> None`. It writes the file or folder `out` in
    the run's folder, which is there already, and raises whatever keeps it from that. It finds the attachments of the
    record beside `out`. The module is imported when the report is written, so that no run pays for it when it starts.
    """

    name: str
    module: str

    def write(self, run: Conclusion, folder: Path) -> None:
        """Write this report of `run` into `folder`."""
        write_report: Callable[[Conclusion, Path], None] = import_module(self.module).write_report
        write_report(run, folder / self.name)


REPORTS = (
    Report("verdict.json", "greenroom.reporting.verdict_json"),
    Report("junit.xml", "greenroom.reporting.junit"),
    Report("report.html", "greenroom.reporting.html"),
    Report("har", "greenroom.reporting.har"),
    Report("allure-results", "greenroom.reporting.allure"),
)
"""In the order in which they are written: what a gate reads comes first."""


def write_reports(run: Conclusion, folder: Path) -> None:
    """Write every report of `run` into `folder`, making it. One that fails does not keep the others from it.

    Raises one GreenroomError (code "cannot-write") after all were tried, naming those that failed and why.
    """
    failed: list[tuple[Report, Exception]] = []
    for report in REPORTS:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            report.write(run, folder)
        except Exception as trouble:
            failed.append((report, trouble))
    if failed:
        told = "; ".join(f"{report.name} ({_why(trouble)})" for report, trouble in failed)
        raise GreenroomError(
            f"{len(failed)} of {len(REPORTS)} reports of {folder} could not be written: {told}",
            hint="the record is not touched by this; make room or rights and write them again",
            code="cannot-write",
        ) from ExceptionGroup("reports", [trouble for _, trouble in failed])


def _why(trouble: Exception) -> str:
    if isinstance(trouble, OSError) and trouble.strerror:
        return trouble.strerror
    return f"{type(trouble).__name__}: {trouble}" if str(trouble) else type(trouble).__name__
