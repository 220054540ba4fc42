"""Why a feature file is no Gherkin, in words for the person who wrote it."""

from __future__ import annotations

import difflib
import re

from gherkin.errors import CompositeParserException, ParserError

from greenroom.core.errors import BadFeature
from greenroom.gherkin.odd_letters import described, meant, plain

_KEYWORDS = ("Given", "When", "Then", "And", "But", "Feature", "Rule", "Scenario", "Background", "Examples")
_TEXT_BLOCK = ('"""', "```")


def unparsable(place: str, error: CompositeParserException | ParserError, text: str) -> BadFeature:
    """The error for a text that is no Gherkin: the line, what stands there, and what was probably meant."""
    first = error.errors[0] if isinstance(error, CompositeParserException) else error
    line = int((getattr(first, "location", None) or {}).get("line", 1))
    lines = text.split("\n")
    written = "".join(lines[line - 1 : line]).strip() or "end of file"
    reason = str(first).split(": ", 1)[-1].split(", got")[0].replace("expected: ", "expected ")
    return BadFeature(
        f"{place}:{line}: not Gherkin: {written!r}",
        hint=_unclosed(lines) or _odd_letter("".join(lines[line - 1 : line])) or _gherkin_hint(written, reason, lines),
        code="unparsable-feature",
    )


def odd_keyword(text: str) -> str:
    """A hint for a text whose first scenario is none to Gherkin, for a character in its keyword or behind it."""
    for number, line in enumerate(text.split("\n"), start=1):
        keyword = re.match(r"\s*Scenario(?: Outline)?\s*:", plain(line))
        odd = next((letter for letter in line.partition(":")[0] if meant(letter) != letter), "") if keyword else ""
        if odd:
            return described(odd, line.index(odd) + 1, number)
    return ""


def _odd_letter(line: str) -> str:
    """A hint for a line whose first words hold a character that looks like another, or like a blank."""
    for column, letter in enumerate(line, start=1):
        if letter not in "\t\r" and meant(letter) != letter:
            return described(letter, column)
        if letter == ":":
            break
    return ""


def _unclosed(lines: list[str]) -> str:
    """A hint for a text block that is opened and never closed."""
    opened, delimiter = 0, ""
    for number, line in enumerate(lines, start=1):
        found = next((mark for mark in _TEXT_BLOCK if line.strip().startswith(mark)), "")
        if found and not delimiter:
            opened, delimiter = number, found
        elif delimiter and line.strip() == delimiter:
            delimiter = ""
    return f"the text block that begins in line {opened} is not closed: end it with {delimiter}" if delimiter else ""


def _gherkin_hint(written: str, reason: str, lines: list[str]) -> str:
    if written.startswith("@"):
        return "a tag has no blank in it, and each begins with @"
    if written.startswith("#"):
        return "this language is not known: en, de, fr and others are"
    first_word = written.split(" ")[0].rstrip(":")
    above = any(line.strip().startswith("Feature:") for line in lines)
    if first_word == "Feature" and written.startswith("Feature:"):
        return "a file holds one Feature: put the second into a file of its own"
    if written.startswith(("Rule:", "Scenario", "Background:", "Examples:", "Given ", "When ", "Then ")) and not above:
        return 'a file begins with "Feature: ..."'
    swapped = [keyword for keyword in _KEYWORDS if sorted(keyword.lower()) == sorted(first_word.lower())]
    close = swapped or difflib.get_close_matches(first_word.capitalize(), _KEYWORDS, n=1, cutoff=0.7)
    if close and close[0] != first_word:
        return f"did you mean {close[0]!r}?"
    if close and first_word not in ("Given", "When", "Then", "And", "But"):
        return f"{first_word!r} is followed by a colon"
    if reason.startswith("inconsistent"):
        return "every row of a table has as many cells as its header"
    return "a step begins with Given, When, Then, And or But"
