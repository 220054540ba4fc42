"""What pytest-bdd would let pass unseen, and what would only show when it runs: refused before a run."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from greenroom.core.errors import BadFeature
from greenroom.core.project import PROMISES
from greenroom.gherkin.index import FeatureIndex, ScenarioIndex, StepLine, filled, shown
from greenroom.gherkin.odd_letters import described, meant, name_of, plain
from greenroom.gherkin.promises import read_promises, read_subjects
from greenroom.gherkin.snippet import snippet_for
from greenroom.gherkin.tags import problems_of
from greenroom.gherkin.unknown_step import hint_for
from greenroom.gherkin.vocabulary import UnknownWord, Vocabulary

_LONGEST_STEP = 10_000
"""Characters of a step; a title of some thousands is one that a scenario may try."""
_NAMES_ALIKE = 0.8
"""Grace and Grcae are alike by 0.8, Joan and Jane by 0.75."""
_KINDS = ("given", "when", "then")
_PARAMETER = re.compile(r"<([^<>\n]+)>")
_STEP = re.compile(r"(?:Given|When|Then|And|But|\*)(?! )([\s\u00ad\u200b-\u200d\u2060\ufeff])")
_KEYWORD = re.compile(r"(?i:background|scenario(?: outline)?|examples)\s*:|Scenario(?: Outline)?\b")


@dataclass(frozen=True)
class LintFinding:
    """One thing that is wrong, with its line."""

    line: int
    message: str
    hint: str
    snippet: str = ""  # a definition to begin with, of a step that has none


def lint(feature: FeatureIndex, vocabulary: Vocabulary) -> list[LintFinding]:
    """Everything wrong with a feature, in the order of lines."""
    findings = [*_duplicates(feature), *_unread(feature, vocabulary), *_tags(feature), *_leading(feature)]
    for scenario in feature.scenarios:
        findings += _shape(scenario)
        findings += _odd_name(scenario.line, scenario.name, feature.lines)
        findings += _lookalikes(scenario, vocabulary, feature.lines)
        findings += _named_once(scenario, vocabulary)
        findings += _steps(scenario, vocabulary, feature.lines)
    unique = dict.fromkeys(findings)
    return sorted(unique, key=lambda finding: finding.line)


def refuse(feature: FeatureIndex, findings: Sequence[LintFinding]) -> None:
    """Raises BadFeature when there is any finding; every finding is a line of its message."""
    if not findings:
        return
    lines = [f"{shown(feature.path)}:{finding.line}: {finding.message}" for finding in findings]
    hints = [f"\n  hint: {finding.hint}" if finding.hint else "" for finding in findings]
    if any(finding.snippet for finding in findings):
        hints[-1] += f"\n  a definition to begin with, for each unknown step:   greenroom lint {shown(feature.path)}"
    raise BadFeature("\n".join(line + hint for line, hint in zip(lines, hints, strict=True)))


def _duplicates(feature: FeatureIndex) -> Iterator[LintFinding]:
    first: dict[str, int] = {}
    for scenario in feature.scenarios:
        name = unicodedata.normalize("NFC", scenario.name)  # one letter may be written as two
        if name in first:
            yield LintFinding(
                scenario.line,
                f"a second scenario is called {scenario.name!r}",
                f"the first, in line {first[name]}, would vanish: give each its own name",
            )
        first.setdefault(name, scenario.line)


def _unread(feature: FeatureIndex, vocabulary: Vocabulary) -> Iterator[LintFinding]:
    """Steps and keywords with a typo that Gherkin takes for a description: nothing of them would run."""
    for said in feature.prose:
        _, _, rest = plain(said.text).partition(" ")
        message = f"this is read as a description: {said.text}"
        if _KEYWORD.match(plain(said.text)) and not _KEYWORD.match(said.text):
            odd = next(letter for letter in said.text if meant(letter) != letter)
            yield LintFinding(said.line, message, described(odd, feature.lines[said.line - 1].find(odd) + 1))
        elif keyword := _KEYWORD.match(said.text):
            word = keyword.group().rstrip(": ").title()
            yield LintFinding(said.line, message, f"it is written {word!r}, and a colon follows at once")
        elif step := _STEP.match(said.text):  # by a blank that is none, as it is pasted from a web page
            odd = step.group(1)
            yield LintFinding(said.line, message, described(odd, feature.lines[said.line - 1].find(odd) + 1))
        elif any(vocabulary.matches(kind, text) for kind in _KINDS for text in (said.text, rest) if text):
            yield LintFinding(said.line, message, "a step begins with Given, When, Then, And or But")


def _tags(feature: FeatureIndex) -> Iterator[LintFinding]:
    """Tags that name a promise, a capability or the like which does not exist."""
    promises, subjects = read_promises(PROMISES), read_subjects(PROMISES)
    for line, tag in feature.tag_lines:
        for problem in problems_of(tag, promises, subjects):
            yield LintFinding(line, f"{problem.message}: @{tag}", problem.hint)


def _leading(feature: FeatureIndex) -> Iterator[LintFinding]:
    """A first step that goes on with nothing."""
    for step in feature.leading:
        if step.follows:
            message = f"the first step begins with {step.keyword!r}, and there is none that it could go on with"
            yield LintFinding(step.line, message, "begin with Given, When or Then")


def _odd_name(line: int, name: str, lines: tuple[str, ...]) -> Iterator[LintFinding]:
    """A character in a name that no report could show."""
    odd = next((letter for letter in name if unicodedata.category(letter) in ("Cc", "Zl", "Zp")), "")
    if odd:
        hint = described(odd, lines[line - 1].find(odd) + 1)
        yield LintFinding(line, f"a name with a {name_of(odd)} in it: {name!r}", hint)


def _lookalikes(scenario: ScenarioIndex, vocabulary: Vocabulary, lines: tuple[str, ...]) -> Iterator[LintFinding]:
    """Two people whose names look the same and are not."""
    first: dict[str, str] = {}
    for step in scenario.steps:
        for name in (name for match in vocabulary.matches(step.type, step.text)[:1] for name in match.people):
            if first.setdefault(plain(name), name) != name:
                odd = next(letter for letter in max(name, first[plain(name)]) if plain(letter) != letter)
                hint = described(odd, lines[step.line - 1].find(odd) + 1)
                yield LintFinding(step.line, f"somebody else is called {plain(name)!r} as well, in other letters", hint)


def _named_once(scenario: ScenarioIndex, vocabulary: Vocabulary) -> Iterator[LintFinding]:
    """A name that one step has alone, and that is another name but for a letter or two: somebody new would be made for
    a typo, of whom most that is said not to be so is true."""
    lines: dict[str, list[int]] = {}
    for step in scenario.steps:
        for name in {name for match in vocabulary.matches(step.type, step.text)[:1] for name in match.people}:
            lines.setdefault(name, []).append(step.line)
    for name, (line, *others) in lines.items():
        before = [one for one in lines if lines[one][0] < line]
        close = difflib.get_close_matches(name, before, n=1, cutoff=_NAMES_ALIKE)
        if not others and close and not _PARAMETER.search(name):
            message = f"{name} is named in this step alone, and {close[0]} before it"
            hint = (
                f"did you mean {close[0]}? If {name} is somebody else, say first who that is: Given {name} is a member"
            )
            yield LintFinding(line, message, hint)


def _shape(scenario: ScenarioIndex) -> Iterator[LintFinding]:
    if not scenario.steps:
        yield LintFinding(
            scenario.line, f"the scenario {scenario.name!r} has no steps", "it would pass without checking"
        )
    elif not any(step.type == "then" for step in scenario.steps):
        yield LintFinding(
            scenario.line, f"the scenario {scenario.name!r} has no Then", "it would pass without checking"
        )
    if scenario.outline and not scenario.cases and not scenario.empty_examples:
        yield LintFinding(scenario.line, f"the outline {scenario.name!r} has no Examples", "add an Examples table")
    if not scenario.name:
        yield LintFinding(scenario.line, "the scenario has no name", "reports call it by its name: say what it shows")
    for line, name in scenario.doubled_columns:
        yield LintFinding(line, f"two columns are called {name!r}", "the first would be overwritten: rename one")
    for table in scenario.tables:
        first: dict[tuple[str, ...], int] = {}
        for case in table:
            row = tuple(case.values.values())
            if row and row in first:
                yield LintFinding(
                    case.line, f"the same example as in line {first[row]}", "it would run twice: take one out"
                )
            first.setdefault(row, case.line)
    for line in scenario.empty_examples:
        yield LintFinding(line, f"the Examples of {scenario.name!r} have no rows", "add a row, or take the table out")
    for step in scenario.steps:
        for name in _PARAMETER.findall(step.text):
            if scenario.outline and name not in scenario.parameters:
                close = difflib.get_close_matches(name, scenario.parameters, n=1)
                hint = f"did you mean <{close[0]}>?" if close else "no Examples table has that column"
                yield LintFinding(step.line, f"unknown parameter <{name}>", hint)


def _steps(scenario: ScenarioIndex, vocabulary: Vocabulary, lines: tuple[str, ...]) -> Iterator[LintFinding]:
    """What is wrong with each step; where it is wrong in some rows of the examples only, at the lines of those."""
    for step in scenario.steps:
        found = [
            (case, list(_step(step, filled(step.text, case.values), vocabulary, lines, case.line)))
            for case in scenario.cases
        ]
        if not found:
            yield from _step(step, step.text, vocabulary, lines, step.line)
        in_all = all(findings for _, findings in found)
        for case, findings in found:
            for finding in findings:
                yield finding if in_all or not scenario.outline else replace(finding, line=case.line)


def _step(step: StepLine, text: str, vocabulary: Vocabulary, lines: tuple[str, ...], row: int) -> Iterator[LintFinding]:
    if len(text) > _LONGEST_STEP:
        hint = f"at most {_LONGEST_STEP} are read: is a text meant to stand below the step?"
        yield LintFinding(step.line, f"a step of {len(text)} characters: {step.keyword} {text[:60]}…", hint)
        return
    found = vocabulary.matches(step.type, text)
    if not found:
        hint = hint_for(step, text, vocabulary, lines, row)
        snippet = snippet_for(step.type, text)
        yield LintFinding(step.line, f"unknown step: {step.keyword} {text}", hint, snippet)
        return
    if len(found) > 1:
        both = " and ".join(repr(match.pattern) for match in found[:2])
        yield LintFinding(
            step.line, f"two step definitions match: {step.keyword} {text}", f"{both}: reword one of them"
        )
    for value in found[0].bound.values():
        if isinstance(value, UnknownWord):
            message = f"unknown {value.known.what} {value.word!r}: {step.keyword} {text}"
            yield LintFinding(step.line, message, value.known.hint(value.word))
    if found[0].is_async:
        yield LintFinding(
            step.line, f"the step {found[0].pattern!r} is async and would never run", "make it a plain def"
        )
    if step.has_table and not found[0].takes_table:
        yield LintFinding(
            step.line, f"this step takes no table: {step.keyword} {text}", "it would be ignored: take it out"
        )
    if step.has_docstring and not found[0].takes_docstring:
        yield LintFinding(step.line, f"this step takes no docstring: {step.keyword} {text}", "it would be ignored")
