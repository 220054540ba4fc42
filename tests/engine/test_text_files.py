"""A file that is no text, or that can't be read, is refused with its place, and with what to do."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from greenroom.core.errors import BadFeature, BadTarget, GreenroomError
from greenroom.core.text_files import LIMIT, read_text
from greenroom.gherkin.index import read_feature
from greenroom.relations.canonical import load_queries
from greenroom.targetfile.load import read_target
from greenroom.targetfile.openapi import read_openapi

BYTES = [
    ("latin-1", "x\ncaf\xe9".encode("latin-1"), "2:4: not UTF-8 text: byte 0xE9", "it is 'é' in Windows-1252"),
    ("after a mark", b"\xef\xbb\xbfcaf\xe9", "1:4: not UTF-8 text", "save the file as UTF-8"),
    ("windows line ends", b"a\r\nb\r\nc\xff", "3:2: not UTF-8 text", "UTF-8"),
    ("utf-16", "Feature: f".encode("utf-16"), "1:1: not UTF-8 text, but UTF-16", "save it as UTF-8"),
    ("utf-16 without a mark", "Feature: f".encode("utf-16-le"), "1:1: not UTF-8 text, but UTF-16", "UTF-8"),
    ("utf-32", "Feature: f".encode("utf-32"), "1:1: not UTF-8 text, but UTF-32", "UTF-8"),
    ("nul", b"a\nbc\0d", "2:3: a NUL byte", "take it out"),
    ("only nul", b"\0" * 20, "1:1: a NUL byte", "take it out"),
    ("a program", b"\x7fELF\x02\x01\x01\xff\xff", "1:8: not UTF-8 text", "is this a file of text?"),
    ("too large", b"x" * (LIMIT + 1), "too large: 5.0 MB", "is it the right file?"),
]


@pytest.mark.parametrize(("data", "message", "hint"), [case[1:] for case in BYTES], ids=[case[0] for case in BYTES])
def test_what_is_no_text_is_told_with_its_place(tmp_path: Path, data: bytes, message: str, hint: str) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(data)
    with pytest.raises(BadFeature) as refused:
        read_text(file, lambda message, hint: BadFeature(message, hint=hint))
    assert f"a.txt:{message}".replace(":too", ": too") in refused.value.message
    assert hint in refused.value.hint


def test_a_query_that_stands_twice_is_told_with_its_second_line(tmp_path: Path) -> None:
    file = tmp_path / "relations.sql"
    file.write_text("-- name: rooms()\nselect '\u2028' as x;\n\n-- name: rooms()\nselect 2;\n", encoding="utf-8")
    with pytest.raises(BadTarget, match=r"relations\.sql:4: a second query is called 'rooms'"):
        load_queries(file)


def test_a_target_file_that_is_nested_too_deep_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "target.toml"
    file.write_text('name = "x"\ny = ' + "[" * 5000 + "]" * 5000 + "\n", encoding="utf-8")
    with pytest.raises(BadTarget, match=r"target\.toml:2: nested too deep"):
        read_target(str(tmp_path), tmp_path)


def test_a_byte_order_mark_and_line_ends_are_no_text(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"\xef\xbb\xbfa\r\nb\rc\n")
    assert read_text(file, lambda message, hint: BadFeature(message, hint=hint)) == "a\nb\nc\n"


def as_feature(file: Path) -> object:
    return read_feature(file)


def as_target(file: Path) -> object:
    return read_target(str(file.rename(file.parent / "target.toml").parent), file.parent)


def as_relations(file: Path) -> object:
    return load_queries(file)


def as_openapi(file: Path) -> object:
    return read_openapi(file)


READERS = [(as_feature, BadFeature), (as_target, BadTarget), (as_relations, BadTarget), (as_openapi, GreenroomError)]


@pytest.mark.parametrize(("read", "error"), READERS, ids=["feature", "target", "relations", "openapi"])
def test_every_kind_of_file_is_read_so(tmp_path: Path, read: Callable[[Path], object], error: type[Exception]) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"first\nsecond \xe9")
    with pytest.raises(error, match=r":2:8: not UTF-8 text: byte 0xE9"):
        read(file)


@pytest.mark.parametrize(
    ("read", "error"), [READERS[0], READERS[2], READERS[3]], ids=["feature", "relations", "openapi"]
)
def test_what_is_no_ordinary_file_is_not_opened(
    tmp_path: Path, read: Callable[[Path], object], error: type[Exception]
) -> None:
    """A pipe would never come to an end."""
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "link.yaml").symlink_to("nowhere")
    (tmp_path / "self.yaml").symlink_to("self.yaml")
    for name, said in (("pipe", "no ordinary file"), ("folder", "this is a folder")):
        with pytest.raises(error, match=said):
            read(tmp_path / f"{name}.yaml")
    for name in ("link", "self"):
        with pytest.raises(error, match=r"can't be read|is missing"):
            read(tmp_path / f"{name}.yaml")
