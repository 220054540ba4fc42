"""Selects scenarios: by tag expression, by a part of the name, and by file and line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from cucumber_tag_expressions import parse
from cucumber_tag_expressions.parser import TagExpressionError

from greenroom.core.errors import GreenroomError
from greenroom.gherkin.index import Case, FeatureIndex, ScenarioIndex, shown

_WORD = re.compile(r"[^\s()]+")
_LINES = re.compile(r"(?::\d+)+$")
_OPERATORS = {"and", "or", "not"}

Chosen = TypeVar("Chosen")


@dataclass(frozen=True)
class Place:
    """A line of a feature file; or the whole of a file, or of a folder, where `line` is None."""

    path: Path
    line: int | None


class Selectable(Protocol):
    """Anything that knows of which case of a scenario it is."""

    @property
    def feature(self) -> FeatureIndex:
        """The feature file."""

    @property
    def scenario(self) -> ScenarioIndex:
        """The scenario in it."""

    @property
    def case(self) -> Case:
        """The scenario itself, or the row of its examples."""


@dataclass(frozen=True)
class Candidate:
    """A case of a scenario of a feature file."""

    feature: FeatureIndex
    scenario: ScenarioIndex
    case: Case


def candidates(feature: FeatureIndex) -> Iterator[Candidate]:
    """Every case of every scenario of a feature file."""
    for scenario in feature.scenarios:
        for case in scenario.cases:
            yield Candidate(feature, scenario, case)


class TagExpression:
    """An expression such as "E and not browser"; the @ may be left out, a comma means or."""

    def __init__(self, text: str) -> None:
        """Raises GreenroomError when the expression can't be read."""
        self.text = text
        normal = " or ".join(part.strip() for part in text.split(",") if part.strip())
        self.tags = {word.lstrip("@") for word in _WORD.findall(normal)} - _OPERATORS
        try:
            self._expression = parse(_WORD.sub(lambda word: word.group().lstrip("@"), normal))
        except TagExpressionError as error:
            reason = str(error).splitlines()[0].removeprefix("Syntax error. ").split(" (expressions")[0].rstrip(".")
            raise GreenroomError(
                f"bad tag expression {text!r}: {reason}", hint='for example "T1", "E and not browser"', code="bad-tags"
            ) from None
        if not self.tags:
            raise GreenroomError(f"empty tag expression {text!r}", hint='for example "T1"', code="bad-tags")

    def selects(self, tags: Iterable[str]) -> bool:
        """Whether a scenario with these tags is selected."""
        return bool(self._expression.evaluate(list(tags)))

    def check_known(self, known: Iterable[str]) -> None:
        """Raises GreenroomError when the expression names a tag that no scenario has: it would select silently."""
        known = set(known)
        for tag in sorted(self.tags - known):
            close = difflib.get_close_matches(tag, sorted(known), n=3, cutoff=0.5)
            plain = sorted(name for name in known if not name.startswith("needs-"))
            hint = f"did you mean {', '.join(close)}?" if close else f"tags here: {', '.join(plain) or 'none'}"
            raise GreenroomError(f"no scenario has the tag {tag!r}", hint=hint, code="unknown-tag")


class Selection:
    """What a tag expression, a part of a name, and places ("features/end.feature:12") select together. What is empty
    narrows nothing."""

    def __init__(self, tags: str, named: str, places: Sequence[str]) -> None:
        """Raises GreenroomError when tags or a place can't be read."""
        self._tags = TagExpression(tags.strip()) if tags.strip() else None
        self._named = named.strip().lower()
        self._places = [_place(text) for text in places]
        self._at: dict[Path, list[tuple[int, Place]]] = {}  # those that can concern a file, by the path it is read from

    def selects(self, one: Selectable) -> bool:
        """Whether the case is selected."""
        return self._by_tags(one) and self._by_name(one) and self._by_place(one)

    def chosen(self, every: Iterable[Chosen], of: Callable[[Chosen], Selectable]) -> list[Chosen]:
        """What is selected of them, in the order of the places; what several select stands at the first of these. `of`
        says of which case each is."""

        def rank(one: Chosen) -> int:
            case = of(one)
            return next((number for number, place in self._near(case) if stands_at(case, place)), 0)

        return sorted((one for one in every if self.selects(of(one))), key=rank)

    def check(self, known: Iterable[Selectable]) -> None:
        """Raises GreenroomError when a tag or a place is nowhere among the cases `known`, or when none is selected."""
        left = list(known)
        if self._tags is not None:
            self._tags.check_known({tag for one in left for tag in one.case.tags})
        for selects, complaint, hint in self._parts():
            left = [one for one in left if selects(one)]
            if not left:
                raise GreenroomError(complaint, hint=hint, code="nothing-selected")
        found = {number for one in left for number, place in self._near(one) if stands_at(one, place)}
        for number, place in enumerate(self._places):
            if number not in found:
                raise _nothing_at(place)

    def _parts(self) -> Iterator[tuple[Callable[[Selectable], bool], str, str]]:
        if self._tags is not None:
            hint = "each tag exists: the combination does not"
            yield self._by_tags, f"no scenario is selected by {self._tags.text!r}", hint
        if self._named:
            hint = "a part of its name will do, in capitals or not"
            yield self._by_name, f"no scenario is called anything with {self._named!r}", hint

    def _by_tags(self, one: Selectable) -> bool:
        return self._tags is None or self._tags.selects(one.case.tags)

    def _by_name(self, one: Selectable) -> bool:
        return self._named in one.case.name.lower()

    def _by_place(self, one: Selectable) -> bool:
        return not self._places or any(stands_at(one, place) for _, place in self._near(one))

    def _near(self, one: Selectable) -> list[tuple[int, Place]]:
        """The places in the file of a case, or in folders above it, each with its number."""
        if (path := one.feature.path) not in self._at:
            real = path.resolve()
            near = {real, *real.parents}
            self._at[path] = [(number, place) for number, place in enumerate(self._places) if place.path in near]
        return self._at[path]


def stands_at(one: Selectable, place: Place) -> bool:
    """A scenario stands at every line from its tags to its last row, a case at its example row, and the cases of
    a table of examples at its other lines. At the lines of a Feature, a Rule or a Background all their scenarios do."""
    scenario = one.scenario
    if place.line is None:
        path = one.feature.path.resolve()
        return path == place.path or place.path in path.parents
    if not _is_same(one.feature.path, place.path):
        return False
    if scenario.outline and place.line in {case.line for case in scenario.cases}:
        return one.case.line == place.line
    for span, cases in zip(scenario.table_spans, scenario.tables, strict=True):
        if place.line in span:
            return one.case in cases
    return any(place.line in lines for lines in (scenario.span, *scenario.above))


def _is_same(path: Path, resolved: Path) -> bool:
    return path == resolved or path.resolve() == resolved


def _place(text: str) -> Place:
    path, lines = split_place(text)
    if not Path(path).exists():
        raise GreenroomError(f"--at {text!r} names no file", hint="--at features/end_persistence.feature:12")
    return Place(Path(path).resolve(), lines[0] if lines else None)


def _nothing_at(place: Place) -> GreenroomError:
    return GreenroomError(
        f"no scenario at {shown(place.path)}" + (f":{place.line}" if place.line is not None else ""),
        hint="name the line of a scenario, of one of its steps, of an example row, or of a rule",
        code="nothing-selected",
    )


def split_place(argument: str) -> tuple[str, list[int]]:
    """A command-line argument as a path and, each after a colon, lines: "features/end.feature:12:27"."""
    if Path(argument).exists():  # whatever it is called
        return argument, []
    found = _LINES.search(argument)
    return (argument[: found.start()], [int(line) for line in found[0][1:].split(":")]) if found else (argument, [])


def all_of(expressions: Sequence[str]) -> str:
    """Several tag expressions as one: a scenario must be selected by each."""
    given = [text for text in expressions if text.strip()]
    return given[0] if len(given) == 1 else " and ".join(f"({text})" for text in given)
