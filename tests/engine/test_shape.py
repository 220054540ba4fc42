"""The shape of the engine: rooms of small files, and one name for one thing."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

from greenroom.core.project import ROOT

ENGINE = ROOT / "greenroom"
MOST_ROOMS = 15
LONGEST_FILE = 350
USUAL_FILE = 200


def modules() -> list[Path]:
    """All Python files of the engine."""
    return sorted(path for path in ENGINE.rglob("*.py") if "__pycache__" not in path.parts)


def test_the_engine_is_rooms_and_nothing_beside_them() -> None:
    entries = [path for path in ENGINE.iterdir() if path.name != "__pycache__"]
    assert [path.name for path in entries if path.is_file()] == ["__init__.py"]
    rooms = [path.name for path in entries if path.is_dir()]
    assert len(rooms) <= MOST_ROOMS, sorted(rooms)
    assert all((ENGINE / room / "__init__.py").is_file() for room in rooms)


def test_files_are_small() -> None:
    lines = {path.relative_to(ROOT): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {path: count for path, count in lines.items() if count > LONGEST_FILE} == {}
    longer = [path for path, count in lines.items() if count > USUAL_FILE]
    assert len(longer) < len(lines) / 10, longer


def test_no_two_public_classes_have_one_name() -> None:
    found: Counter[str] = Counter()
    for path in modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        found.update(node.name for node in tree.body if isinstance(node, ast.ClassDef) and node.name[0] != "_")
    assert [name for name, count in found.items() if count > 1] == []


def test_every_module_says_what_it_is() -> None:
    silent = [path for path in modules() if ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is None]
    assert [path.relative_to(ROOT) for path in silent if path.stat().st_size] == []
