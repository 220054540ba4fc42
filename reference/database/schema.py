"""The schema's files, their fingerprint, and how they are put into a database."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # psycopg takes a while to import, and a warm start only needs the fingerprint
    import psycopg

    Connection = psycopg.Connection[Any]

FOLDER = Path(__file__).parent
MIGRATIONS = FOLDER / "migrations"
TEMPLATE = "greenroom_template"
ROLES = {"gateway": "gateway", "data_api": "authenticator", "auth": "auth_admin"}
"""The role that each part of the stack logs in as."""


def files() -> list[Path]:
    """In the order in which they are applied; the first, the roles, belongs to the whole server."""
    return [*sorted((FOLDER / "schema").glob("*.sql")), *sorted(MIGRATIONS.glob("*.sql"))]


@cache
def fingerprint() -> str:
    """Changes whenever a database made from the files would be another."""
    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in files():
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def make_roles(connection: Connection) -> None:
    """Makes the roles that the server lacks."""
    connection.execute(files()[0].read_bytes())


def fill(connection: Connection) -> None:
    """Puts everything but the roles into the connection's empty database, all of it or nothing."""
    with connection.transaction():
        for path in files()[1:]:
            connection.execute(path.read_bytes())


def copy_database(connection: Connection, template: str, name: str) -> None:
    """CREATE DATABASE by copying files, which is quicker than through the log for a database of this size."""
    from psycopg import sql

    query = sql.SQL("create database {} template {} strategy file_copy")
    connection.execute(query.format(sql.Identifier(name), sql.Identifier(template)))
