"""Changes of what the schema holds by itself: constraints, rights, policies, and whose rights a function has."""

from __future__ import annotations

from collections.abc import Iterator

from tests.mutants.mutant import Change
from tests.mutants.tokens import Tokens

_WHOLE = ("grant", "revoke", "alter")


def changes(tokens: Tokens, first: int, behind: int, where: str) -> Iterator[Change]:
    """Those of the statement from one index to before another, which is that of its semicolon."""
    head = [tokens[i].text for i in range(first, min(first + 4, behind))]
    is_policy = head[:2] == ["create", "policy"]
    if head[0] in _WHOLE or is_policy or head[:3] == ["create", "unique", "index"]:
        yield Change(tokens[first].start, tokens[behind].end, "", "a statement is dropped", where)
    if head[0] in ("grant", "revoke"):
        yield from _rights(tokens, first, behind, where)
    if is_policy or head[0] == "grant":
        yield from _whom(tokens, first, behind, where)
    for i in range(first, behind):
        text = tokens[i].text
        if text == "unique":
            yield Change(tokens[i].start, tokens[i].end, "", "a UNIQUE is dropped", where)
        elif text == "not" and tokens[i + 1].text == "null" and tokens[i + 2].text != "default":
            if tokens[i - 1].text != "is":
                yield Change(tokens[i].start, tokens[i + 1].end, "", "a NOT NULL is dropped", where)
        elif text == "on" and tokens[i + 1].text in ("delete", "update") and head[:2] != ["create", "function"]:
            end = i + (4 if tokens[i + 2].text == "set" else 3)
            yield Change(tokens[i].start, tokens[end - 1].end, "", "an ON DELETE is dropped", where)
        elif text == "security" and tokens[i + 1].text == "definer":
            yield Change(tokens[i].start, tokens[i + 1].end, "", "SECURITY DEFINER is dropped", where)


def _rights(tokens: Tokens, first: int, behind: int, where: str) -> Iterator[Change]:
    """A column or a function of a list is left out; a right to some columns becomes one to all."""
    for i in range(first, behind):
        if tokens[i].text == "(" and tokens[i - 1].text in ("select", "update", "insert"):
            yield Change(tokens[i].start, tokens[tokens.closing(i)].end, "", "a list of columns is dropped", where)
            yield from _left_out(tokens, tokens.arguments(i), "a column is dropped", where)
        elif tokens[i].text == "function" and tokens[i - 1].text == "on":
            end = tokens.until(i + 1, ("to",), 0)
            yield from _left_out(tokens, tokens.pieces(i + 1, end, 0), "a function is dropped", where)


def _left_out(tokens: Tokens, pieces: list[tuple[int, int]], told: str, where: str) -> Iterator[Change]:
    if len(pieces) < 2:
        return
    for number, (start, stop) in enumerate(pieces):
        if number + 1 < len(pieces):
            yield Change(tokens[start].start, tokens[pieces[number + 1][0]].start, "", told, where)
        else:
            yield Change(tokens[pieces[number - 1][1]].start, tokens[stop - 1].end, "", told, where)


def _whom(tokens: Tokens, first: int, behind: int, where: str) -> Iterator[Change]:
    """What members may, visitors may as well."""
    for i in range(first, behind):
        if tokens[i].text == "to" and tokens[i + 1].text == "authenticated":
            yield Change(tokens[i + 1].end, tokens[i + 1].end, ", anon", "visitors may as well", where)
