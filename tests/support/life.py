"""Runs of the command line that are watched, and what they have started."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from greenroom.core.deadlines import eventually
from greenroom.core.project import ROOT
from tests.support.command_line import GREENROOM, LONGEST, Ran
from tests.support.plain_environment import environment


@dataclass
class Watched:
    """A run in a process group of its own, and every process that it was seen to have started."""

    process: subprocess.Popen[str]
    reports: Path
    started: dict[int, psutil.Process] = field(default_factory=dict)

    def look(self) -> int:
        """Take note of what it has started; how many scenarios have finished."""
        with suppress(psutil.NoSuchProcess):
            for one in psutil.Process(self.process.pid).children(recursive=True):
                self.started[one.pid] = one
        record = self.reports / "latest" / "record.jsonl"
        return record.read_bytes().count(b'"event":"scenario"') if record.is_file() else 0

    def await_scenarios(self, number: int) -> None:
        """Wait until so many scenarios have finished."""
        done, _ = eventually(self.look, lambda count: count >= number or self.process.poll() is not None, LONGEST)
        assert done >= number, self.process.communicate()

    def workers(self) -> list[psutil.Process]:
        """The processes of xdist."""
        self.look()
        return [one for one in self.started.values() if one.is_running() and "exec(eval" in " ".join(one.cmdline())]

    def send(self, number: signal.Signals, *, to_group: bool = False) -> None:
        """Send a signal to the run alone, as `kill` does, or to its group, as a terminal does."""
        (os.killpg if to_group else os.kill)(self.process.pid, number)

    def ended(self) -> Ran:
        """How it ended, once it has."""
        out, err = self.process.communicate(timeout=LONGEST)
        return Ran(self.process.returncode, out, err)

    def left(self) -> list[str]:
        """What goes on running, once all had time to end."""

        def running() -> list[str]:
            found = []
            for one in self.started.values():
                with suppress(psutil.NoSuchProcess):
                    if one.is_running() and one.status() != psutil.STATUS_ZOMBIE:
                        found.append(" ".join(one.cmdline()))
            return found

        return eventually(running, lambda found: not found, 30)[0]


@contextmanager
def watched(reports: Path, *arguments: str, folder: Path = ROOT) -> Iterator[Watched]:
    """`greenroom run` with these arguments; killed at the end with all it started."""
    process = subprocess.Popen(
        [*GREENROOM, "run", *arguments, "--reports", str(reports)], cwd=folder, env=environment(),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    run = Watched(process, reports)
    try:
        yield run
    finally:
        for one in run.started.values():
            with suppress(psutil.NoSuchProcess):
                one.kill()
        process.kill()
        process.communicate()
