"""A deadline for the answer to a statement. The server's own limits are of no use where the way to it hangs."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg


class StatementDeadline:
    """Cuts a connection whose server has not answered a statement for `seconds`: who waits for it gets psycopg's error
    for a connection that was lost. It looks once a second, from one thread, which is started when it is needed."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._guard = threading.Lock()
        self._waiting: dict[int, tuple[float, psycopg.Connection[Any]]] = {}  # by thread: since when, and for whom
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    @contextmanager
    def kept(self, connection: psycopg.Connection[Any]) -> Iterator[None]:
        """What this thread does in the block with the connection has the deadline."""
        me = threading.get_ident()
        with self._guard:
            self._waiting[me] = (time.monotonic(), connection)
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, daemon=True, name="statement-deadline")
                self._thread.start()
        try:
            yield
        finally:
            with self._guard:
                self._waiting.pop(me, None)

    @contextmanager
    def at_most(self, seconds: float) -> Iterator[None]:
        """In the block nothing is waited for longer than that."""
        usual, self.seconds = self.seconds, min(self.seconds, seconds)
        try:
            yield
        finally:
            self.seconds = usual

    def close(self) -> None:
        """Nothing is waited for any more."""
        self._over.set()

    def _look(self) -> None:
        while not self._over.wait(min(1.0, self.seconds / 4)):
            with self._guard:
                late = time.monotonic() - self.seconds
                for since, connection in self._waiting.values():
                    if since < late:
                        _cut(connection)


def _cut(connection: psycopg.Connection[Any]) -> None:
    with suppress(OSError, psycopg.Error), socket.socket(fileno=os.dup(connection.fileno())) as shared:
        shared.shutdown(socket.SHUT_RDWR)
