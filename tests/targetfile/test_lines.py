"""Every key of a TOML text is found where it stands, however it is written; and every query of an SQL file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from greenroom.core.project import ROOT
from greenroom.relations.sql_lines import line_of_query
from greenroom.targetfile.toml_lines import line_of, lines, table_lines

TEXT = '''# a comment with [brackets] and key = "value"
name = "x" # name = "y"
words = ["one", # ]
  "two",
]

[a.b]
"quoted key" = 1
dotted.deep = { x = 1, y = { z = "}" } }
text = """
[not.a.table]
not_a_key = 1
"""
literal = \'\'\'it's ' quoted\'\'\'

[[list]]
id = 1
[list.inner]
x = 1
[[list]]
id = 2
flow = [
  { click = "a]" },
  { fill = "b", with = "\\"}" },
]
date = 2027-01-31
'''

PLACES = {
    ("name",): 2,
    ("words",): 3,
    ("words", 1): 4,
    ("a",): 7,
    ("a", "b"): 7,
    ("a", "b", "quoted key"): 8,
    ("a", "b", "dotted", "deep", "y", "z"): 9,
    ("a", "b", "text"): 10,
    ("a", "b", "literal"): 14,
    ("list", 0): 16,
    ("list", 0, "id"): 17,
    ("list", 0, "inner", "x"): 19,
    ("list", 1, "id"): 21,
    ("list", 1, "flow", 0, "click"): 23,
    ("list", 1, "flow", 1, "with"): 24,
    ("list", 1, "date"): 26,
}


@pytest.mark.parametrize(
    ("path", "line"), PLACES.items(), ids=lambda one: ".".join(map(str, one)) if isinstance(one, tuple) else ""
)
def test_each_key_is_found(path: tuple[str | int, ...], line: int) -> None:
    assert line_of(TEXT, path) == line


def test_what_is_missing_is_placed_by_the_table_around_it() -> None:
    assert line_of(TEXT, ("a", "b", "missing")) == 7
    assert line_of(TEXT, ("list", 1, "flow", 1, "missing")) == 24
    assert line_of(TEXT, ("nowhere", "at", "all")) == 1


@pytest.mark.parametrize(
    ("table", "last"), [(("list", 0), 19), (("list", 1), 26), (("a", "b"), 14), (("a", "b", "text"), 10)]
)
def test_a_table_ends_before_what_comes_next(table: tuple[str | int, ...], last: int) -> None:
    assert table_lines(TEXT, table) == (line_of(TEXT, table), last)


def test_what_stands_before_the_next_table_belongs_to_that() -> None:
    text = "[[one]]\nx = 1\n\n# about the next\n\n[two]\ny = 2\n\n# the end\n"
    assert table_lines(text, ("one", 0)) == (1, 2)
    assert table_lines(text, ("two",)) == (6, 7)


@pytest.mark.parametrize(
    "file",
    sorted([*ROOT.glob("targets/*/target.toml"), ROOT / "tests/lantern/target/target.toml", ROOT / "pyproject.toml"]),
    ids=lambda file: file.parent.name,
)
def test_every_key_of_a_real_file_is_found_on_a_line_that_holds_it(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    written, found = text.splitlines(), lines(text)
    for path in _paths(tomllib.loads(text)):
        assert path in found
        keys = [part for part in path if isinstance(part, str)]
        assert keys[-1] in written[found[path] - 1] or isinstance(path[-1], int)


SQL = """-- What is here.

-- name: rooms()
-- A comment.
select id::text as room_id,
       oops
from rooms;

-- name: sessions()
select 1;
"""


def test_a_query_is_found_by_its_name_and_a_place_in_it_by_its_position() -> None:
    query = "select id::text as room_id,\n       oops\nfrom rooms"
    assert line_of_query(SQL, "rooms") == 3
    assert line_of_query(SQL, "sessions") == 9
    assert line_of_query(SQL, "rooms", query, query.index("oops") + 1) == 6
    assert line_of_query(SQL, "listing") == 1


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if path:
        yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from _paths(item, (*path, key))
