"""Acts as data: what is done, by whom, and in which words of the vocabulary; and what is due once it has been done."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from greenroom.scenario.explore.looking import followed

if TYPE_CHECKING:
    from greenroom.scenario.explore.expected import Expected

GIVEN, WHEN, THEN = "given", "when", "then"
BETWEEN_WORDS = " | "
"""Between the two words of an act whose step has {first} and {second}."""


@dataclass(frozen=True, order=True)
class Act:
    """One act: its kind by name, the host whose room it is about, whoever else takes part, and the word that its step
    has in place of {word}."""

    kind: str
    host: str
    others: tuple[str, ...] = ()
    word: str = ""

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who takes part."""
        return (self.host, *self.others)


@dataclass(frozen=True)
class SaidStep:
    """One step of a scenario: "given", "when" or "then", and its text without the keyword."""

    type: str
    text: str


@dataclass(frozen=True)
class Due:
    """What a Then says must be so, as a step's text, and the promise that it belongs to. `compares` when it looks back
    to how things were before the Whens above it."""

    text: str
    promise: str
    compares: bool = False


@dataclass(frozen=True)
class KindOfAct:
    """One kind of act of the vocabulary.

    `steps` are its steps as patterns with {host}, {one}, {two}, {three}, {word}, {first} and {second}; `given` the same
    as a state that a scenario begins with, where there are such words. `can` says whether it makes sense as things are
    expected to be, `then` how it leaves them, and `due` what must hold then, by how things were
    before and are after. `needs` are operations ("operation:join"), capabilities, or "disposable".
    """

    name: str
    steps: tuple[SaidStep, ...]
    can: Callable[[Expected, Act], bool]
    then: Callable[[Expected, Act], Expected]
    due: Callable[[Expected, Expected, Act], Iterable[Due]]
    given: str | Callable[[Expected, Act], str] = ""
    needs: tuple[str, ...] = ()
    others: tuple[tuple[str, ...], ...] = ((),)  # who may take part beside the host
    words: tuple[str, ...] = ("",)
    race: bool = False  # things meet in it, and not always in the same way
    slow: bool = False  # it takes a second or more
    known: bool = False  # those who take part have to be somebody before the act
    promise: str = ""  # that the Thens among its steps belong to
    calmer: str = ""  # the kind that does the same in a simpler way, with nothing at the same moment
    fiercer: str = ""  # the kind in which the same meets more surely
    parts: Callable[[Act], tuple[Act, ...]] | None = None  # the single acts that come to the same
    hosts: bool = False  # those who take part are hosts as well
    hostless: bool = False  # it is about nobody's room
    tags: tuple[str, ...] = ()  # what a scenario with it is tagged with, beside promises

    def after(self, expected: Expected, act: Act) -> Expected:
        """How things are expected to be after an act of this kind, with the pages that are open."""
        return followed(expected, self.then(expected, act), act)

    def said(self, act: Act) -> list[SaidStep]:
        """The steps of an act of this kind."""
        return [SaidStep(step.type, filled(step.text, act)) for step in self.steps]

    def claims(self, act: Act) -> list[Due]:
        """What the Thens among the steps of an act of this kind claim on the way."""
        return [Due(step.text, self.promise) for step in self.said(act) if step.type == THEN]

    def as_given(self, expected: Expected, act: Act) -> str:
        """The act as a state that a scenario begins with; "" where there are no words for it."""
        pattern = self.given if isinstance(self.given, str) else self.given(expected, act)
        return filled(pattern, act)


def filled(pattern: str, act: Act) -> str:
    """A step's text with an act's people and word in it."""
    names = dict(zip(("one", "two", "three"), act.others, strict=False))
    first, _, second = act.word.partition(BETWEEN_WORDS)
    return pattern.format(host=act.host, word=act.word, first=first, second=second, **names)
