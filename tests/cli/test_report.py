"""`greenroom report`: every report again from a record, also from one that was cut short, which says so."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from greenroom.core.verdict import Verdict
from greenroom.reporting.reports import REPORTS
from tests.support.command_line import greenroom
from tests.support.samples import build

NAMES = {report.name for report in REPORTS}


@pytest.fixture
def red(tmp_path: Path) -> Path:
    """The folder of a run in which one of two scenarios failed, with nothing in it but the record and a picture."""
    folder = tmp_path / "runs" / "one"
    (folder / "attachments").mkdir(parents=True)
    (folder / "attachments" / "page.png").write_bytes(b"a picture")
    build.write(build.events([build.scenario(), build.scenario(verdict=Verdict.FAILED)]), folder)
    return folder


def _verdict(folder: Path) -> dict[str, object]:
    return dict(json.loads((folder / "verdict.json").read_text(encoding="utf-8")))


def _cut(file: Path, keep: Callable[[bytes], bytes]) -> None:
    file.write_bytes(keep(file.read_bytes()))


@pytest.mark.parametrize("named", ["record.jsonl", ""])
def test_reports_are_made_beside_the_record_and_the_exit_code_is_the_runs(red: Path, named: str) -> None:
    ran = greenroom("report", str(red / named) if named else str(red))
    assert ran.code == 1, ran.said
    assert {path.name for path in red.iterdir()} == {*NAMES, "record.jsonl", "attachments"}
    assert _verdict(red)["verdict"] == "not conformant"
    assert "not conformant" in ran.out and ran.err == ""


def test_a_green_run_is_zero(tmp_path: Path) -> None:
    build.write(build.events([build.scenario()]), tmp_path)
    ran = greenroom("report", str(tmp_path), "-q")
    assert ran.code == 0 and "conformant" in ran.out, ran.said


def test_another_folder_gets_all_that_the_reports_need(red: Path, tmp_path: Path) -> None:
    ran = greenroom("report", str(red / "record.jsonl"), "--reports", str(tmp_path / "out"))
    [made] = (tmp_path / "out").iterdir()
    assert ran.code == 1 and made.name == _verdict(made)["run"]
    assert {path.name for path in made.iterdir()} == {*NAMES, "record.jsonl", "attachments"}
    assert (made / "record.jsonl").read_bytes() == (red / "record.jsonl").read_bytes()
    assert (made / "attachments" / "page.png").exists()
    assert {path.name for path in red.iterdir()} == {"record.jsonl", "attachments"}, "and nothing is beside the record"


def test_made_twice_they_are_the_same_and_nothing_old_stays(red: Path) -> None:
    def made() -> tuple[dict[str, bytes], int]:
        files = {path.name: path.read_bytes() for path in red.iterdir() if path.is_file()}
        return files, len(list((red / "allure-results").iterdir()))  # Allure names its results by chance

    greenroom("report", str(red))
    before = made()
    greenroom("report", str(red))
    assert made() == before


@pytest.mark.parametrize(
    "keep",
    [
        pytest.param(lambda text: b"\n".join(text.split(b"\n")[:-2]) + b"\n", id="no footer"),
        pytest.param(lambda text: text[:-40], id="the last line is half-written"),
        pytest.param(lambda text: text[:-40] + b"\n", id="and has its line break"),
        pytest.param(lambda text: text[:-40] + b"\0" * 512, id="and zeros behind it"),
        pytest.param(lambda text: text[:-40] + b"\n\0\0\0\n", id="and zeros on a line of their own"),
    ],
)
def test_a_record_that_was_cut_short_is_reported_and_says_so(red: Path, keep: Callable[[bytes], bytes]) -> None:
    _cut(red / "record.jsonl", keep)
    ran = greenroom("report", str(red))
    assert ran.code == _verdict(red)["exit"] != 0
    assert {path.name for path in red.iterdir()} >= NAMES
    assert "cut short after 2 scenarios" in ran.out
    for name in ("verdict.json", "junit.xml", "report.html"):
        assert "cut short" in (red / name).read_text(encoding="utf-8"), name


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (None, "record.jsonl: the record can't be read (No such file or directory)"),
        ("", "record.jsonl:1: there is no header"),
        ("not a record\n{}\n", "record.jsonl:1: this is not JSON"),
        ('{"event":"footer"}\n', "record.jsonl:1: "),
        ('HEADER\n{"event":"scenario","id":\nFOOTER', "record.jsonl:2: this is not JSON"),
    ],
)
def test_what_is_no_record_is_said_with_file_and_line(tmp_path: Path, content: str | None, complaint: str) -> None:
    if content is not None:
        header, *_, footer = (event.model_dump_json(by_alias=True) for event in build.events([build.scenario()]))
        text = content.replace("HEADER", header).replace("FOOTER", footer)
        (tmp_path / "record.jsonl").write_text(text, encoding="utf-8")
    ran = greenroom("report", str(tmp_path))
    assert ran.code == 3
    assert complaint in ran.complaint[0] and ran.complaint[1].startswith("  hint: ")


def test_a_run_that_is_called_like_a_path_writes_nowhere_else(red: Path, tmp_path: Path) -> None:
    _cut(red / "record.jsonl", lambda text: text.replace(b'"run":"', b'"run":"../../', 1))
    ran = greenroom("report", str(red), "--reports", str(tmp_path / "a" / "b"))
    assert ran.code == 3 and "is no name for a folder" in ran.complaint[0]
    assert not (tmp_path / "a").exists()
