"""What was probably meant by a step that no definition fits: a character that looks alike, a name, other words."""

from __future__ import annotations

import difflib
import re

from greenroom.gherkin.index import StepLine
from greenroom.gherkin.odd_letters import described, meant, plain
from greenroom.gherkin.vocabulary import Vocabulary

_KINDS = ("given", "when", "then")
_LONGEST = 300
"""Characters of a step that are compared with the vocabulary."""


def hint_for(step: StepLine, text: str, vocabulary: Vocabulary, lines: tuple[str, ...], row: int) -> str:
    """A hint for the step `text`, which is filled in from line `row` of the file's `lines`."""
    other = next((kind for kind in _KINDS if kind != step.type and vocabulary.matches(kind, text)), None)
    if other:
        return f"this is a {other.capitalize()} step, here it stands as a {step.type.capitalize()}"
    mended = plain(text)
    if mended != text and vocabulary.matches(step.type, mended):
        return _odd_letter(text, (step.line, row), lines)
    close = _meant(step, text[:_LONGEST], vocabulary)
    if _odd_letters(text):
        return f"{_odd_letter(text, (step.line, row), lines)}; {close}"
    return close


def _odd_letters(text: str) -> list[str]:
    """The characters that are not what they seem to be; those of a word in another script, such as a name, are."""
    words = ((word, word.isalpha() and not plain(word).isascii()) for word in re.split(r"([^\W\d_]+)", text))
    return [letter for word, is_foreign in words if not is_foreign for letter in word if meant(letter) != letter]


def _odd_letter(text: str, places: tuple[int, int], lines: tuple[str, ...]) -> str:
    """The first character of a step that is not what it seems to be; where there is none, blanks are too many."""
    for letter in _odd_letters(text) or [letter for letter in text if meant(letter) != letter]:
        for line in places:
            column = lines[line - 1].find(letter) + 1
            if column:
                return described(letter, column, line if line != places[0] else 0)
    doubled = lines[places[0] - 1].find("  ", lines[places[0] - 1].find(text[:1]))
    return f"column {doubled + 1} holds more than one blank: type one" if doubled >= 0 else "type one blank at a time"


def _meant(step: StepLine, text: str, vocabulary: Vocabulary) -> str:
    kind = step.type.capitalize()
    if vocabulary.matches(step.type, text.rstrip(".,;:!")):
        return f"did you mean: {kind} {text.rstrip('.,;:!')}   (no {text[-1]!r} at the end)"
    if name := _name(step, text, vocabulary):
        return f"did you mean: {kind} {name}   (a name begins with one capital)"
    patterns = {re.sub(r"\{[^}]*\}", "…", pattern): pattern for pattern in vocabulary.patterns(step.type)}
    close = difflib.get_close_matches(text, list(patterns), n=2, cutoff=0.45)
    if not close:
        return "`greenroom steps` lists the vocabulary"
    return "did you mean: " + "   or: ".join(f"{kind} {patterns[pattern]}" for pattern in close)


def _name(step: StepLine, text: str, vocabulary: Vocabulary) -> str:
    """The step as it was meant where only the letters of a name, or of everything, are too large or too small."""
    words = text.split(" ")
    tries = [" ".join([words[0].capitalize(), *(word.lower() for word in words[1:])])]
    tries += [
        " ".join([*words[:n], word.capitalize(), *words[n + 1 :]]) for n, word in enumerate(words) if word.isalpha()
    ]
    return next((one for one in tries if one != text and vocabulary.matches(step.type, one)), "")
