"""How the tests lie: in folders by subject, what they share in tests/support, and none in another's way."""

from __future__ import annotations

import re

from greenroom.core.project import ROOT

TESTS = ROOT / "tests"


def test_no_test_imports_from_another() -> None:
    imports = re.compile(r"^\s*(?:from|import) tests\.(?:\w+\.)*test_\w+", re.MULTILINE)
    found = [(file.name, line) for file in TESTS.rglob("*.py") for line in imports.findall(file.read_text("utf-8"))]
    assert found == []


def test_every_test_lies_in_the_folder_of_its_subject() -> None:
    assert sorted(file.name for file in TESTS.glob("*.py")) == ["__init__.py", "conftest.py"]
