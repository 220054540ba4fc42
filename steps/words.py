"""How a step's text is written: {host:Name} is a person's name, {n:Count} a number."""

from __future__ import annotations

from parse import with_pattern
from pytest_bdd import parsers


@with_pattern(r"[A-Z][a-z]+")
def _name(text: str) -> str:
    return text


@with_pattern(r"\d+")
def _count(text: str) -> int:
    return int(text)


def text(pattern: str) -> parsers.parse:
    """A step text with the placeholders of the project."""
    return parsers.parse(pattern, extra_types={"Name": _name, "Count": _count})
