"""Who takes part in a scenario: the people that its steps name where the vocabulary has `{x:Name}`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from greenroom.gherkin.lint import Vocabulary

Step = tuple[str, str]
"""A step's type ("given", "when", "then") and its text."""

_NAME = re.compile(r"\{(\w+):Name\}")
_SIGNED_OUT = re.compile(r"\{\w+:Name\} is signed out")


def people_of(steps: Iterable[Step], vocabulary: Vocabulary) -> list[str]:
    """Everybody who is named, in the order of their first appearance."""
    return list(dict.fromkeys(name for _, names in _bound(steps, vocabulary) for name in names))


def members_of(steps: Iterable[Step], vocabulary: Vocabulary) -> int:
    """How many people with an account a scenario has; those who are signed out need none."""
    bound = list(_bound(steps, vocabulary))
    named = {name for _, names in bound for name in names}
    return len(named - {name for pattern, names in bound if _SIGNED_OUT.fullmatch(pattern) for name in names})


def _bound(steps: Iterable[Step], vocabulary: Vocabulary) -> Iterator[tuple[str, list[str]]]:
    """The pattern of each step, and the names that it binds."""
    for kind, text in steps:
        for match in vocabulary.matches(kind, text):
            yield match.pattern, [str(match.bound[hole]) for hole in _NAME.findall(match.pattern)]
