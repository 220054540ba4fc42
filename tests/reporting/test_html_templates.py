"""Compiled templates are kept for the next run, and whatever is wrong with what was kept, the page is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment

from greenroom.reporting import html_templates
from greenroom.reporting.html_templates import templates_kept_in


class Compiled(Exception):
    """A template was compiled."""


def load(folder: Path) -> None:
    templates = templates_kept_in(folder)
    for name in templates.list_templates(["j2"]):
        templates.get_template(name)


def refuse(*_: object, **__: object) -> None:
    raise Compiled


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    load(tmp_path / "kept")
    monkeypatch.setattr(Environment, "compile", refuse)
    return tmp_path / "kept"


def test_what_was_compiled_is_not_compiled_again(kept: Path, tmp_path: Path) -> None:
    load(kept)
    with pytest.raises(Compiled):
        load(tmp_path / "elsewhere")


def test_another_syntax_is_compiled_again(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_templates, "_SYNTAX", {"autoescape": True})
    with pytest.raises(Compiled):
        load(kept)


@pytest.mark.parametrize("size", [0, 3, 20, 60])
def test_a_file_that_was_cut_short_is_compiled_again(kept: Path, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in kept.iterdir():
        file.write_bytes(file.read_bytes()[:size])
    with pytest.raises(Compiled):
        load(kept)
    monkeypatch.undo()
    load(kept)
    monkeypatch.setattr(Environment, "compile", refuse)
    load(kept)


def test_a_folder_that_cannot_be_made_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    load(tmp_path / "file" / "kept")
    load(tmp_path / "file")
