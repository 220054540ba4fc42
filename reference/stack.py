"""The whole stack: a database, the gateway, and the process of the other parts."""

from __future__ import annotations

import http.client
import socket
from typing import Any

from reference import ports
from reference.children import Child
from reference.database.server import Server, start_server
from reference.failures import StartFailure
from reference.rundir import RunDir
from reference.settings import PARTS, Database, Options, StackConfig

PREFIXES = {"gateway": "/api/v1/live", "web": "", "data_api": "/rest/v1", "auth": "/auth/v1"}
PATIENCE = 15.0
"""Seconds that a part has to answer."""


class Stack:
    """Started by `start`, ended by `close`, which is safe at any moment and leaves nothing behind."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._run_dir: RunDir | None = None
        self._server: Server | None = None
        self._keepers: dict[str, socket.socket] = {}
        self._gateway: Child | None = None
        self._front: Child | None = None
        self._config: StackConfig | None = None

    def start(self) -> dict[str, Any]:
        """Brings everything up, and returns what there is to know of it. Raises StartFailure."""
        self._keepers = {part: ports.reserve(self._options.ports[part], part) for part in PARTS}
        listeners = {part: ports.listen(keeper, part) for part, keeper in self._keepers.items()}
        self._run_dir = RunDir.claim(self._options.run_dir)
        self._server = start_server(self._run_dir, self._options.cache_dir, self._options.database_url)
        # The database comes up by itself while this process imports what its children run.
        import reference.front
        import reference.gateway.process  # noqa: F401
        from reference.tokens import make_keys
        from reference.version import version

        keys = make_keys()
        database = self._server.wait()
        urls = {part: f"http://{ports.HOST}:{ports.port_of(self._keepers[part])}{PREFIXES[part]}" for part in PARTS}
        log = self._run_dir.path / "gateway.log"
        self._config = StackConfig(urls, keys, database, self._options.limit, log, version())
        if self._options.demo:
            from reference.demo import furnish

            furnish(database)
        self._gateway = self._fork_gateway(listeners.pop("gateway"), listeners)
        self._front = self._fork_front(listeners)
        for part in PARTS:
            self._await(part)
        return self._description(database)

    def stop_gateway(self) -> None:
        """Returns once its port refuses."""
        if self._gateway is not None:
            self._gateway.stop(0.5)
            self._gateway = None
        if not ports.refuses(ports.port_of(self._keepers["gateway"])):
            raise StartFailure("port_in_use", "the gateway's port still answers")

    def start_gateway(self) -> None:
        """Returns once it answers; does nothing where it runs. Raises StartFailure."""
        if self._gateway is None or not self._gateway.alive():
            self._gateway = self._fork_gateway(ports.listen(self._keepers["gateway"], "gateway"), {})
            self._await("gateway")

    def restart_gateway(self) -> None:
        self.stop_gateway()
        self.start_gateway()

    def dead_part(self) -> str | None:
        """The name of a part that ended by itself and that nothing works without."""
        if self._server is not None and not self._server.alive():
            return "database"
        if self._front is not None and not self._front.alive():
            return self._front.name
        return None

    def close(self) -> None:
        for child in (self._gateway, self._front):
            if child is not None:
                child.stop(0)
        if self._server is not None:
            self._server.stop()
        for keeper in self._keepers.values():
            keeper.close()
        if self._run_dir is not None:
            self._run_dir.remove()
            self._run_dir = None

    def _fork_gateway(self, listener: socket.socket, others: dict[str, socket.socket]) -> Child:
        from reference.gateway.process import run

        assert self._config is not None
        config = self._config

        def work() -> None:
            self._let_go(others)
            run(config, listener)

        child = Child.fork("gateway", work, self._log("gateway.err"))
        listener.close()
        return child

    def _fork_front(self, listeners: dict[str, socket.socket]) -> Child:
        from reference.front import run

        assert self._config is not None
        config = self._config

        def work() -> None:
            self._let_go({})
            run(config, listeners)

        child = Child.fork("front", work, self._log("front.err"))
        for listener in listeners.values():
            listener.close()
        return child

    def _let_go(self, listeners: dict[str, socket.socket]) -> None:
        """In a child: closes what is the supervisor's or another part's."""
        for held in (*listeners.values(), *self._keepers.values()):
            held.close()
        assert self._run_dir is not None
        self._run_dir.close_in_child()

    def _await(self, part: str) -> None:
        """Returns once `/health` of `part` answers 200. Raises StartFailure."""
        child = self._gateway if part == "gateway" else self._front
        connection = http.client.HTTPConnection(ports.HOST, ports.port_of(self._keepers[part]), timeout=PATIENCE)
        try:
            connection.request("GET", "/health")
            status = connection.getresponse().status
        except OSError as error:
            raise self._failed(part, child) from error
        finally:
            connection.close()
        if status != 200:
            raise self._failed(part, child)

    def _failed(self, part: str, child: Child | None) -> StartFailure:
        written = self._log(f"{child.name}.err").read_text(errors="replace").strip() if child else ""
        reason = written.splitlines()[-1] if written else "it did not answer"
        return StartFailure("part_failed", f"the {part} did not start: {reason}")

    def _log(self, name: str) -> Any:
        assert self._run_dir is not None
        return self._run_dir.path / name

    def _description(self, database: Database) -> dict[str, Any]:
        assert self._config is not None and self._run_dir is not None
        return {
            **self._config.urls,
            "database": database.owner,
            "anon_key": self._config.keys.anon,
            "service_key": self._config.keys.service,
            "jwt_secret": self._config.keys.jwt_secret,
            "gateway_log": str(self._config.gateway_log),
            "run_dir": str(self._run_dir.path),
            "version": self._config.version,
        }
