"""What a command costs: wall time, and CPU time of it and of everything that it started.

`python -m tests.bench.cost COMMAND ...` runs a command, throws its output away, and prints its cost as one line of
JSON. It is a process of its own, so that whatever the command leaves behind (a browser forks several times) becomes its
child, is waited for, and is counted.
"""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Cost:
    """Seconds that a command took, seconds of CPU that it used, and its exit code."""

    wall: float
    cpu: float
    exit: int


def measure(command: Sequence[str], environment: Mapping[str, str]) -> Cost:
    """Run the command in the project's folder, its output thrown away, and say what it cost.

    Bytecode is written as on a person's machine, whatever this environment says.
    """
    told = {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.cost", *command], cwd=ROOT, env=told, stdout=subprocess.PIPE, check=True
    )
    return Cost(**json.loads(done.stdout))


def main() -> None:
    """Run the command that the arguments are."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    began = time.monotonic()
    process = os.posix_spawn(
        sys.argv[1],
        sys.argv[1:],
        os.environ,
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0), (os.POSIX_SPAWN_DUP2, 1, 2)],
    )
    _, status, usage = os.wait4(process, 0)
    wall, cpu = time.monotonic() - began, usage.ru_utime + usage.ru_stime
    while True:
        try:
            _, _, usage = os.wait4(-1, 0)
        except ChildProcessError:
            break
        cpu += usage.ru_utime + usage.ru_stime
    print(json.dumps({"wall": wall, "cpu": cpu, "exit": os.waitstatus_to_exitcode(status)}))


if __name__ == "__main__":
    main()
