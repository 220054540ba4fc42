"""Child processes that never outlive the supervisor, however it ends."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(by: signal.Signals, parent: int) -> None:
    """In a child: have the kernel send `by` when the parent ends, even if it was killed.

    To be called after the child has its final user, as changing the user undoes it.
    """
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, int(by), 0, 0, 0)
    if os.getppid() != parent:
        os.kill(os.getpid(), by)


class Child:
    """A forked part of the stack."""

    def __init__(self, name: str, pid: int) -> None:
        self.name = name
        self.pid = pid
        self._gone = False

    @classmethod
    def fork(cls, name: str, work: Callable[[], None], output: Path) -> Child:
        """Runs `work` in a child process whose standard streams go to the file `output`.

        A fork shares what the supervisor has imported: a part is up in milliseconds, also when it is restarted.
        """
        parent = os.getpid()
        gc.collect()
        gc.freeze()
        pid = os.fork()
        if pid:
            gc.unfreeze()
            return cls(name, pid)
        status = 1
        try:
            os.setsid()  # a Ctrl-C in the terminal is for the supervisor alone
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(number, signal.SIG_DFL)
            die_with_parent(signal.SIGKILL, parent)
            _redirect(output)
            work()
            status = 0
        except BaseException:
            import traceback

            traceback.print_exc()
            sys.stderr.flush()
        finally:
            os._exit(status)

    def alive(self) -> bool:
        if not self._gone:
            pid, _ = os.waitpid(self.pid, os.WNOHANG)
            self._gone = pid == self.pid
        return not self._gone

    def stop(self, patience: float) -> None:
        """Ends the child: asks, and after `patience` seconds (0: at once) kills."""
        if patience and self.alive():
            os.kill(self.pid, signal.SIGTERM)
            deadline = time.monotonic() + patience
            while self.alive() and time.monotonic() < deadline:
                time.sleep(0.005)
        if self.alive():
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self._gone = True


def _redirect(output: Path) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    written = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(nothing, 0)
    os.dup2(written, 1)
    os.dup2(written, 2)
    os.close(nothing)
    os.close(written)
