"""Who takes part in a scenario: the people that its steps name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from greenroom.gherkin.vocabulary import StepMatch, Vocabulary

Step = tuple[str, str]
"""A step's type ("given", "when", "then") and its text."""


def people_of(steps: Iterable[Step], vocabulary: Vocabulary) -> list[str]:
    """Everybody who is named, in the order of their first appearance."""
    return list(dict.fromkeys(name for match in _matches(steps, vocabulary) for name in match.people))


def members_of(steps: Iterable[Step], vocabulary: Vocabulary) -> int:
    """How many people with an account a scenario has; those who are signed out need none."""
    found = list(_matches(steps, vocabulary))
    named = {name for match in found for name in match.people}
    return len(named - {name for match in found if not match.cost.accounts for name in match.people})


def _matches(steps: Iterable[Step], vocabulary: Vocabulary) -> Iterator[StepMatch]:
    for kind, text in steps:
        yield from vocabulary.matches(kind, text)
