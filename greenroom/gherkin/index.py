"""Reads a feature file into an index: its scenarios with their lines, rules, effective tags and examples."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from gherkin.errors import CompositeParserException, ParserError
from gherkin.parser import Parser

from greenroom.core.errors import BadFeature
from greenroom.gherkin.prose import ProseLine, prose

_PROMISE = re.compile(r"^[A-Z]\d+$")
_KEYWORDS = ("Given", "When", "Then", "And", "But", "Feature", "Rule", "Scenario", "Background", "Examples")
_TYPES = {"Context": "given", "Action": "when", "Outcome": "then"}


@dataclass(frozen=True)
class StepLine:
    """A step as written: its type is that of the last Given, When or Then."""

    keyword: str
    type: str
    text: str
    line: int
    has_table: bool
    has_docstring: bool


@dataclass(frozen=True)
class Case:
    """What pytest runs once: a scenario, or one row of its examples."""

    name: str
    line: int
    values: dict[str, str]
    tags: frozenset[str]


@dataclass(frozen=True)
class ScenarioIndex:
    """One scenario or outline; `span` holds the lines that are its own, from its tags to its last row."""

    name: str
    line: int
    span: range
    outline: bool
    rule: str
    rule_description: str
    tags: frozenset[str]
    steps: tuple[StepLine, ...]
    cases: tuple[Case, ...]
    parameters: frozenset[str]
    empty_examples: tuple[int, ...]


@dataclass(frozen=True)
class FeatureIndex:
    """One feature file."""

    path: Path
    title: str
    description: str
    tags: frozenset[str]
    scenarios: tuple[ScenarioIndex, ...]
    prose: tuple[ProseLine, ...] = ()

    def find(self, name: str) -> ScenarioIndex | None:
        """The scenario of that name."""
        return next((scenario for scenario in self.scenarios if scenario.name == name), None)

    def case(self, name: str, values: dict[str, str]) -> Case | None:
        """The case of a scenario with those example values."""
        scenario = self.find(name)
        return next((case for case in scenario.cases if case.values == values), None) if scenario else None


def promises_of(tags: frozenset[str] | set[str]) -> list[str]:
    """The promises among tags, in their order."""
    found = [tag for tag in tags if _PROMISE.match(tag) and tag[0] != "T"]
    return sorted(found, key=lambda tag: (tag[0], int(tag[1:])))


def read_feature(path: Path) -> FeatureIndex:
    """Index a feature file. Raises BadFeature with file and line when it is no Gherkin, or holds no feature."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadFeature(f"{shown(path)}: not UTF-8 text at byte {error.start}", hint="save it as UTF-8") from None
    except OSError as error:
        raise BadFeature(f"{shown(path)}: can't be read: {error.strerror}", hint="check the path") from None
    return _index(path, text)


@lru_cache(maxsize=256)
def _index(path: Path, text: str) -> FeatureIndex:
    """Each file is parsed once, as long as it holds the same text."""
    try:
        document: dict[str, Any] = dict(Parser().parse(text))
    except (CompositeParserException, ParserError) as error:
        raise _unparsable(path, error, text) from None
    feature = document.get("feature")
    if not feature:
        raise BadFeature(f"{shown(path)}:1: no feature in this file", hint='it begins with "Feature: ..."')
    tags = _tags(feature)
    scenarios = tuple(_scenarios(feature, tags))
    if not scenarios:
        line = feature["location"]["line"]
        raise BadFeature(f"{shown(path)}:{line}: the feature has no scenario", hint="it would pass without running")
    said = tuple(prose(feature, text))
    return FeatureIndex(path, feature["name"], _clean(feature["description"]), tags, scenarios, said)


def shown(path: Path) -> str:
    """A path as a person would write it here."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def _scenarios(feature: dict[str, Any], inherited: frozenset[str]) -> Iterator[ScenarioIndex]:
    background = _background(feature["children"])
    for child in feature["children"]:
        if "scenario" in child:
            yield _scenario(child["scenario"], inherited, background, "", "")
        elif "rule" in child:
            rule = child["rule"]
            tags = inherited | _tags(rule)
            before = background + _background(rule["children"])
            for inner in rule["children"]:
                if "scenario" in inner:
                    yield _scenario(inner["scenario"], tags, before, rule["name"], _clean(rule["description"]))


def _scenario(
    node: dict[str, Any], inherited: frozenset[str], before: tuple[StepLine, ...], rule: str, rule_description: str
) -> ScenarioIndex:
    tags = inherited | _tags(node)
    outline = "outline" in node["keyword"].lower() or "template" in node["keyword"].lower() or bool(node["examples"])
    cases, parameters, empty = [], set(), []
    for examples in node["examples"]:
        header = [cell["value"] for cell in examples.get("tableHeader", {}).get("cells", [])]
        parameters |= set(header)
        rows = examples.get("tableBody", [])
        if not rows:
            empty.append(examples["location"]["line"])
        for row in rows:
            values = dict(zip(header, (cell["value"] for cell in row["cells"]), strict=True))
            cases.append(Case(_render(node["name"], values), row["location"]["line"], values, tags | _tags(examples)))
    if not outline:
        cases = [Case(node["name"], node["location"]["line"], {}, tags)]
    return ScenarioIndex(
        name=node["name"],
        line=node["location"]["line"],
        span=range(min(_lines(node)), max(_lines(node)) + 1),
        outline=outline,
        rule=rule,
        rule_description=rule_description,
        tags=tags,
        steps=before + tuple(_steps(node["steps"])),
        cases=tuple(cases),
        parameters=frozenset(parameters),
        empty_examples=tuple(empty),
    )


def _lines(node: Any) -> Iterator[int]:
    """The lines of a node of the parsed file, and of everything in it."""
    if isinstance(node, dict):
        if "location" in node:
            line = int(node["location"]["line"])
            yield line
            if "delimiter" in node:  # a docstring: its content and the delimiter below it
                yield line + len(node["content"].splitlines()) + 1
        for value in node.values():
            yield from _lines(value)
    elif isinstance(node, list):
        for item in node:
            yield from _lines(item)


def _background(children: list[dict[str, Any]]) -> tuple[StepLine, ...]:
    return tuple(step for child in children if "background" in child for step in _steps(child["background"]["steps"]))


def _steps(nodes: list[dict[str, Any]]) -> Iterator[StepLine]:
    kind = "given"
    for node in nodes:
        kind = _TYPES.get(node["keywordType"], kind)
        yield StepLine(
            keyword=node["keyword"].strip(),
            type=kind,
            text=node["text"],
            line=node["location"]["line"],
            has_table="dataTable" in node,
            has_docstring="docString" in node,
        )


def _tags(node: dict[str, Any]) -> frozenset[str]:
    return frozenset(tag["name"].lstrip("@") for tag in node.get("tags", []))


def _render(text: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        text = text.replace(f"<{name}>", value)
    return text


def _clean(description: str) -> str:
    return "\n".join(line.strip() for line in description.splitlines()).strip()


def _unparsable(path: Path, error: CompositeParserException | ParserError, text: str) -> BadFeature:
    first = error.errors[0] if isinstance(error, CompositeParserException) else error
    line = int((getattr(first, "location", None) or {}).get("line", 1))
    lines = text.splitlines()
    written = lines[line - 1].strip() if 0 < line <= len(lines) else "end of file"
    reason = str(first).split(": ", 1)[-1].split(", got")[0].replace("expected: ", "expected ")
    return BadFeature(
        f"{shown(path)}:{line}: not Gherkin: {written!r}",
        hint=_gherkin_hint(written, reason),
        code="unparsable-feature",
    )


def _gherkin_hint(written: str, reason: str) -> str:
    first_word = written.split(" ")[0].rstrip(":")
    swapped = [keyword for keyword in _KEYWORDS if sorted(keyword.lower()) == sorted(first_word.lower())]
    close = swapped or difflib.get_close_matches(first_word.capitalize(), _KEYWORDS, n=1, cutoff=0.7)
    if close and close[0] != first_word:
        return f"did you mean {close[0]!r}?"
    if close and first_word not in ("Given", "When", "Then", "And", "But"):
        return f"{first_word!r} is followed by a colon"
    if reason.startswith("inconsistent"):
        return "every row of a table has as many cells as its header"
    return "a step begins with Given, When, Then, And or But"
