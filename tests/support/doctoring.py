"""What the doctor's tests share: one launched reference, and variants of its target folder that point to it."""

from __future__ import annotations

import atexit
import contextlib
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from greenroom.core.project import ROOT
from greenroom.doctor.examine import SUBJECTS, examine
from greenroom.doctor.finding import Condition, Finding
from greenroom.drivers.launch import LaunchedTarget
from greenroom.targetfile.load import read_target

REFERENCE = ROOT / "targets" / "reference"

_QUICK = """[deadlines]
settle = 1
listing = 2
control = 1
page = 2
"""


@dataclass(frozen=True)
class Examined:
    """What an examination found, and the text of the target file it was about."""

    findings: tuple[tuple[str, Finding], ...]
    text: str

    def wrong(self) -> list[Finding]:
        """What was not well."""
        return [finding for _, finding in self.findings if finding.condition in (Condition.WRONG, Condition.CANT_TELL)]

    def of(self, check: str) -> Finding:
        """The finding of that check."""
        return next(finding for _, finding in self.findings if finding.check == check)

    def checks(self, subject: str = "") -> list[str]:
        """The names of all checks, or of those about one subject."""
        return [finding.check for about, finding in self.findings if subject in ("", about)]

    def line(self, snippet: str) -> int:
        """The line of the target file that holds the snippet."""
        return next(number for number, line in enumerate(self.text.splitlines(), start=1) if snippet in line)


@cache
def reference() -> LaunchedTarget:
    """The reference, started once for all tests."""
    described = read_target("reference", ROOT).resolve()
    assert described.launch is not None
    launched = LaunchedTarget(described.launch, described.folder, 60).wait_ready()
    atexit.register(launched.stop)
    return launched


def variant(folder: Path, *edits: tuple[str, str], sql: Iterable[tuple[str, str, str]] = ()) -> Path:
    """A copy of the reference's target folder that points to the running reference, with edits made to its file.

    `sql` are edits (file, old, new) to the other files. Lines keep their numbers where edits keep them.
    """
    shutil.copytree(REFERENCE, folder, dirs_exist_ok=True)
    text = (folder / "target.toml").read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text, f"{old!r} is not in the target file"
        text = text.replace(old, new, 1)
    text = re.sub(r"\[launch\]\n(?:\w.*\n)+", lambda found: "\n" * found[0].count("\n"), text)
    text = text.replace('"restart",', "")
    text = re.sub(r"\$\{launch\.(\w+)\}", lambda found: reference().ready[found[1]], text)
    text = text.replace("${GREENROOM_REFERENCE:-../..}", str(ROOT))
    text = re.sub(r"\[deadlines\]\n(?:\w.*\n)+", _QUICK, text)
    (folder / "target.toml").write_text(text, encoding="utf-8")
    for file, old, new in sql:
        written = (folder / file).read_text(encoding="utf-8")
        assert old in written, f"{old!r} is not in {file}"
        (folder / file).write_text(written.replace(old, new, 1), encoding="utf-8")
    return folder


def examined(folder: Path, *subjects: str, until: str = "") -> Examined:
    """The examination of a target folder, or of some subjects of it; `until` the first fault by that check."""
    file = read_target(str(folder), ROOT)
    findings: list[tuple[str, Finding]] = []
    examination = examine(file, folder / "home", subjects or SUBJECTS)
    with contextlib.closing(examination):
        for subject, finding in examination:
            findings.append((subject, finding))
            if finding.check == until and finding.condition is not Condition.OK:
                break
    return Examined(tuple(findings), file.text)
