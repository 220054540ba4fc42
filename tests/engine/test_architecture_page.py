"""docs/architecture.md and CONTRIBUTING.md name files that exist, and rooms in the order that `make check` holds."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from greenroom.core.project import ROOT

PAGES = ("docs/architecture.md", "CONTRIBUTING.md")
FOLDERS = ("docs", "features", "fixtures", "greenroom", "reference", "scenarios", "steps", "targets", "tests", "tools")
_PATH = re.compile(rf"(?<![\w/.-])(?:{'|'.join(FOLDERS)})/[\w./-]*\w/?")
_MODULE = re.compile(r"python -m ([\w.]+)")
_CHAIN = re.compile(r"^ *cli -->.*$", re.MULTILINE)
MADE_UP = ("NAME", "SUBJECT", "LETTER")
"""Words in a path that stand for a name of one's own: what is before them has to exist."""


def text_of(page: str) -> str:
    """The page as it is."""
    return (ROOT / page).read_text(encoding="utf-8")


def paths_in(text: str) -> set[str]:
    """Every path of the project that a text names, up to the first part that stands for a name of one's own."""
    found = set()
    for path in _PATH.findall(text):
        parts = path.split("/")
        known = [part for part in parts if any(word in part for word in MADE_UP)]
        found.add("/".join(parts[: parts.index(known[0])]) if known else path)
    return found


def missing(paths: set[str]) -> list[str]:
    """Those that are not there."""
    return sorted(path for path in paths if not (ROOT / path).exists())


@pytest.mark.parametrize("page", PAGES)
def test_every_path_exists(page: str) -> None:
    paths = paths_in(text_of(page))
    assert len(paths) > 20
    assert missing(paths) == []


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file(page: str) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", text_of(page))
    assert [link for link in links if not ((ROOT / page).parent / link).is_file()] == []


def test_every_command_of_contributing_is_a_module() -> None:
    modules = [Path(name.replace(".", "/")) for name in _MODULE.findall(text_of("CONTRIBUTING.md"))]
    own = [path for path in modules if path.parts[0] in FOLDERS]
    assert own
    for path in own:
        assert (ROOT / path).with_suffix(".py").is_file() or (ROOT / path / "__main__.py").is_file(), path


def test_a_path_that_does_not_exist_is_found() -> None:
    text = "`greenroom/core/errors.py`, (`greenroom/core/none.py`)<br/>steps/ending.py; tests/planted/bugs/LETTER/x.y"
    known = {"greenroom/core/errors.py", "steps/ending.py", "tests/planted/bugs"}
    assert paths_in(text) == known | {"greenroom/core/none.py"}
    assert missing(paths_in(text)) == ["greenroom/core/none.py"]


def test_the_rooms_stand_in_the_order_of_the_contract() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))
    contracts = project["tool"]["importlinter"]["contracts"]
    (layers,) = [one["layers"] for one in contracts if one["id"] == "rooms"]
    (chain,) = _CHAIN.findall(text_of("docs/architecture.md"))
    drawn = [{room.strip() for room in layer.split("&")} for layer in chain.split("-->")]
    assert drawn == [{room.strip() for room in layer.split("|")} for layer in layers]
