"""A database of this run's own on a PostgreSQL server that somebody else runs.

Databases are copied from a template that is made once per schema. A run's database is named after its host and process,
so that a later start on the same host can tell one that was left behind by a killed run, and drop it.
"""

from __future__ import annotations

import hashlib
import os
import re
import socket
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from reference.database.schema import ROLES, copy_database, fill, fingerprint, make_roles
from reference.failures import StartFailure
from reference.settings import Database

OLDEST = 150000
_PREFIX = "greenroom_run_"


class External:
    """A database on the server of `url`, whose person must be allowed to make databases and roles."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._host = hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]
        self.name = f"{_PREFIX}{self._host}_{os.getpid()}_{_birth(os.getpid())}"
        template = f"greenroom_template_{fingerprint()}"
        try:
            with self._connect() as server:
                if server.info.server_version < OLDEST:
                    raise StartFailure("database_refused", "the server is older than PostgreSQL 15", "use a newer one")
                # One start at a time: roles and templates are the whole server's.
                server.execute("select pg_advisory_lock(hashtext('greenroom reference'))")
                self._drop_leftovers(server)
                make_roles(server)
                if not _exists(server, template):
                    self._make_template(server, template)
                copy_database(server, template, self.name)
        except psycopg.Error as error:
            raise _refused(error) from error

    def wait(self) -> Database:
        """The parts log in as the owner, with the rights of their role from the first statement on: the roles of a
        server that others use too are given no passwords."""
        parts = {part: self._address(options=f"-c role={role}") for part, role in ROLES.items()}
        return Database(owner=self._address(), **parts)

    def alive(self) -> bool:
        return True  # not ours to watch

    def stop(self) -> None:
        try:
            with self._connect() as server:
                _drop(server, self.name)
        except psycopg.Error:
            pass  # the next start drops it

    def _connect(self, name: str | None = None) -> psycopg.Connection[Any]:
        address = make_conninfo(self._url, dbname=name) if name else self._url
        return psycopg.connect(address, autocommit=True, connect_timeout=5)

    def _address(self, options: str = "") -> str:
        """The address of this run's database, with `options` after those that were given."""
        parameters = {**conninfo_to_dict(self._url), "dbname": self.name}
        parameters["options"] = f"{parameters.get('options') or ''} {options}".strip()
        given = {name: str(value) for name, value in parameters.items() if value not in (None, "")}
        return f"postgresql:///?{urlencode(given, quote_via=quote)}"

    def _make_template(self, server: psycopg.Connection[Any], template: str) -> None:
        half = f"{template}_half"
        _drop(server, half)
        copy_database(server, "template0", half)
        with self._connect(half) as fresh:
            fill(fresh)
        server.execute(sql.SQL("alter database {} rename to {}").format(sql.Identifier(half), sql.Identifier(template)))

    def _drop_leftovers(self, server: psycopg.Connection[Any]) -> None:
        pattern = re.compile(rf"{_PREFIX}{self._host}_(\d+)_(\d+)")
        for (name,) in server.execute("select datname::text from pg_database").fetchall():
            found = pattern.fullmatch(name)
            if found and _birth(int(found[1])) != int(found[2]):
                _drop(server, name)


def _birth(pid: int) -> int:
    """When the process began, in the kernel's ticks since boot; 0 where there is no such process."""
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19])
    except (OSError, IndexError):
        return 0


def _exists(server: psycopg.Connection[Any], name: str) -> bool:
    return server.execute("select 1 from pg_database where datname = %s", (name,)).fetchone() is not None


def _drop(server: psycopg.Connection[Any], name: str) -> None:
    server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def _refused(error: psycopg.Error) -> StartFailure:
    said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return StartFailure(
        "database_refused",
        f"the database server refuses: {said}",
        "check --database-url: the server must answer, and its user must be allowed to make databases and roles",
    )
