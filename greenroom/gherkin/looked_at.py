"""What the scenarios of a promise look at, read off the code of their steps: columns, pages, answers, logs.

A Then calls claims, and claims name what they are about: whoever writes a new one writes the page's table with it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from greenroom.core.project import ROOT
from greenroom.gherkin.index import FeatureIndex, promises_of
from greenroom.relations.canonical import RELATIONS

_PACKAGES = ("steps", "greenroom/scenario", "greenroom/claims", "greenroom/migration")
_ABOUT = re.compile(rf"(?:{'|'.join(RELATIONS)})(?:\.\w+)?")
_HOLE = re.compile(r"\\\{(\w+)(?::\w+)?\\\}")
_ELSEWHERE = {
    "greenroom.claims.pages": "the page",
    "greenroom.claims.listing_on_page": "the page",
    "greenroom.claims.answers": "answers",
    "greenroom.claims.turned_away": "answers",
    "greenroom.claims.leaks": "answers",
    "greenroom.claims.log_lines": "logs",
    "greenroom.scenario.logs": "logs",
    "greenroom.scenario.migrating": "the scratch database",
}
"""Modules whose claims are about something else than rows."""
_EVERY_COLUMN = frozenset(f"{relation}.*" for relation in RELATIONS)
_BY_HAND = {
    "greenroom.claims.deeds.has_changed_nothing": _EVERY_COLUMN,
    "greenroom.claims.deeds.was_turned_away": frozenset({"answers"}),
    "steps.people.schema_refuses_second_room": frozenset({"the schema"}),
}
"""Functions whose code does not name what they look at."""
_CALLED = {"hosts": "host", "new": "host", "old": "host", "person": "whoever is named"}
"""What people of a step are called on the page, where it is another word than in the step's placeholder."""
_CHANNELS = ("the page", "answers", "logs", "the schema", "the scratch database")


@dataclass(frozen=True)
class StepCode:
    """A step's definition: what its text looks like, whom it names by the words of its placeholders, and what its code
    looks at."""

    text: re.Pattern[str]
    whom: tuple[str, ...]
    looks_at: frozenset[str]


@dataclass
class _Module:
    """One file: its functions, and what its names stand for."""

    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)


class StepsCode:
    """The definitions of all steps that claim something, with what each looks at."""

    def __init__(self, root: Path = ROOT) -> None:
        self._modules = {name: _read(path) for name, path in _files(root)}
        self._known: dict[tuple[str, str], frozenset[str]] = {}
        self.thens = [step for name in self._modules if name.startswith("steps.") for step in self._steps(name)]

    def of(self, text: str) -> StepCode:
        """The definition of a Then with this text; of several the one with the longest. Raises KeyError where there is
        none."""
        fitting = [step for step in self.thens if step.text.fullmatch(text)]
        if not fitting:
            raise KeyError(text)
        return max(fitting, key=lambda step: len(step.text.pattern))

    def _steps(self, module: str) -> Iterator[StepCode]:
        for name, function in self._modules[module].functions.items():
            for pattern in _then_patterns(function):
                regex = re.compile(_HOLE.sub(".+?", re.escape(pattern)))
                whom = tuple(dict.fromkeys(re.findall(r"\{(\w+):Names?\}", pattern)))
                yield StepCode(regex, whom, self._looks_at(module, name))

    def _looks_at(self, module: str, name: str) -> frozenset[str]:
        key = (module, name)
        if key not in self._known:
            self._known[key] = frozenset()  # whatever calls itself looks at nothing more
            self._known[key] = frozenset(self._seen_by(module, name))
        return self._known[key]

    def _seen_by(self, module: str, name: str) -> Iterator[str]:
        own = self._modules[module]
        yield from _BY_HAND.get(f"{module}.{name}", ())
        if module in _ELSEWHERE:
            yield _ELSEWHERE[module]
        for node in ast.walk(own.functions[name]):
            text = node.value if isinstance(node, ast.Constant) else None
            if isinstance(node, ast.Name):
                text = own.constants.get(node.id)
            if isinstance(text, str) and _ABOUT.fullmatch(text):
                yield text
            elif isinstance(text, str) and text.startswith("operation:"):
                yield "answers"
            elif isinstance(node, ast.Name) and node.id == "RELATIONS":
                yield from _EVERY_COLUMN
            elif isinstance(node, ast.Name | ast.Attribute):
                for there, called in self._called(own, module, node):
                    yield from self._looks_at(there, called)

    def _called(self, own: _Module, module: str, node: ast.Name | ast.Attribute) -> Iterator[tuple[str, str]]:
        if isinstance(node, ast.Name):
            there, _, called = own.names.get(node.id, f"{module}.{node.id}").rpartition(".")
        elif isinstance(node.value, ast.Name):
            there, called = own.names.get(node.value.id, ""), node.attr
        else:
            return
        if there in self._modules and called in self._modules[there].functions:
            yield there, called


@dataclass
class Looked:
    """What the scenarios of one promise look at, through what people act in them, and for whom something is claimed."""

    at: set[str] = field(default_factory=set)
    through: set[str] = field(default_factory=set)
    whom: set[str] = field(default_factory=set)


def looked_at(features: Sequence[FeatureIndex], code: StepsCode) -> dict[str, Looked]:
    """By promise, in the order of the features' tags. Raises KeyError for a Then that has no definition."""
    found: dict[str, Looked] = {}
    for feature in features:
        for scenario in feature.scenarios:
            tags = {tag for case in scenario.cases for tag in case.tags} | scenario.tags
            for promise in promises_of(tags):
                of_promise = found.setdefault(promise, Looked())
                of_promise.through.add("the page" if "browser" in tags else "HTTP")
                for step in scenario.steps:
                    if step.type == "then":
                        known = code.of(step.text)
                        of_promise.at |= known.looks_at
                        of_promise.whom |= {_CALLED.get(one, one) for one in known.whom}
    return found


def table(looked: Mapping[str, Looked], promises: Iterable[str]) -> list[str]:
    """The table in Markdown, a line for each of the promises."""
    lines = ["| promise | looked at | acted through | claimed for |", "|---|---|---|---|"]
    for promise in promises:
        one = looked.get(promise, Looked())
        whom = ", ".join(sorted(one.whom)) or WITHOUT_A_PERSON.get(promise, "")
        lines.append(f"| {promise} | {_by_relation(one.at)} | {', '.join(sorted(one.through))} | {whom} |")
    return lines


_EVERY_ROOM = "everybody: every room of the database is looked at"
_IN_THE_WHEN = "everybody who may not, in the When"
WITHOUT_A_PERSON: Mapping[str, str] = {
    **dict.fromkeys(("M1", "M2", "M3", "M4", "M5", "M7", "M8"), _EVERY_ROOM),
    "M6": "operators, who read the notices",
    "O3": "everybody: every request of the scenario is looked at",
    "O5": "host and guest, in the When",
    "S6": _IN_THE_WHEN,
    "S7": _IN_THE_WHEN,
}
"""For whom a promise is checked whose Thens name nobody."""


def _by_relation(seen: set[str]) -> str:
    parts = []
    for relation in RELATIONS:
        columns = sorted(one.partition(".")[2] for one in seen if one.startswith(f"{relation}."))
        if "*" in columns:
            parts.append(f"{relation}: all")
        elif columns:
            parts.append(f"{relation}: {', '.join(columns)}")
        elif relation in seen:
            parts.append(f"{relation}: which there are")
    if len(parts) == len(RELATIONS) and all(part.endswith(": all") for part in parts):
        parts = ["every column of every row"]
    return "; ".join([*parts, *(channel for channel in _CHANNELS if channel in seen)])


def _files(root: Path) -> Iterator[tuple[str, Path]]:
    for package in _PACKAGES:
        for path in sorted((root / package).glob("*.py")):
            yield f"{package.replace('/', '.')}.{path.stem}", path


def _read(path: Path) -> _Module:
    found = _Module()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        match node:
            case ast.FunctionDef():
                found.functions[node.name] = node
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(text))):
                found.constants[name] = text
            case ast.ImportFrom(module=str(module)):
                found.names |= {alias.asname or alias.name: f"{module}.{alias.name}" for alias in node.names}
    return found


def _then_patterns(function: ast.FunctionDef) -> Iterator[str]:
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == "then":
            first = decorator.args[0]
            if isinstance(first, ast.Call) and first.args:
                first = first.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                yield first.value
