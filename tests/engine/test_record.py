"""The record of a run: what is written is read back, and what is wrong with a file is said with its line."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from greenroom.core.errors import GreenroomError
from greenroom.core.project import ROOT
from greenroom.record.events import ScenarioStarted
from greenroom.record.reader import Record, read_record, record_of
from greenroom.record.writer import RecordWriter, check_writable
from tests.support.samples import big, build


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "runs" / "one" / "record.jsonl"


def written(path: Path, text: str | bytes) -> Path:
    path.parent.mkdir(parents=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def lines(*texts: str) -> str:
    return "".join(f"{text}\n" for text in texts)


HEADER = build.header().model_dump_json(by_alias=True)
STARTED = '{"event":"scenario-started","id":"a","worker":"","at":"2026-02-16T09:41:08Z"}'
FOOTER = build.footer([]).model_dump_json()


def test_what_is_written_is_read_back(path: Path) -> None:
    scenarios = big.all_sixty()
    found = read_record(build.write(build.events(scenarios), path.parent))
    assert found == build.record(*scenarios)
    assert len(found.scenarios) == 60
    assert not found.truncated


def test_line_separators_of_unicode_do_not_break_a_line(path: Path) -> None:
    odd = build.scenario("a\u2028title\u0085 \x1c with\nlines", promises=[])
    assert read_record(build.write(build.events([odd]), path.parent)).scenarios == (odd,)


def test_each_event_is_on_disk_before_the_next(path: Path) -> None:
    with RecordWriter(path) as writer:
        assert path.read_bytes() == b""
        writer.write(build.header())
        assert path.read_bytes().count(b"\n") == 1
        writer.write(ScenarioStarted(id="a", at=build.at(1)))
        assert read_record(path).unfinished == ("a",)


def test_a_process_that_dies_leaves_what_it_knew(path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from tests.support.samples import build;"
        "from greenroom.record.writer import RecordWriter; writer = RecordWriter(Path(sys.argv[1]));"
        "[writer.write(event) for event in build.events([build.scenario()])[:-1]]; os._exit(9)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], cwd=ROOT, check=False)
    assert done.returncode == 9
    found = read_record(path)
    assert found.truncated
    assert len(found.scenarios) == 1


def test_the_writer_says_where_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(GreenroomError, match=r"record\.jsonl: the record of the run can't be written") as caught:
        RecordWriter(tmp_path / "file" / "record.jsonl")
    assert caught.value.code == "cannot-write"
    assert caught.value.hint


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a disk that is always full")
def test_a_full_disk_is_said() -> None:
    with pytest.raises(GreenroomError, match="can't be written") as caught, RecordWriter(Path("/dev/full")) as writer:
        writer.write(build.header())
    assert caught.value.code == "cannot-write"


def test_one_file_holds_one_run(path: Path) -> None:
    build.write(build.events([build.scenario()]), path.parent)
    with RecordWriter(path) as writer, pytest.raises(GreenroomError, match="already holds a run"):
        writer.write(build.header())
    assert len(read_record(path).scenarios) == 1


def test_nothing_is_written_after_the_end(path: Path) -> None:
    writer = RecordWriter(path)
    writer.close()
    writer.close()
    with pytest.raises(GreenroomError, match="came too late"):
        writer.write(build.header())


@pytest.mark.parametrize("rest", ['{"event":"foo', '{"event":"scenario","name":"Gr\u00e4', "{"])
def test_a_half_written_last_line_is_a_truncated_run(path: Path, rest: str) -> None:
    found = read_record(written(path, lines(HEADER, STARTED) + rest))
    assert found.truncated
    assert found.unfinished == ("a",)


def test_a_letter_cut_in_the_middle_is_a_truncated_run(path: Path) -> None:
    assert read_record(written(path, lines(HEADER).encode() + '{"event":"ä'.encode()[:-1])).truncated


def test_a_half_written_line_after_the_footer_is_a_truncated_run(path: Path) -> None:
    assert read_record(written(path, lines(HEADER, FOOTER) + '{"ev')).truncated


@pytest.mark.parametrize("rest", ["{oops}\n", "{oops}\n\n", "{oo" + "\0" * 64, "{oo\n" + "\0" * 64 + "\n"])
def test_a_broken_last_line_is_a_truncated_run_whatever_follows_it(path: Path, rest: str) -> None:
    found = read_record(written(path, lines(HEADER, STARTED) + rest))
    assert found.truncated and found.unfinished == ("a",)


def test_a_last_line_without_its_line_break_is_whole_when_it_reads(path: Path) -> None:
    assert not read_record(written(path, lines(HEADER) + FOOTER)).truncated


def test_no_footer_is_a_truncated_run(path: Path) -> None:
    assert read_record(written(path, lines(HEADER))) == Record(build.header(), truncated=True)


def test_what_started_twice_and_finished_once_is_unfinished() -> None:
    told = build.events([build.scenario()])
    assert record_of([*told[:-1], told[1], told[-1]]).unfinished == (build.scenario().id,)
    assert record_of(told).unfinished == ()


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 1, "there is no header"),
        ('{"event":"hea', 1, "there is no header"),
        (lines(STARTED), 1, "there is no header before 'scenario-started'"),
        (lines(HEADER, "{oops}", FOOTER), 2, "this is not JSON"),
        (lines(HEADER, "\udcff".encode("utf-8", "surrogatepass").decode("latin-1"), FOOTER), 2, "this is not JSON"),
        (lines(HEADER, "[1]"), 2, "an event is a JSON object"),
        (lines(HEADER, HEADER), 2, "a second header"),
        (lines(HEADER, FOOTER, STARTED), 3, "'scenario-started' after the footer"),
        (lines(HEADER.replace("record/1", "record/9")), 1, "the schema 'greenroom.record/9' is not known"),
        (lines(HEADER.replace('"schema":"greenroom.record/1",', "")), 1, "the schema None is not known"),
        (lines(HEADER, STARTED.replace("id", "idea")), 2, r"scenario-started\.id"),
        (lines(HEADER, STARTED.replace("scenario-started", "party")), 2, "party"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(path: Path, text: str, line: int, says: str) -> None:
    with pytest.raises(GreenroomError, match=says) as caught:
        read_record(written(path, text))
    assert re.search(rf"record\.jsonl:{line}: ", caught.value.message)
    assert caught.value.hint
    assert caught.value.code == "bad-record"


def test_a_record_that_is_not_there_is_said(path: Path) -> None:
    with pytest.raises(GreenroomError, match="can't be read") as caught:
        read_record(path)
    assert caught.value.hint


def test_events_without_a_header_make_no_record() -> None:
    with pytest.raises(GreenroomError, match="without a header"):
        record_of([])


def test_a_place_is_tried_and_left_as_it_was(tmp_path: Path) -> None:
    check_writable(tmp_path / "new" / "run", leave=False)
    assert not list(tmp_path.iterdir())
    check_writable(tmp_path / "new" / "run")
    check_writable(tmp_path / "new" / "another", leave=False)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["run"]
