"""Writes all reports of a run into its folder. One that can't be written does not keep the others from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from greenroom.core.errors import GreenroomError
from greenroom.record.reader import Record
from greenroom.reporting.allure import write_allure
from greenroom.reporting.html import write_html
from greenroom.reporting.junit import write_junit
from greenroom.reporting.verdict_json import write_verdict


def write_reports(record: Record, run_dir: Path, promises: Mapping[str, str]) -> None:
    """Write verdict.json, junit.xml, report.html and allure-results/ of `record` into `run_dir`, making the folder.

    `promises` says for each promise its sentence. The attachments of the record are looked for in `run_dir`.
    Raises one GreenroomError (code "cannot-write") after all were tried, naming those that failed and why.
    """
    writers: dict[str, Callable[[Path], None]] = {  # what a gate reads comes first
        "verdict.json": lambda out: write_verdict(record, out),
        "junit.xml": lambda out: write_junit(record, out),
        "report.html": lambda out: write_html(record, out, promises),
        "allure-results": lambda out: write_allure(record, out),
    }
    failed: list[tuple[str, Exception]] = []
    for name, write in writers.items():
        try:
            run_dir.mkdir(parents=True, exist_ok=True)
            write(run_dir / name)
        except Exception as trouble:
            failed.append((name, trouble))
    if failed:
        told = "; ".join(f"{name} ({_why(trouble)})" for name, trouble in failed)
        raise GreenroomError(
            f"{len(failed)} of {len(writers)} reports of {run_dir} could not be written: {told}",
            hint="the record is not touched by this; make room or rights and write them again",
            code="cannot-write",
        ) from ExceptionGroup("reports", [trouble for _, trouble in failed])


def _why(trouble: Exception) -> str:
    if isinstance(trouble, OSError) and trouble.strerror:
        return trouble.strerror
    return f"{type(trouble).__name__}: {trouble}" if str(trouble) else type(trouble).__name__
