"""The gateway's log: one line an event, written at once, so that whoever reads the file sees what has happened (O2)."""

from __future__ import annotations

import os
import time
from datetime import UTC, datetime
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class EventLog:
    """Appends to the file `path`. A line is one write, so lines never mix."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)

    def write(self, text: str) -> None:
        moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        printable = "".join(char if char.isprintable() else " " for char in text)
        os.write(self._file, f"{moment} {printable}\n".encode(errors="replace"))

    def session_created(self, session: str) -> None:
        self.write(f"[VTID-01228] Session created: {session}")

    def listing_synced(self) -> None:
        self.write("[VTID-01228] Synced session to community_live_streams")

    def listing_queued(self, room: str) -> None:
        self.write(f"[VTID-01228] Sync to community_live_streams failed, queued: {room}")

    def room_ended(self, room: str) -> None:
        self.write(f"[VTID-01228] Room ended: {room}")


class RequestLog:
    """Middleware that writes a line for every request: method, path, status, milliseconds, caller's User-Agent."""

    def __init__(self, app: ASGIApp, log: EventLog) -> None:
        self._app = app
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 0

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            agent = next((value for name, value in scope["headers"] if name == b"user-agent"), b"-")
            took = (time.perf_counter() - began) * 1000
            self._log.write(f"{scope['method']} {scope['path']} {status} {took:.1f}ms {agent.decode('latin-1')}")
