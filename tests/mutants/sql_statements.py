"""Changes of the statements of a function's body: one dropped, a value of an UPDATE left out, a branch never taken."""

from __future__ import annotations

from collections.abc import Iterator

from tests.mutants.mutant import Change
from tests.mutants.tokens import Tokens

_DROPPED = ("update", "insert", "delete", "perform", "select", "raise", "execute", "get", "with")
_BEFORE = (";", "then", "else", "begin", "loop")


def changes(body: Tokens, where: str) -> Iterator[Change]:
    """Those of a whole body."""
    begun = body[0].text != "declare"  # declarations give values, and are no statements
    for i in range(len(body)):
        text = body[i].text
        begun = begun or text == "begin"
        if text == "set":
            yield from _values(body, i, where)
        elif text in ("if", "elsif") and body[i - 1].text in _BEFORE:
            yield from _branch(body, i, where)
        elif text == "when" and body[i - 1].text != "exception":
            yield from _case(body, i, where)
        if begun and body[i].depth == 0 and (body[i - 1].text in _BEFORE) and i > 0:
            yield from _statement(body, i, where)


def _statement(body: Tokens, i: int, where: str) -> Iterator[Change]:
    end = body.until(i, (";",), 0)
    if end >= len(body):
        return
    is_call = body[i].text in _DROPPED
    is_assignment = any(body[j].text == ":=" for j in range(i, min(i + 4, end)))
    is_return = body[i].text == "return" and body[end + 1].text == "end" and body[end + 2].text == "if"
    is_return |= body[i].text == "return" and body[end + 1].text in ("elsif", "else")
    if (is_call or is_assignment or is_return) and body[i - 1].text != ":=":
        yield Change(body[i].start, body[end].end, "null;", "a statement is dropped", where)


def _values(body: Tokens, i: int, where: str) -> Iterator[Change]:
    """Of `set a = 1, b = 2` one is left out."""
    end = body.until(i + 1, ("where", "from", "returning", ";"), body[i].depth)
    pieces = body.pieces(i + 1, end, body[i].depth)
    for number, (start, stop) in enumerate(pieces):
        if len(pieces) < 2:
            return
        if body[start].text == "updated_at":
            continue  # no relation shows it, and no promise speaks of it
        if number + 1 < len(pieces):
            yield Change(body[start].start, body[pieces[number + 1][0]].start, "", "a SET clause is dropped", where)
        else:
            yield Change(body[pieces[number - 1][1]].start, body[stop - 1].end, "", "a SET clause is dropped", where)


def _branch(body: Tokens, i: int, where: str) -> Iterator[Change]:
    then = body.until(i + 1, ("then",), body[i].depth)
    if then >= len(body) or body[then].text != "then":
        return
    condition = body.source(i + 1, then)
    start, end = body[i + 1].start, body[then - 1].end
    yield Change(start, end, f"not coalesce(({condition}), false)", "a condition is turned round", where)
    yield Change(start, end, "false", "a branch is never taken", where)


def _case(body: Tokens, i: int, where: str) -> Iterator[Change]:
    then = body.until(i + 1, ("then",), body[i].depth)
    is_searched = body[i - 1].text == "case" or then - i > 2
    if then < len(body) and body[then].text == "then" and is_searched and then - i > 2:
        yield Change(body[i + 1].start, body[then - 1].end, "false", "a branch is never taken", where)
