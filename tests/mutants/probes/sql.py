"""Probes of PL/pgSQL: one before each statement of a function's body, and one where the body begins.

Functions written in SQL itself are no place for one: what they are made of is planned into the query that calls them.
"""

from __future__ import annotations

from collections.abc import Iterator

from tests.mutants.probes.probe import Probe
from tests.mutants.tokens import Tokens

_LIST_ENDS = ("end", "elsif", "else", "when", "exception")
_HEADS = {"if": "then", "for": "loop", "while": "loop", "loop": "loop", "foreach": "loop"}


def probes(text: str) -> Iterator[Probe]:
    """Those of a file of statements."""
    tokens = Tokens(text)
    for token in (tokens[index] for index in range(len(tokens))):
        if token.is_string and token.text.startswith("$$"):
            body = Tokens(token.text[2:-2], token.start + 2)
            if body[0].text in ("declare", "begin"):
                yield from _Body(body).all(token.start, token.end)


class _Body:
    """Goes through the statements of one body; each method returns the index behind what it read."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens
        self._found: list[Probe] = []

    def all(self, start: int, end: int) -> list[Probe]:
        """The probes of a body that reaches from `start` to `end`."""
        self._block(0)
        first = min(one.at for one in self._found)
        return [Probe(first, start, end), *self._found]

    def _block(self, i: int) -> int:
        if self._text(i) == "declare":
            i = self._tokens.until(i, ("begin",), 0)
        i = self._statements(i + 1)
        if self._text(i) == "exception":
            i = self._branches(i + 1, "when")
        return self._behind(i)

    def _statements(self, i: int) -> int:
        while i < len(self._tokens) and self._text(i) not in _LIST_ENDS:
            i = self._statement(i)
        return i

    def _statement(self, i: int) -> int:
        first, text = i, self._text(i)
        if text in ("begin", "declare"):
            i = self._block(i)
        elif text == "case":
            i = self._branches(self._tokens.until(i, ("when",), 0), "when")
            i = self._behind(i)
        elif text in _HEADS:
            i = self._statements(self._tokens.until(i, (_HEADS[text],), 0) + 1)
            i = self._behind(self._branches(i, "elsif"))
        else:
            i = self._behind(i)
        tokens = self._tokens
        self._found.append(Probe(tokens[first].start, tokens[first].start, tokens[i - 1].end))
        return i

    def _branches(self, i: int, word: str) -> int:
        """Further branches, each behind a condition, and the last one behind an else."""
        while self._text(i) in (word, "else"):
            then = i if self._text(i) == "else" else self._tokens.until(i, ("then",), 0)
            i = self._statements(then + 1)
        return i

    def _behind(self, i: int) -> int:
        return min(self._tokens.until(i, (";",), 0) + 1, len(self._tokens))

    def _text(self, i: int) -> str:
        return self._tokens[i].text
