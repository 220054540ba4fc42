"""Serves one or more apps in a child process, each on a socket that the supervisor opened."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

import uvicorn
import uvloop
from starlette.types import ASGIApp


@dataclass(frozen=True, slots=True)
class Served:
    """An app and the listening socket it answers on."""

    app: ASGIApp
    listener: socket.socket


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield  # there may be several servers in the process: the process handles signals for all of them


def serve(opened: Callable[[], AbstractAsyncContextManager[list[Served]]]) -> None:
    """Runs until SIGTERM. `opened` gives the apps, and closes what they use afterwards."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    uvloop.run(_serve(opened))


async def _serve(opened: Callable[[], AbstractAsyncContextManager[list[Served]]]) -> None:
    async with opened() as parts:
        servers = [(_Server(_config(part.app)), part.listener) for part in parts]

        def stop() -> None:
            for server, _ in servers:
                server.should_exit = True

        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop)
        await asyncio.gather(*(server.serve([listener]) for server, listener in servers))


def _config(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        loop="none",
        http="httptools",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,  # the limiter counts by address: nobody may choose theirs with a header
        timeout_keep_alive=75,
        timeout_graceful_shutdown=1,
    )
