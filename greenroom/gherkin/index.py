"""Reads a feature file into an index: its scenarios with their lines, rules, effective tags and examples."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from gherkin.errors import CompositeParserException, ParserError
from gherkin.parser import Parser

from greenroom.core.errors import BadFeature
from greenroom.core.project import INSTALLED, ROOT
from greenroom.core.text_files import read_text
from greenroom.gherkin.prose import ProseLine, prose
from greenroom.gherkin.unparsable import odd_keyword, unparsable

_PROMISE = re.compile(r"^[A-Z]\d+$")
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
    follows: bool = False  # it begins with And, But or *


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
    doubled_columns: tuple[tuple[int, str], ...] = ()  # line of the header, and the name that stands in it twice
    tables: tuple[tuple[Case, ...], ...] = ()  # the cases by the table of examples that they stand in
    table_spans: tuple[range, ...] = ()  # the lines of each table, from its tags to its last row
    above: tuple[range, ...] = ()  # the lines of its Feature, its Rule and their Backgrounds, down to what follows


@dataclass(frozen=True)
class FeatureIndex:
    """One feature file."""

    path: Path
    title: str
    description: str
    tags: frozenset[str]
    scenarios: tuple[ScenarioIndex, ...]
    prose: tuple[ProseLine, ...] = ()
    tag_lines: tuple[tuple[int, str], ...] = ()  # every tag as written, with its line
    leading: tuple[StepLine, ...] = ()  # first steps of scenarios and backgrounds
    lines: tuple[str, ...] = ()  # the file's own, without their ends

    def find(self, name: str) -> ScenarioIndex | None:
        """The scenario of that name."""
        return next((scenario for scenario in self.scenarios if scenario.name == name), None)

    def case(self, name: str, number: int = 0) -> Case | None:
        """The case of a scenario by its number: the rows of all its tables of examples, from 0."""
        scenario = self.find(name)
        return scenario.cases[number] if scenario and number < len(scenario.cases) else None


def promises_of(tags: frozenset[str] | set[str]) -> list[str]:
    """The promises among tags, in their order."""
    found = [tag for tag in tags if _PROMISE.match(tag) and tag[0] != "T"]
    return sorted(found, key=lambda tag: (tag[0], int(tag[1:])))


def row_of(scenario: ScenarioIndex, case: Case) -> str:
    """What tells a case from the others of its scenario, as a part of its id: "" for a scenario without examples.

    Two tables of examples may hold the same row, each under tags of its own: these are told apart by their lines.
    """
    if not case.values:
        return ""
    row = " | ".join(value.replace("|", "\\|").replace("\n", "\\n") for value in case.values.values())
    same = [other for other in scenario.cases if other.values == case.values]
    return f"[{row}]" if len(same) == 1 else f"[{row}, line {case.line}]"


def read_feature(path: Path) -> FeatureIndex:
    """Index a feature file. Raises BadFeature with file and line when it is no Gherkin, or holds no feature."""
    return _index(path, read_text(path, lambda message, hint: BadFeature(message, hint=hint), shown=shown(path)))


@lru_cache(maxsize=256)
def _index(path: Path, text: str) -> FeatureIndex:
    """Each file is parsed once, as long as it holds the same text."""
    try:
        document: dict[str, Any] = dict(Parser().parse(text))
    except (CompositeParserException, ParserError) as error:
        raise unparsable(shown(path), error, text) from None
    feature = document.get("feature")
    if not feature:
        raise BadFeature(f"{shown(path)}:1: no feature in this file", hint='it begins with "Feature: ..."')
    tags = _tags(feature)
    scenarios = tuple(_scenarios(feature, tags))
    if not scenarios:
        line = feature["location"]["line"]
        hint = odd_keyword(text) or "it would pass without running"
        raise BadFeature(f"{shown(path)}:{line}: the feature has no scenario", hint=hint)
    said = tuple(prose(feature, text))
    return FeatureIndex(
        path,
        feature["name"],
        _clean(feature["description"]),
        tags,
        scenarios,
        said,
        tuple((tag["location"]["line"], tag["name"].lstrip("@")) for tag in _tag_nodes(feature)),
        tuple(_leading(feature)),
        tuple(text.split("\n")),
    )


def shown(path: Path) -> str:
    """A path as a person would write it here."""
    real = Path(os.path.realpath(path))
    for base in (Path.cwd(), ROOT) if INSTALLED else (Path.cwd(),):
        if real.is_relative_to(base):
            return str(real.relative_to(base))
    return str(path)


def _scenarios(feature: dict[str, Any], inherited: frozenset[str]) -> Iterator[ScenarioIndex]:
    background = _background(feature["children"])
    above = _heads(feature)
    for child in feature["children"]:
        if "scenario" in child:
            yield _scenario(child["scenario"], inherited, background, above)
        elif "rule" in child:
            rule = child["rule"]
            tags = inherited | _tags(rule)
            before = background + _background(rule["children"])
            heads = above + _heads(rule)
            for inner in rule["children"]:
                if "scenario" in inner:
                    said = _clean(rule["description"])
                    yield _scenario(inner["scenario"], tags, before, heads, rule["name"], said)


def _heads(node: dict[str, Any]) -> tuple[range, ...]:
    """The lines of a Feature or Rule from its tags to what follows, and those of its Background."""
    first = min([node["location"]["line"], *(tag["location"]["line"] for tag in node["tags"])])
    inside = [_span(child) for child in node["children"]]
    after = min((span.start for span in inside), default=node["location"]["line"] + 1)
    backgrounds = (span for span, child in zip(inside, node["children"], strict=True) if "background" in child)
    return range(first, after), *backgrounds


def _scenario(
    node: dict[str, Any],
    inherited: frozenset[str],
    before: tuple[StepLine, ...],
    above: tuple[range, ...],
    rule: str = "",
    rule_description: str = "",
) -> ScenarioIndex:
    tags = inherited | _tags(node)
    outline = "outline" in node["keyword"].lower() or "template" in node["keyword"].lower() or bool(node["examples"])
    tables: list[tuple[Case, ...]] = []
    parameters: set[str] = set()
    empty, doubled = [], []
    for examples in node["examples"]:
        header = [cell["value"] for cell in examples.get("tableHeader", {}).get("cells", [])]
        parameters |= set(header)
        doubled += [
            (examples["tableHeader"]["location"]["line"], name) for name in set(header) if header.count(name) > 1
        ]
        rows = examples.get("tableBody", [])
        if not rows:
            empty.append(examples["location"]["line"])
        tables.append(tuple(_case(node["name"], header, row, tags | _tags(examples)) for row in rows))
    if not outline:
        tables = [(Case(node["name"], node["location"]["line"], {}, tags),)]
    return ScenarioIndex(
        name=node["name"],
        line=node["location"]["line"],
        span=_span(node),
        outline=outline,
        rule=rule,
        rule_description=rule_description,
        tags=tags,
        steps=before + tuple(_steps(node["steps"])),
        cases=tuple(case for table in tables for case in table),
        parameters=frozenset(parameters),
        empty_examples=tuple(empty),
        doubled_columns=tuple(doubled),
        tables=tuple(tables),
        table_spans=tuple(_span(examples) for examples in node["examples"]) if outline else (_span(node),),
        above=above,
    )


def _case(name: str, header: list[str], row: dict[str, Any], tags: frozenset[str]) -> Case:
    values = dict(zip(header, (cell["value"] for cell in row["cells"]), strict=True))
    return Case(filled(name, values).replace("\n", "\\n"), row["location"]["line"], values, tags)


def _span(node: Any) -> range:
    lines = list(_lines(node))
    return range(min(lines), max(lines) + 1)


def _lines(node: Any) -> Iterator[int]:
    """The lines of a node of the parsed file, and of everything in it."""
    if isinstance(node, dict):
        if "location" in node:
            line = int(node["location"]["line"])
            yield line
            if "delimiter" in node:  # a docstring: its content and the delimiter below it
                yield line + len(node["content"].splitlines()) + 1
        for value in node.values():
            if isinstance(value, dict | list):  # most are texts, and there are very many
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
            follows=node["keywordType"] not in _TYPES,
        )


def _leading(feature: dict[str, Any]) -> Iterator[StepLine]:
    """The first step of every scenario and background."""
    for child in feature["children"]:
        for node in (child.get("background"), child.get("scenario")):
            if node:
                yield from list(_steps(node["steps"]))[:1]
        if "rule" in child:
            yield from _leading(child["rule"])


def _tag_nodes(node: Any) -> Iterator[dict[str, Any]]:
    """Every tag of a node of the parsed file, and of everything in it."""
    if isinstance(node, dict):
        yield from node.get("tags", [])
        for value in node.values():
            yield from _tag_nodes(value)
    elif isinstance(node, list):
        for item in node:
            yield from _tag_nodes(item)


def _tags(node: dict[str, Any]) -> frozenset[str]:
    return frozenset(tag["name"].lstrip("@") for tag in node.get("tags", []))


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with the values of an example in the place of its parameters."""
    for name, value in values.items():
        text = text.replace(f"<{name}>", value)
    return text


def _clean(description: str) -> str:
    return "\n".join(line.strip() for line in description.splitlines()).strip()
