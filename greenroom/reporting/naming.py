"""What a scenario is called in a report: its name with its example, its id as words, its rule without a number."""

from __future__ import annotations

import re

from greenroom.record.events import ScenarioFinished


def full_name(scenario: ScenarioFinished) -> str:
    """The scenario's name, with those values of its example that the name does not say: `... [trouble: hangs]`."""
    unsaid = [f"{name}: {value}" for name, value in scenario.example.items() if not _is_said(scenario, name, value)]
    if scenario.id.endswith(f", line {scenario.line}]"):  # another table of examples holds the same row
        unsaid.append(f"line {scenario.line}")
    if scenario.repetition:
        unsaid.append(f"time {scenario.repetition}")
    return f"{scenario.name} [{', '.join(unsaid)}]" if unsaid else scenario.name


def _is_said(scenario: ScenarioFinished, name: str, value: str) -> bool:
    return name in scenario.named_by if scenario.named_by is not None else value in scenario.name


def readable(id_: str) -> str:
    """A node id as words, for a scenario of which only the id is known yet."""
    test = id_.rpartition("::")[2]
    return test.removeprefix("test_").replace("_", " ").strip() or id_


def without_number(rule: str) -> str:
    """A rule's title without the promise in front: `E7 End Room works` becomes `End Room works`."""
    return re.sub(r"^[A-Z]\d+[:.]?\s+", "", rule)


def number_of(rule: str) -> str:
    """The promise that a rule's title begins with, or an empty string."""
    found = re.match(r"[A-Z]\d+\b", rule)
    return found[0] if found else ""
