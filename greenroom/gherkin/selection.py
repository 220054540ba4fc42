"""Selects scenarios: by tag expression, and by file and line."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cucumber_tag_expressions import parse
from cucumber_tag_expressions.parser import TagExpressionError

from greenroom.core.errors import GreenroomError

_WORD = re.compile(r"[^\s()]+")
_OPERATORS = {"and", "or", "not"}


@dataclass(frozen=True)
class Place:
    """A line of a feature file."""

    path: Path
    line: int


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


def split_place(argument: str) -> tuple[str, int | None]:
    """A command-line argument as a path and, after a colon, a line: "features/end.feature:12"."""
    path, colon, line = argument.rpartition(":")
    if colon and line.isdigit():
        return path, int(line)
    return argument, None
