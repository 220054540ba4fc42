"""Attachments in JUnit's XML: lines of `system-out` by which GitLab and Jenkins find pictures and traces.

GitLab shows the first one, by its path within the project; Jenkins (with its plugin junit-attachments) all of them, by
paths from the root, each on a line of its own.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from greenroom.record.events import Attachment, ScenarioFinished
from greenroom.reporting.attachments import file_of, is_image

Attached = Callable[[ScenarioFinished], list[str]]
"""The lines that name the attachments of a scenario."""


def nothing_attached(scenario: ScenarioFinished) -> list[str]:
    """No line for any scenario."""
    return []


def attachment_lines(folder: Path, environment: Mapping[str, str]) -> Attached:
    """The lines for attachments that lie in the run's `folder`, pictures first; one that is gone has none."""
    absolute = bool(environment.get("JENKINS_URL"))
    base = Path(environment.get("CI_PROJECT_DIR") or Path.cwd()).resolve()

    def lines(scenario: ScenarioFinished) -> list[str]:
        return [f"[[ATTACHMENT|{_path(file, base, absolute)}]]" for file in _files(scenario.attachments, folder)]

    return lines


def _files(attachments: list[Attachment], folder: Path) -> Iterator[Path]:
    for one in sorted(attachments, key=lambda attachment: not is_image(attachment)):
        file = file_of(one, folder)
        if file is not None:
            yield file


def _path(file: Path, base: Path, absolute: bool) -> str:
    if absolute or not file.is_relative_to(base):
        return str(file)
    return os.path.relpath(file, base)
