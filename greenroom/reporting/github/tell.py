"""Tells GitHub of a run, where it runs in a GitHub workflow. What can't be told changes nothing about the run."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from greenroom.reporting.conclusion import Conclusion
from greenroom.reporting.github.annotations import annotation_lines
from greenroom.reporting.github.sections import sections_of
from greenroom.reporting.github.summary import LIMIT, summary
from greenroom.reporting.troubles import troubles_of


def tell_github(run: Conclusion, environment: Mapping[str, str], report: str) -> None:
    """Where the variable GITHUB_ACTIONS is set: print annotations, and add to the file in GITHUB_STEP_SUMMARY.

    `report` says where the reports are. A shard leaves annotations to whoever merges it: else every shard would tell
    the same cause. What keeps the summary from being written is said on standard error.
    """
    if environment.get("GITHUB_ACTIONS", "").lower() not in ("true", "1"):
        return
    if run.record.header.shard is None:
        for line in annotation_lines(troubles_of(run), environment.get("GITHUB_WORKSPACE", "")):
            print(line, flush=True)
    try:
        trouble = _write(run, environment.get("GITHUB_STEP_SUMMARY", ""), report)
    except Exception as error:  # nor does a fault of ours
        trouble = getattr(error, "strerror", None) or str(error)
    if trouble:
        print(f"GitHub's step summary can't be written: {trouble}", file=sys.stderr)


def _write(run: Conclusion, file: str, report: str) -> str:
    """Why it was not written, or nothing."""
    if not file:
        return "the variable GITHUB_STEP_SUMMARY is not set"
    path = Path(file)
    there = path.stat().st_size if path.exists() else 0  # of this step, before us
    text = summary(sections_of(run, report), LIMIT - there)
    if not text:
        return f"{path} holds {there:,} bytes already, and GitHub drops it where it is too large"
    with path.open("a", encoding="utf-8", errors="replace") as out:
        out.write(("\n" if there else "") + text)
    return ""
