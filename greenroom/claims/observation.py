"""Something that was seen elsewhere than in rows: in an answer, on a page, in a log. It held, or it did not."""

from __future__ import annotations

from dataclasses import dataclass

from greenroom.core.errors import Inconclusive, What


@dataclass(frozen=True)
class Observation:
    """What was claimed, whether it held, what was expected and what was found instead; `waited` in seconds, at most
    until `deadline` (its name and value, "" for a single look). With a `hindrance` it is worth nothing, held or not.
    `wrong` is what is wrong when it does not hold, for machines; where it is empty, the sentence says it."""

    sentence: str
    held: bool
    expected: str
    found: str
    waited: float = 0.0
    deadline: str = ""
    hindrance: Inconclusive | None = None
    wrong: tuple[What, ...] = ()

    @staticmethod
    def of(
        sentence: str, held: bool, expected: str, otherwise: str, hindrance: Inconclusive | None = None
    ) -> Observation:
        """One of two things was found: what was expected, or the other."""
        return Observation(sentence, held, expected, expected if held else otherwise, hindrance=hindrance)
