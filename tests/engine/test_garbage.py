"""The garbage collector rests while modules are imported, and works again in every test and scenario."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from greenroom.core import garbage
from tests.support.command_line import new_process


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    """Whatever a test does to the collector, the next one finds it on."""
    yield
    garbage.resume()
    gc.enable()


def test_off_inside_and_on_again_after_it() -> None:
    with garbage.paused():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_on_again_after_an_import_that_fails() -> None:
    with pytest.raises(ImportError), garbage.paused():
        raise ImportError
    assert gc.isenabled()


def test_what_was_there_is_not_looked_through_again() -> None:
    kept = [{"imported": True}]
    before = gc.get_freeze_count()
    with garbage.paused():
        pass
    assert gc.get_freeze_count() > before
    assert not any(one is kept for one in gc.get_objects())
    gc.unfreeze()


def test_a_collector_that_somebody_else_switched_off_stays_off() -> None:
    gc.disable()
    with garbage.paused():
        pass
    assert not gc.isenabled()


@pytest.mark.parametrize("workers", [(), ("-n", "1")], ids=["one process", "workers"])
def test_on_in_a_test(workers: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / "test_mine.py"
    file.write_text(
        "import gc\noff_in_imports = not gc.isenabled()\n\n\n"
        "def test_it():\n    assert off_in_imports and gc.isenabled()\n"
    )
    ran = new_process("pytest", str(file), "-q", "--rootdir", str(tmp_path), *workers)
    assert ran.code == 0 and "1 passed" in ran.out, ran
