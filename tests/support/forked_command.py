"""`greenroom` in a fork of a process that has imported the harness: for tests about what a command says and does.

Python's own fork server (multiprocessing) imports everything once and runs nothing of it. A command in a fork is as
good as one in a new process, and costs a third of its time; how a command starts is tested with new processes.
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

_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.support.preloaded"])


def run(arguments: Sequence[str], folder: Path, environment: Mapping[str, str], seconds: float) -> tuple[int, str, str]:
    """Run `greenroom` with these arguments in this folder and environment: its exit code, output and error output.

    Raises TimeoutError when it takes longer than so many seconds; it is killed then, with what it started.
    """
    with tempfile.TemporaryDirectory() as name:
        out, err = Path(name) / "out", Path(name) / "err"
        process = _FORKS.Process(target=_command, args=(tuple(arguments), folder, dict(environment), out, err))
        process.start()
        process.join(seconds)
        if process.exitcode is None:
            assert process.pid is not None
            os.killpg(process.pid, signal.SIGKILL)
            process.join()
            raise TimeoutError(f"greenroom {' '.join(arguments)} took over {seconds:g} s: {out.read_text()}")
        return process.exitcode, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8")


def _command(arguments: Sequence[str], folder: Path, environment: Mapping[str, str], out: Path, err: Path) -> None:
    """In the fork: become the command. Raises SystemExit with its exit code."""
    os.setsid()
    for fd, path in enumerate((Path(os.devnull), out, err)):
        opened = os.open(path, os.O_RDWR | os.O_CREAT)
        os.dup2(opened, fd)
        os.close(opened)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    import_module("tests.support.start_guard.sitecustomize")  # refuses what it refuses in a new process
    from greenroom.cli.main import main

    sys.argv = ["greenroom", *arguments]
    main()
