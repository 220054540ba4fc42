"""What tests share, and which of them are quick.

A test that starts a reference, a browser or a run of the command line against one is an integration test. It is marked
so because it uses a fixture that starts something, or by hand; every other test is refused to start any.
"""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest

from greenroom.core.project import ROOT
from greenroom.drivers.database import Database
from tests.support.databases import cloned
from tests.support.running_reference import Running
from tests.support.served import Served, served
from tests.support.start_guard import sitecustomize

collect_ignore_glob = ["bench/by_hand/*"]
"""Another tool's features, which ours are timed against."""
STARTING = frozenset({"stack", "staging"})
"""The fixtures that start something."""
NOTES = pytest.StashKey[Path]()
"""Where it is written what a test tried to start."""


def pytest_configure(config: pytest.Config) -> None:
    """Name the marker, and heed signals: what is begun in the background ignores Ctrl-C, and under nohup SIGHUP, with
    all that it starts."""
    config.addinivalue_line("markers", "integration: starts a reference, a browser or a run against one")
    config.addinivalue_line("markers", "long: takes many seconds, and is begun before the others")
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN:
        signal.signal(signal.SIGHUP, lambda *_: None)  # ignored here as before, and by nothing that is started


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what uses a starting fixture; put what takes long first and what is quick last."""
    for item in items:
        if not STARTING.isdisjoint(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.integration)
    items.sort(key=lambda item: (not item.get_closest_marker("long"), not item.get_closest_marker("integration")))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Let nothing be started by a test that is not marked, its fixtures included."""
    if item.get_closest_marker("integration"):
        return (yield)
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        item.stash[NOTES] = Path(folder) / "started"
        patch.setenv(sitecustomize.NOTES, str(item.stash[NOTES]))
        patch.setenv("PYTHONPATH", str(Path(sitecustomize.__file__).parent), prepend=os.pathsep)
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    """Fail a test that tried."""
    yield
    notes = item.stash.get(NOTES, None)
    if notes is not None and notes.exists():
        pytest.fail(f"it tried to start {notes.read_text(encoding='utf-8')}mark it: pytest.mark.integration", False)


@pytest.fixture(scope="session")
def stack() -> Iterator[Running]:
    """A reference of this process's tests, started once. What they make in it is never removed: look at your own."""
    running = Running()
    assert running.ready["ready"], running.ready
    yield running
    running.stop()


@pytest.fixture(scope="session")
def staging(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A reference that others use too, and the target folder that describes it. What a test makes there, it removes."""
    name = f"served-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"  # its ledgers are found by the target's name
    with served(tmp_path_factory.mktemp("staging") / "target", name=name) as target:
        yield target


@pytest.fixture(scope="module")
def database(stack: Running, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A database of the test module's own with the reference's tables, to be changed at will."""
    name = str(request.module.__name__).rpartition(".")[2]
    with cloned(stack["database"], f"greenroom_{name}") as address:
        found = Database(address, ROOT / "targets" / "reference", writable=True)
        yield found
        found.close()
