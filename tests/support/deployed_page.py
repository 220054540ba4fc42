"""A page server on which one of several versions of the reference's page is deployed at a time."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from reference.web import app as web


class DeployedPage:
    """Serves the version whose name stands in a file, so that a command deploys one by writing it there."""

    def __init__(self, versions: Mapping[str, Path], chosen: Path, config: Mapping[str, Any]) -> None:
        """`versions` are folders of static files by name; `config` is what the page is told."""
        self._chosen = chosen
        self._apps: dict[str, ASGIApp] = {name: _app(folder, config) for name, folder in versions.items()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = self._chosen.read_text().strip()
        await self._apps[name](scope, receive, send)


def _app(folder: Path, config: Mapping[str, Any]) -> ASGIApp:
    kept, web.STATIC = web.STATIC, folder
    try:
        return web.create_app(config)
    finally:
        web.STATIC = kept


@contextmanager
def serving_page(page: DeployedPage) -> Iterator[str]:
    """Gives its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(page, log_config=None, access_log=False, lifespan="off"))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
