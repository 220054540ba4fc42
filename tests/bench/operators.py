"""`python -m tests.bench.operators`: an audit of a large database, and a large log, as an operator calls them.

Numbers are of this machine and this moment. Nothing asserts a speed; what is found is compared with what was planted.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from greenroom.core.project import ROOT
from tests.bench import big_database, big_log
from tests.support.command_line import GREENROOM
from tests.support.databases import cloned
from tests.support.plain_environment import environment
from tests.support.running_reference import Running

_WRONG = 25


class Took(NamedTuple):
    """Seconds by the clock and of this process's CPU, its peak in MiB, and the last line that it printed."""

    wall: float
    cpu: float
    peak: float
    said: str

    def __str__(self) -> str:
        return f"{self.wall:.1f} s by the clock, {self.cpu:.1f} s of its CPU, {self.peak:.0f} MiB at the peak"


def main() -> None:
    """Measure both, or one."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.operators", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help="of audit, logs, json; all if left out")
    parser.add_argument("--rooms", type=int, default=1_000_000, help="in the database (%(default)s)")
    parser.add_argument("--bytes", type=int, default=10**9, help="of the log (%(default)s)")
    given = parser.parse_args()
    parts = given.parts or ["audit", "logs", "json"]
    with tempfile.TemporaryDirectory(prefix="greenroom-bench-") as folder:
        if "audit" in parts:
            _audit(Path(folder), given.rooms)
        for part in ("logs", "json"):
            if part in parts:
                _logs(Path(folder), given.bytes, as_json=part == "json")


def _audit(folder: Path, rooms: int) -> None:
    folder.chmod(0o711)  # the database's own user has to pass
    running = Running("--run-dir", str(folder / "run"))  # on disk: in memory it would take two gigabytes
    try:
        with cloned(running["database"], "greenroom_large") as dsn:
            began = time.monotonic()
            big_database.fill(dsn, rooms, wrong=_WRONG)
            print(
                f"{rooms:,} rooms, sessions, attendance, entries: filled in {time.monotonic() - began:.0f} s",
                flush=True,
            )
            (folder / "target.toml").write_text('[database]\ndsn = "${LARGE}"\n')
            (folder / "relations.sql").write_text((ROOT / "targets/reference/relations.sql").read_text())
            for _ in range(3):
                took = _measure({"LARGE": dsn}, "audit", "--target", str(folder), "--rows", "3")
                print(f"audit: {took}", flush=True)
            print(took.said)
    finally:
        running.stop()


def _logs(folder: Path, size: int, *, as_json: bool) -> None:
    file = folder / "gateway.log"
    written = big_log.write(file, size, as_json=as_json)
    print(f"{'JSON' if as_json else 'plain'} log: {size / 1e6:,.0f} MB, {written}", flush=True)
    for _ in range(3):
        took = _measure({}, "logs", str(file), "--rows", "1")
        print(f"logs: {took}, {written.lines / took.wall:,.0f} lines/s by the clock", flush=True)
    print(took.said)


def _measure(variables: Mapping[str, str], *arguments: str) -> Took:
    began = time.monotonic()
    with subprocess.Popen(
        [*GREENROOM, *arguments], cwd=ROOT, env=environment(variables), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        said = process.stdout.read().rstrip().rpartition("\n")[2]
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    return Took(time.monotonic() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, said)


if __name__ == "__main__":
    main()
