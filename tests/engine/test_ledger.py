"""The ledger: written before anything is made, locked while its run lives, and read when that is dead."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenroom.core.errors import GreenroomError
from greenroom.isolation.ledger import Ledger, Made, left_behind


def begun(folder: Path, worker: str = "") -> Ledger:
    return Ledger.begin(folder, "staging", "20260215-100000-abcd", worker)


def died(ledger: Ledger) -> Path:
    """As when a run is killed: the file stays, its lock is gone."""
    ledger._file.close()
    return ledger.path


def test_one_file_a_worker(tmp_path: Path) -> None:
    assert begun(tmp_path).path == tmp_path / "staging" / "20260215-100000-abcd.jsonl"
    assert begun(tmp_path, "gw1").path.name == "20260215-100000-abcd-gw1.jsonl"


def test_an_intention_is_on_disk_at_once(tmp_path: Path) -> None:
    ledger = begun(tmp_path)
    ledger.intends("grabcd1")
    assert ledger.path.read_text(encoding="utf-8") == '{"intends": "grabcd1"}\n'
    ledger.intends("grabcd1")
    assert ledger.path.read_text(encoding="utf-8").count("intends") == 1


def test_the_ledger_of_a_run_that_lives_is_left_alone(tmp_path: Path) -> None:
    ledger = begun(tmp_path)
    ledger.intends("grabcd1")
    assert list(left_behind(tmp_path, "staging")) == []
    died(ledger)
    assert [made for _, made in left_behind(tmp_path, "staging")] == [[Made("grabcd1")]]


def test_what_was_made_and_not_removed_is_found(tmp_path: Path) -> None:
    ledger = begun(tmp_path)
    ledger.intends("m1")
    ledger.made("m1", account="ada")
    ledger.made("m1", room="r1")
    ledger.made("m1", account="grace")
    ledger.intends("m2")
    ledger.made("m2", account="joan")
    ledger.removed("m2")
    ledger.intends("m3")
    path = died(ledger)
    ((found, made),) = left_behind(tmp_path, "staging")
    assert found == path
    assert made == [Made("m1", ("ada", "grace"), ("r1",)), Made("m3")]


def test_a_line_that_was_cut_off_hides_no_other(tmp_path: Path) -> None:
    ledger = begun(tmp_path)
    ledger.intends("m1")
    path = died(ledger)
    with path.open("a", encoding="utf-8") as file:
        file.write('{"made": "m1", "acc')
    assert [made for _, made in left_behind(tmp_path, "staging")] == [[Made("m1")]]


def test_other_targets_are_not_looked_at(tmp_path: Path) -> None:
    ledger = begun(tmp_path)
    ledger.intends("m1")
    died(ledger)
    assert list(left_behind(tmp_path, "other")) == []


def test_a_run_that_removed_everything_leaves_no_file(tmp_path: Path) -> None:
    ledger = begun(tmp_path)
    ledger.intends("m1")
    ledger.removed("m1")
    ledger.close()
    assert not ledger.path.exists()


def test_a_run_that_could_not_remove_everything_leaves_its_file(tmp_path: Path) -> None:
    ledger = begun(tmp_path)
    ledger.intends("m1")
    ledger.close()
    assert [made for _, made in left_behind(tmp_path, "staging")] == [[Made("m1")]]


def test_without_a_ledger_nothing_is_made(tmp_path: Path) -> None:
    (tmp_path / "staging").write_text("no folder")
    with pytest.raises(GreenroomError, match="the ledger can't be written") as refused:
        begun(tmp_path)
    assert "writable" in refused.value.hint


def test_what_is_no_line_of_a_ledger_is_passed_over(tmp_path: Path) -> None:
    ledger = Ledger.begin(tmp_path, "target", "run", "")
    ledger.intends("gr-1")
    ledger.made("gr-1", account="a1")
    ledger.path.with_name("other.jsonl").write_bytes(b"\x00\xd2\xff\n5\n[]\n" + b"[" * 100_000)
    with ledger.path.open("ab") as file:
        file.write(b'\xff\n{"intends": ["x"], "made": 5}\n{"made": "gr-2", "room": "r1"}\n{"made": "gr-1", "acc')
    ledger._file.close()  # it is killed
    found = {path.name: entries for path, entries in left_behind(tmp_path, "target")}
    assert found["other.jsonl"] == []
    assert found[ledger.path.name] == [Made("gr-1", ("a1",)), Made("gr-2", (), ("r1",))]
