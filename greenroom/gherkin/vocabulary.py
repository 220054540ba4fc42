"""The vocabulary as lint and cost need it: which step definitions fit a step, what they bind, and what they cost."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class WordList:
    """A closed list of words that a step may hold in one place: what they are ("pointer"), and what each stands for."""

    what: str
    words: Mapping[str, object]

    def find(self, word: str) -> object:
        """What the word stands for; an UnknownWord when it is not on the list, so that the lint can say so."""
        return self.words.get(word, UnknownWord(word, self))

    def hint(self, word: str) -> str:
        """What is on the list, the closest word first."""
        close = difflib.get_close_matches(word, self.words, n=1)
        meant = f"did you mean {close[0]!r}? " if close else ""
        return f"{meant}one of: {', '.join(self.words)}"


@dataclass(frozen=True)
class UnknownWord:
    """A word in a step that is not on the list of its place."""

    word: str
    known: WordList


@dataclass(frozen=True)
class Cost:
    """What a step costs a target: how often somebody goes live, and whether the people it names need accounts; and
    whether it `waits` for seconds in which the target has nothing to do."""

    go_lives: int = 0
    accounts: bool = True
    waits: bool = False


@dataclass(frozen=True)
class StepMatch:
    """A step definition that fits a step: its pattern, whether it takes a table or a docstring, what the step has where
    the pattern has placeholders, who of these are people, and what the step costs."""

    pattern: str
    takes_table: bool
    takes_docstring: bool
    is_async: bool = False
    bound: Mapping[str, object] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    cost: Cost = Cost()


@dataclass(frozen=True)
class Vocabulary:
    """All step definitions: those that fit a step of a type ("given", "when", "then"), and all patterns of a type."""

    matches: Callable[[str, str], Sequence[StepMatch]]
    patterns: Callable[[str], Sequence[str]]
