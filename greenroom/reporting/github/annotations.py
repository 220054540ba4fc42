"""Annotations: workflow commands on standard output, which GitHub shows at lines of the feature files.

GitHub shows ten of a step and drops the others without a word: nine things are told, and how many more there are.
"""

from __future__ import annotations

from collections.abc import Sequence

from greenroom.core.wording import plural
from greenroom.reporting.github.places import FileLine, place_in
from greenroom.reporting.troubles import Reported
from greenroom.reporting.words import clip

MOST = 9
_LONGEST_TITLE = 200
_LONGEST_TEXT = 3000
"""In characters: GitHub cuts what is longer, where it likes."""


def annotation_lines(troubles: Sequence[Reported], workspace: str) -> list[str]:
    """The workflow commands, a line each, at most ten: an error where something is said of the target, a warning where
    the environment was in the way."""
    told = [_annotation(one, place_in(one.scenarios[0], workspace) if one.scenarios else None) for one in troubles]
    if rest := troubles[MOST:]:
        titles = "\n".join(f"{one.title}  {one.headline}" for one in rest)
        more = _command("error", f"{len(rest)} more", f"{_cut(titles)}\nreport.html has all of them in full")
        return [*told[:MOST], more]
    return told


def _annotation(one: Reported, place: FileLine | None) -> str:
    others = len(one.scenarios) - 1
    text = f"{one.told}\n  the same in {plural(others, 'other scenario')}" if others > 0 else one.told
    return _command("error" if one.gates else "warning", clip(one.title, _LONGEST_TITLE), text, place)


def _command(level: str, title: str, text: str, place: FileLine | None = None) -> str:
    at = [f"file={_property(place.file)}", f"line={place.line}"] if place else []
    return f"::{level} {','.join([*at, f'title={_property(title)}'])}::{_data(_cut(text))}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT].rstrip()} … (cut)"


def _data(text: str) -> str:
    """As GitHub's own toolkit escapes a message: a line break would end the command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
