"""Lantern as a server: its database, its app, and the socket it answers on."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from threading import Thread

HOST = "127.0.0.1"


class Server:
    """One run's server. `run` returns when `stop` was called, from whatever thread."""

    def __init__(self, folder: Path, port: int) -> None:
        """Makes the database in `folder`. Raises what went wrong, OSError for a port that is taken."""
        # The database is mostly made by other processes: meanwhile this one imports what the app needs.
        imports = Thread(target=import_module, args=("tests.lantern.app",))
        imports.start()
        from tests.lantern.postgres import start

        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((HOST, port))
        self._socket.listen(256)
        self._database = start(folder)
        self._log = folder / "lantern.log"
        logging.basicConfig(filename=self._log, format="%(asctime)s %(name)s %(message)s", level=logging.WARNING)
        logging.getLogger("lantern").setLevel(logging.INFO)
        imports.join()
        self._stopped = False
        self._end: Callable[[], None] = lambda: None

    def stop(self) -> None:
        """Ends `run`, or keeps it from beginning."""
        self._stopped = True
        self._end()

    def run(self, ready: Callable[[dict[str, str]], None]) -> None:
        """Serves. `ready` is called once requests are answered, with what there is to know: addresses, database."""
        import uvicorn

        from tests.lantern.app import make_app
        from tests.lantern.database import open_pool

        root = f"http://{HOST}:{self._socket.getsockname()[1]}"
        known = {"web": root, "api": f"{root}/api", "database": self._database, "log": str(self._log), "version": "1"}

        class Announcing(uvicorn.Server):
            async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                await super().startup(sockets)
                ready(known)

        with open_pool(self._database) as pool:
            server = Announcing(
                uvicorn.Config(
                    make_app(pool), lifespan="off", ws="none", log_level="warning", access_log=False,
                    server_header=False, timeout_graceful_shutdown=1,
                )
            )  # fmt: skip
            self._end = lambda: setattr(server, "should_exit", True)
            if not self._stopped:
                server.run(sockets=[self._socket])
