"""What can be told of the CSRF token by reading a target file alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from greenroom.core.placeholders import holes
from greenroom.targetfile.model import Request, Target

Path = tuple[str | int, ...]

_PLACE = ("sign_in", "csrf")


def problems_of_csrf(target: Target, requests: Iterable[tuple[Path, Request]]) -> Iterator[tuple[Path, str, str]]:
    """Place, message and hint of each: the token comes from one place, and is sent by one of these requests at least,
    which stand at these places, or with all of them."""
    way = target.sign_in.csrf
    parts = [(path, (each.path, each.query, each.headers, each.json_, each.form)) for path, each in requests]
    sent = [path for path, part in [(("sign_in",), target.sign_in.headers), *parts] if "csrf" in holes(part)]
    if way is None:
        if sent:
            yield sent[0], "{csrf} is sent, and nothing says where it comes from", "[sign_in.csrf] says it"
        return
    ways = [bool(way.pattern), "csrf" in way.request.answer]
    if all(ways) or not (any(ways) or way.cookie):
        how_often = "in several ways" if any(ways) else "nowhere"
        hint = "one of `cookie`, `pattern`, and `csrf` in the answer of [sign_in.csrf.request]"
        yield _PLACE, f"[sign_in.csrf] says {how_often} where the token comes from", hint
    if not sent:
        hint = 'such as headers = { X-CSRF-Token = "{csrf}" } of [sign_in], [people.request] and [sign_in.request]'
        yield _PLACE, "[sign_in.csrf] gives a token that no request sends", hint
