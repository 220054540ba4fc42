"""`python -m tests.explore.today`: two minutes of exploring the reference, with the seed of the day (UTC).

Red is only what a feature file shows again in at least half of its runs. That nothing could be told, on a machine that
is too slow or otherwise, is said and is not red.
"""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from greenroom.core.project import ROOT
from greenroom.core.verdict import Exit

MINUTES = 2
RED = 1
_FILE = re.compile(r"^  (?P<file>\S+\.feature): \d+ acts?, fails (?P<failed>\d+) of (?P<told>\d+) times", re.M)


@dataclass(frozen=True)
class Shown:
    """A feature file that was written, and how often it failed of the times that could be told."""

    file: Path
    failed: int
    told: int

    @property
    def is_sure(self) -> bool:
        """It fails in at least half of its runs."""
        return self.failed * 2 >= self.told > 0


def shown_in(said: str) -> list[Shown]:
    """The files that `greenroom explore` says it has written."""
    return [Shown(Path(one["file"]), int(one["failed"]), int(one["told"])) for one in _FILE.finditer(said)]


def seed_of(day: dt.date) -> int:
    """The seed of a day: its date, as in 20260215."""
    return int(f"{day:%Y%m%d}")


def told(code: int, said: str) -> tuple[int, Iterator[str]]:
    """The exit code that is due, and what is printed."""
    found = shown_in(said)
    if code in (Exit.CONFORMANT, Exit.COULD_NOT_TELL):
        return 0, iter([said])
    if code != Exit.NOT_CONFORMANT:
        return code, iter([said])
    sure = [one for one in found if one.is_sure]
    return RED if sure or not found else 0, _with_files(said, found)


def _with_files(said: str, found: list[Shown]) -> Iterator[str]:
    yield said
    for one in found:
        seldom = "" if one.is_sure else ", too seldom to be red for"
        yield f"\n{one.file}: failed {one.failed} of {one.told} times{seldom}\n\n{one.file.read_text(encoding='utf-8')}"


def main() -> int:
    """Explore, print what is found with its feature file, and say whether that is red: the exit code."""
    seed = seed_of(dt.datetime.now(dt.UTC).date())
    command = [sys.executable, "-m", "greenroom.cli.main", "explore", "--minutes", str(MINUTES), "--seed", str(seed)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    code, lines = told(done.returncode, done.stdout)
    for line in lines:
        print(line, end="" if line.endswith("\n") else "\n", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
