"""The lines of a feature file that Gherkin takes for descriptions: also a step or a keyword with a typo in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ProseLine:
    """One line of a description, stripped."""

    line: int
    text: str


def prose(feature: dict[str, Any], text: str) -> Iterator[ProseLine]:
    """Every line of every description below the parsed `feature`, with its place in the file's `text`."""
    lines = [line.strip() for line in text.split("\n")]
    for node in _nodes(feature):
        at = node["location"]["line"]
        for said in filter(None, map(str.strip, node.get("description", "").split("\n"))):
            at = lines.index(said, at) + 1
            yield ProseLine(at, said)


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for child in node.get("children", []):
        yield from _nodes(next(iter(child.values())))
    yield from node.get("examples", [])
