"""Changes of conditions: one dropped, turned round, joined otherwise; of comparisons, and of how NULL is handled."""

from __future__ import annotations

from collections.abc import Iterator

from tests.mutants.mutant import Change
from tests.mutants.tokens import CLOSED, Token, Tokens

_COMPARED = {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "=": "<>", "<>": "="}
_BEFORE = (
    "where",
    "on",
    "if",
    "when",
    "elsif",
    "and",
    "or",
    "using",
    "check",
    "not",
    "(",
    "return",
    ":=",
    "select",
    "then",
)
_BEHIND = (
    *("and", "or", "then", ";", "order", "limit", "for", "returning", "group", "from", "loop", ",", "join", "left"),
    *("with", "else", "end", "as", "where"),
)


def changes(tokens: Tokens, first: int, behind: int, where: str) -> Iterator[Change]:
    """Those from one index to before another."""
    assigned = set(_assignments(tokens, first, behind))
    for i in range(first, behind):
        token, text = tokens[i], tokens[i].text
        if text in _COMPARED and i not in assigned and tokens[i - 2].text != "diagnostics":
            yield Change(token.start, token.end, _COMPARED[text], "a comparison is another", where)
        elif text == "is":
            yield from _null(tokens, i, where)
        elif text == "not" and tokens[i - 1].text != "is" and tokens[i + 1].text not in ("null", "of"):
            yield Change(token.start, tokens[i + 1].start, "", "a not is dropped", where)
        elif text in ("and", "or") and not _is_between(tokens, i):
            yield Change(token.start, token.end, "or" if text == "and" else "and", "and / or", where)
            yield from _operands(tokens, i, behind, where)
        elif text in ("where", "using", "check"):
            yield from _whole(tokens, i, behind, where)


def _whole(tokens: Tokens, i: int, behind: int, where: str) -> Iterator[Change]:
    """A condition is dropped as a whole."""
    if tokens[i].text == "where":
        end = tokens.until(i + 1, ("order", "limit", "for", "returning", "group", ";"), tokens[i].depth)
        last = tokens[min(end, behind) - 1]
        yield Change(tokens[i + 1].start, last.end, "true", "a WHERE condition is dropped", where)
    elif tokens[i + 1].text == "(":
        close = tokens.closing(i + 1)
        told = "a policy's condition is dropped" if where.startswith("policy") else "a check is dropped"
        yield Change(tokens[i + 1].end, tokens[close].start, "true", told, where)


def _operands(tokens: Tokens, i: int, behind: int, where: str) -> Iterator[Change]:
    """One side of an AND or OR is dropped."""
    depth = tokens[i].depth
    right = min(tokens.until(i + 1, _BEHIND, depth), behind)
    yield Change(tokens[i].start, tokens[right - 1].end, "", "a condition is dropped", where)
    if tokens[i - 1].text in CLOSED or tokens[i - 1].depth >= depth:
        left = i - 1
        while left >= 0 and tokens[left].depth >= depth and not _begins(tokens[left], depth):
            left -= 1
        if tokens[left].text not in ("and", "or"):  # else it was dropped as the right side of that
            yield Change(tokens[left + 1].start, tokens[i + 1].start, "", "a condition is dropped", where)


def _begins(token: Token, depth: int) -> bool:
    return token.depth == depth and token.text in _BEFORE and token.text not in ("not", "(")


def _null(tokens: Tokens, i: int, where: str) -> Iterator[Change]:
    following = [tokens[i + step].text for step in (1, 2, 3)]
    if following[0] == "null":
        yield Change(tokens[i].start, tokens[i].end, "is not", "NULL is handled otherwise", where)
    elif following[:2] == ["not", "null"]:
        yield Change(tokens[i + 1].start, tokens[i + 2].start, "", "NULL is handled otherwise", where)
    elif following[:2] == ["distinct", "from"]:
        yield Change(tokens[i].start, tokens[i + 2].end, "<>", "NULL is handled otherwise", where)


def _is_between(tokens: Tokens, i: int) -> bool:
    """Whether the AND at `i` is that of a BETWEEN."""
    return any(tokens[j].text == "between" and tokens[j].depth == tokens[i].depth for j in range(max(i - 4, 0), i))


def _assignments(tokens: Tokens, first: int, behind: int) -> Iterator[int]:
    """Where `=` gives a value and compares nothing."""
    for i in range(first, behind):
        if tokens[i].text != "set":
            continue
        end = min(tokens.until(i + 1, ("where", "from", "returning", ";"), tokens[i].depth), behind)
        for start, stop in tokens.pieces(i + 1, end, tokens[i].depth):
            equal = next((j for j in range(start, stop) if tokens[j].text == "="), None)
            if equal is not None and tokens[equal].depth == tokens[i].depth:
                yield equal
