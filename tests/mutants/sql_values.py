"""Changes of values: constants, lists, coalesce, least and greatest, sums, order, and locks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.mutants.mutant import Change
from tests.mutants.tokens import Tokens

_WORDS = {
    "'live'": "'lobby'",
    "'lobby'": "'live'",
    "'scheduled'": "'lobby'",
    "'ended'": "'cancelled'",
    "'cancelled'": "'ended'",
    "'idle'": "'ended'",
    "'pending'": "'live'",
    "'host'": "'guest'",
    "'guest'": "'host'",
    "'admitted'": "'waiting'",
    "'waiting'": "'admitted'",
    "'rejected'": "'waiting'",
    "'public'": "'group'",
    "'group'": "'public'",
    "'audio'": "'video'",
    "'video'": "'audio'",
    "'service_role'": "'authenticated'",
}
_OPPOSITE = {"true": "false", "false": "true", "least": "greatest", "greatest": "least", "+": "-", "-": "+"}
_NUMBER = re.compile(r"'(\d+)( .*)?'")
_CODE = re.compile(r"'[A-Z_]+'|'\d{5}'")


def changes(tokens: Tokens, first: int, behind: int, where: str) -> Iterator[Change]:
    """Those from one index to before another."""
    for i in range(first, behind):
        token, text = tokens[i], tokens[i].text
        if token.is_string:
            yield from _string(tokens, i, where)
        elif token.kind == "ICONST":
            yield Change(token.start, token.end, str(int(text) + 1), "a constant is another", where)
        elif text in ("coalesce", "least", "greatest") and tokens[i + 1].text == "(":
            yield from _chosen(tokens, i, where)
        elif text in _OPPOSITE and not (text in "+-" and tokens[i - 1].text in ("(", ",", "=")):
            yield Change(token.start, token.end, _OPPOSITE[text], "a constant or operator is its opposite", where)
        elif text == "for" and tokens[i + 1].text in ("no", "update", "share") and tokens[i + 2].text != "to":
            yield from _lock(tokens, i, where)
        elif text == "in" and tokens[i + 1].text == "(" and tokens[i + 2].is_string:
            yield from _list(tokens, i + 1, where)
        elif text == "order" and tokens[i + 1].text == "by":
            yield from _order(tokens, i + 2, where)


def _string(tokens: Tokens, i: int, where: str) -> Iterator[Change]:
    token = tokens[i]
    number = _NUMBER.fullmatch(token.text)
    if token.text in _WORDS:
        yield Change(token.start, token.end, _WORDS[token.text], "a constant is another", where)
    elif number and tokens[i - 1].text != "errcode" and tokens[i - 2].text != "errcode":
        other = f"'{int(number[1]) * 2 + 1}{number[2] or ''}'"
        yield Change(token.start, token.end, other, "a constant is another", where)
    elif _CODE.fullmatch(token.text):
        other = "'55000'" if token.text[1].isdigit() else "'OTHER'"
        yield Change(token.start, token.end, other, "a code is another", where)


def _chosen(tokens: Tokens, i: int, where: str) -> Iterator[Change]:
    """coalesce(a, b) becomes one of the two, as do least and greatest, which also become each other."""
    close = tokens.closing(i + 1)
    for start, stop in tokens.arguments(i + 1):
        kept = tokens.source(start, stop)
        yield Change(tokens[i].start, tokens[close].end, kept, f"{tokens[i].text} is dropped", where)
    if tokens[i].text in _OPPOSITE:
        yield Change(tokens[i].start, tokens[i].end, _OPPOSITE[tokens[i].text], "least / greatest", where)


def _lock(tokens: Tokens, i: int, where: str) -> Iterator[Change]:
    words = ("for", "no", "key", "update", "share", "of", "skip", "locked", "nowait")
    end = i
    while tokens[end].text in words or tokens[end - 1].text == "of":
        end += 1
    yield Change(tokens[i].start, tokens[end - 1].end, "", "a lock is dropped", where)
    if tokens[end - 1].text == "locked":
        yield Change(tokens[end - 2].start, tokens[end - 1].end, "", "skip locked is dropped", where)


def _list(tokens: Tokens, opening: int, where: str) -> Iterator[Change]:
    pieces = tokens.arguments(opening)
    for number, (start, stop) in enumerate(pieces):
        if len(pieces) < 2:
            return
        if number + 1 < len(pieces):
            yield Change(tokens[start].start, tokens[pieces[number + 1][0]].start, "", "an element is dropped", where)
        else:
            yield Change(tokens[pieces[number - 1][1]].start, tokens[stop - 1].end, "", "an element is dropped", where)


def _order(tokens: Tokens, i: int, where: str) -> Iterator[Change]:
    depth = tokens[i].depth
    end = tokens.until(i, ("limit", "for", ";", "returning"), depth)
    for start, stop in tokens.pieces(i, end, depth):
        if tokens[stop - 1].text == "desc":
            yield Change(tokens[stop - 2].end, tokens[stop - 1].end, "", "an order is turned round", where)
        elif start < stop:
            yield Change(tokens[stop - 1].end, tokens[stop - 1].end, " desc", "an order is turned round", where)
