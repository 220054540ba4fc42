"""Databases with the reference's tables, for tests that change what must not be changed for others."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg


@contextmanager
def cloned(owner: str, name: str) -> Iterator[str]:
    """Make a database of that name on a reference's server, from its template; dropped at the end. Gives its address.

    `owner` is the address of the reference's own database.
    """
    with psycopg.connect(owner, autocommit=True) as server:
        server.execute(f"drop database if exists {name}".encode())
        server.execute(f"create database {name} template greenroom_template".encode())
    yield psycopg.conninfo.make_conninfo(owner, dbname=name)
    with psycopg.connect(owner, autocommit=True) as server:
        server.execute(f"drop database {name} with (force)".encode())
