"""The starter as the runner has it: a process of its own, and the words that have it start a copy of the reference."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Self

from tests.planted.copies import ROOT

_ASK = Path(__file__).resolve().parent / "start_reference.py"
_GRACE = 5.0
"""Seconds that it has to end."""


class StarterProcess:
    """Runs until it is closed, or until the runner ends, and with it ends whatever it started."""

    def __init__(self) -> None:
        """Returns at once; what is to be started waits until the starter is ready."""
        self._folder = Path(tempfile.mkdtemp(prefix="starter-"))  # a socket's path may have 107 bytes
        self._address = self._folder / "socket"
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(self._address))
            listener.listen()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.planted.starter", str(listener.fileno())],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                pass_fds=[listener.fileno()],
                start_new_session=True,  # Ctrl-C is the runner's to handle
            )

    @property
    def words(self) -> tuple[str, ...]:
        """What follows `python` on a command line that starts the reference of the folder that it is called in."""
        return "-IS", str(_ASK), str(self._address)

    def close(self) -> None:
        """Returns once it has ended."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()
