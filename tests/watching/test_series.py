"""The file of a watch: every look is on the disk, a line that was cut short is taken out, and nobody writes beside."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from greenroom.core.errors import GreenroomError
from greenroom.record.series_file import Series, read_series, writing
from tests.support.looks import LookSeen, audit, canary, looks_of, watched

SEEN = [LookSeen(audit(stuck_rooms=number % 2), canary()) for number in range(4)]


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "watch" / "series.jsonl"


def write(path: Path, *, ended: bool = False) -> Series:
    one = watched(looks_of(SEEN), ended=ended)
    with writing(path, "staging") as writer:
        writer.append(one.began)
        for look in one.looks:
            writer.append(look)
        if one.ended is not None:
            writer.append(one.ended)
    return read_series(path)


def test_what_is_written_is_read(path: Path) -> None:
    found = write(path, ended=True)
    assert found.watches == [watched(looks_of(SEEN))]
    assert found.unfinished is None and found.cut == 0


def test_a_look_of_cron_reads_the_end_alone(path: Path) -> None:
    write(path)
    every = read_series(path).watches[0].looks
    for since, left in ((every[2].at, 2), ("2027-01-01T00:00:00.000Z", 1), (every[0].at, 4)):
        (one,) = read_series(path, since).watches
        assert one.looks == every[-left:] and one.skipped == 4 - left


def test_a_watch_that_nobody_ended_is_gone_on_with(path: Path) -> None:
    write(path)
    with writing(path, "staging") as writer:
        assert writer.series.unfinished is not None
        writer.append(writer.series.unfinished.began.model_copy(update={"continues": True}))
    (one,) = read_series(path).watches
    assert (len(one.looks), len(one.resumed)) == (4, 1)
    write(path)  # a beginning that does not continue is another watch
    assert [len(one.looks) for one in read_series(path).watches] == [4, 4]


@pytest.mark.parametrize("left", [1, 40, 200])
def test_a_line_that_was_cut_short_is_left_out_and_taken_out(path: Path, left: int) -> None:
    write(path)
    whole = path.read_bytes()
    path.write_bytes(whole + whole.splitlines()[-1][:left])
    found = read_series(path)
    assert (found.cut, len(found.watches[0].looks)) == (left, 4)
    with writing(path, "staging") as writer:
        assert writer.series.cut == left
    assert path.read_bytes() == whole


def test_a_line_that_is_none_is_said_with_its_number(path: Path) -> None:
    write(path)
    lines = path.read_bytes().splitlines()
    path.write_bytes(b"\n".join([*lines[:2], b'{"event": "nothing"}', *lines[2:], b""]))
    with pytest.raises(GreenroomError, match=r"series.jsonl:3: no line of a series"):
        read_series(path)
    path.write_bytes(lines[1] + b"\n")
    with pytest.raises(GreenroomError, match=r"series.jsonl:1: no line of a series \(it is before any beginning"):
        read_series(path)


def test_two_do_not_write_at_once(path: Path) -> None:
    with writing(path, "staging"), pytest.raises(GreenroomError) as refused, writing(path, "staging"):
        pass
    assert refused.value.code == "in-use" and "this one did not look" in refused.value.message
    with writing(path, "staging"):
        pass


def test_a_series_is_of_one_target(path: Path) -> None:
    write(path)
    with (
        pytest.raises(GreenroomError, match="is the series of staging, not of production"),
        writing(path, "production"),
    ):
        pass


def test_what_cannot_be_written_leaves_nothing_behind(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(path)
    before, one, real = path.read_bytes(), watched(looks_of(SEEN)), os.write

    def half(file: int, text: bytes) -> int:
        if len(text) < 200:
            raise OSError(28, "No space left on device")
        return real(file, text[: len(text) - 150])

    with writing(path, "staging") as writer:
        monkeypatch.setattr(os, "write", half)
        with pytest.raises(GreenroomError, match="No space left on device"):
            writer.append(one.looks[0])
    assert path.read_bytes() == before


def test_what_is_there_no_more_is_said(tmp_path: Path) -> None:
    with pytest.raises(GreenroomError, match="can't be read"):
        read_series(tmp_path / "none.jsonl")
    (tmp_path / "file").touch()
    with (
        pytest.raises(GreenroomError, match="can't be written"),
        writing(tmp_path / "file" / "series.jsonl", "staging"),
    ):
        pass
