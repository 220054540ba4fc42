"""`greenroom` in a fork of a process that has imported the harness: what a command does, without the time it takes to
start.

Python's own fork server (multiprocessing) imports everything once, and runs no scenario. Each command is a fork that
ends with it: what it does is gone with it, and reaches no other. How a command starts is tested with new processes.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from collections.abc import Mapping, Sequence
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["tests.support.preloaded"])


def run(arguments: Sequence[str], folder: Path, environment: Mapping[str, str], seconds: float) -> tuple[int, str, str]:
    """Run `greenroom` with these arguments in this folder and environment: its exit code, output and error output.

    Raises TimeoutError when it takes longer than so many seconds; it is killed then, with what it started.
    """
    with tempfile.TemporaryDirectory() as name:
        out, err = Path(name) / "out", Path(name) / "err"
        process = FORKS.Process(target=become_command, args=(tuple(arguments), folder, dict(environment), out, err))
        process.start()
        process.join(seconds)
        if process.exitcode is None:
            assert process.pid is not None
            os.killpg(process.pid, signal.SIGKILL)
            process.join()
            raise TimeoutError(f"greenroom {' '.join(arguments)} took over {seconds:g} s: {out.read_text()}")
        return process.exitcode, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8")


def become_command(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str], out: Path, err: Path
) -> None:
    """All that a fork does: the command, in this folder and environment. What it prints goes to `out` and `err`.

    Raises SystemExit with the exit code.
    """
    os.setsid()  # Ctrl-C is for whoever started it to handle
    for number, path in enumerate((Path(os.devnull), out, err)):
        opened = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND)
        os.dup2(opened, number)
        os.close(opened)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    import_module("tests.support.start_guard.sitecustomize")  # refuses what it refuses in a new process
    from greenroom.cli.main import main

    sys.argv = ["greenroom", *arguments]
    main()
