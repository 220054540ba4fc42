"""How many causes were told of each planted bug: written to the page, and read back from it."""

from __future__ import annotations

from pathlib import Path

from tests.planted.bug import Bug
from tests.planted.measured import Measured, read_measured, section


def bug(name: str, promise: str) -> Bug:
    return Bug(name, Path(f"{name}.patch"), (promise,), "", "", "")


BUGS = [bug("b", "E2"), bug("a", "E1"), bug("c", "L1"), bug("d", "L2")]
MEASURED = {"a": Measured(1, 203, ("E1",), 14), "b": Measured(3, 113, ("E1", "E6"), 0), "c": Measured(1, 9, (), 2)}


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("\n".join(section(BUGS, MEASURED)), encoding="utf-8")
    assert read_measured(page) == MEASURED
    assert read_measured(tmp_path / "none.md") == {}


def test_median_and_90th_percentile_are_told() -> None:
    told = "\n".join(section(BUGS, MEASURED))
    assert "3 of the 4 bugs" in told
    assert "| causes | 1 | 2.6 | 3 |" in told
    assert "| promises named as broken | 1 | 1.8 | 2 |" in told
    assert "among those named for 1 of the 3" in told


def test_what_was_measured_of_a_verdict() -> None:
    verdict = {"causes": [{}, {}], "broken": ["E1"], "touched": ["E2", "E3"], "scenarios": [{}] * 5}
    assert Measured.of(verdict) == Measured(2, 5, ("E1",), 2)


def test_nothing_measured_is_nothing_told() -> None:
    assert section(BUGS, {}) == []
