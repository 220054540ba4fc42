"""What tests share: a reference that runs, and databases on its server."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from greenroom.core.project import ROOT
from greenroom.drivers.database import Database
from tests.support.databases import cloned
from tests.support.running_reference import Running


@pytest.fixture(scope="session")
def stack() -> Iterator[Running]:
    """A reference of this process's tests, started once. What they make in it is never removed: look at your own."""
    running = Running()
    assert running.ready["ready"], running.ready
    yield running
    running.stop()


@pytest.fixture(scope="module")
def database(stack: Running, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database of the test module's own with the reference's tables, to be changed at will."""
    name = str(request.module.__name__).rpartition(".")[2]
    with cloned(stack["database"], f"greenroom_{name}") as address:
        found = Database(address, ROOT / "targets" / "reference", writable=True)
        yield found
        found.close()
