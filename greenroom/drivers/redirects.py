"""Answers that lead somewhere else: where a client goes on to, and the ids that stand in the address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

MOST = 5
"""So many redirects in a row are followed."""
_KEEPS_METHOD = frozenset({307, 308})
_LEADS_ON = frozenset({301, 302, 303}) | _KEEPS_METHOD
_HOLE = re.compile(r"\\\{([a-z][a-z0-9_]*)\\\}")


def goes_on(status: int, headers: Mapping[str, str], url: str, addresses: Iterable[str]) -> str:
    """Where a client goes on to after such an answer to `url`; "" where it is no redirect, or leads away from all of
    the target's addresses, which is nobody's business but a proxy's."""
    return named_by(headers, url, addresses) if status in _LEADS_ON else ""


def named_by(headers: Mapping[str, str], url: str, addresses: Iterable[str]) -> str:
    """The address of the target that the header Location of an answer to `url` names; "" where it names none."""
    location = headers.get("Location", "").strip()
    if not location:
        return ""
    try:
        to = urljoin(url, location)
        known = {urlsplit(address).netloc for address in (*addresses, url)}
        return to if urlsplit(to).netloc in known else ""
    except ValueError:
        return ""


def method_after(status: int, method: str) -> str:
    """The method with which a client goes on: most redirects make a GET of everything."""
    return method if status in _KEEPS_METHOD else "GET"


def leads_to(pattern: str, address: str) -> bool:
    """Whether the path of an address ends as `pattern` says, in which `{room}` and the like are one part each."""
    return re.search(rf"{_HOLE.sub('[^/]+', re.escape(pattern))}/?$", urlsplit(address.strip()).path) is not None


def read_location(pattern: str, address: str) -> dict[str, str]:
    """What an address tells, such as that in the header Location, by the words that stand in the end of its path,
    `/rooms/{room}`, in its query, `/signed-in?code={started}`, whatever else stands there, or in what is behind its
    `#`, `/#/rooms/{room}`."""
    wanted, given = urlsplit(pattern), urlsplit(address.strip())
    found: dict[str, str] = {}
    ends = [(wanted.path, given.path), *([(wanted.fragment, given.fragment)] if wanted.fragment else [])]
    for end, text in ends:
        shape = _HOLE.sub(r"(?P<\1>[^/?#&]+)", re.escape(end))
        match = re.search(rf"{shape}/?$", text)
        if match is None:
            return {}
        found |= {word: unquote(value) for word, value in match.groupdict().items()}
    fields = dict(parse_qsl(given.query))
    for name, value in parse_qsl(wanted.query):
        hole = re.fullmatch(r"\{([a-z][a-z0-9_]*)\}", value)
        if name not in fields or (hole is None and fields[name] != value):
            return {}
        if hole is not None:
            found[hole[1]] = fields[name]
    return found
