"""Which requests of a page are which operation, by the names of a target file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote, quote_plus

from greenroom.core.errors import NotApplicable
from greenroom.targetfile.deeds import body_denies, body_says, deed_of
from greenroom.targetfile.model import PageRequest, Target

_ONE_PART = "[^/?]+"


@dataclass(frozen=True)
class _Pattern:
    """A method, an address and a body that a request of the page may have."""

    method: str
    url: re.Pattern[str]
    is_body: Callable[[str], bool]

    def fits(self, method: str, url: str, body: str | None = None) -> bool:
        """Whether a request is of this kind; whatever its body is, where none is given."""
        return self.method in ("*", method) and self.url.match(url) is not None and (body is None or self.is_body(body))


@dataclass(frozen=True)
class PageMessage:
    """What the page may say over a WebSocket: over which, in which words, and what a failure is answered by."""

    url: re.Pattern[str]
    words: re.Pattern[str]
    fails: str

    def told_in(self, url: str, text: str) -> dict[str, str] | None:
        """What the groups of its words have found in a message of the page; None where it is another one."""
        found = self.words.search(text) if self.url.match(url) else None
        return {name: value or "" for name, value in found.groupdict().items()} if found else None

    def failure(self, told: Mapping[str, str]) -> str:
        """The message by which the server says that it could not, to one in which that was told."""
        return re.sub(r"\{(\w+)\}", lambda hole: told.get(hole[1], hole[0]), self.fails)


class PageRequests:
    """The page's requests by name: gateway operations, and those of `[page_requests]`."""

    def __init__(self, target: Target) -> None:
        self._target = target

    def pattern(self, name: str) -> re.Pattern[str]:
        """The addresses of requests called `name`, whatever their method."""
        return re.compile("|".join(f"(?:{each.url.pattern})" for each in self.patterns(name)))

    def is_described(self, method: str, url: str) -> bool:
        """Whether the target file describes a request like this, as an operation or as a request of the page."""
        return any(pattern.fits(method, url) for pattern in self._all)

    def is_called(self, name: str, method: str, url: str) -> bool:
        """Whether a request is one of those called `name`; False where the target says nothing of them."""
        return any(pattern.fits(method, url) for pattern in self._described(name))

    @cached_property
    def _all(self) -> list[_Pattern]:
        names = {*self._target.page_requests, *self._target.operations}
        return [pattern for name in sorted(names) for pattern in self._described(name)]

    def describes(self, name: str) -> bool:
        """Whether the target says which request of the page this is, and the page sends one."""
        return any(True for _ in self._described(name))

    def goes_by_socket(self, name: str) -> bool:
        """Whether the target says that the page says this over a WebSocket: the list of its requests is empty."""
        return self._target.page_requests.get(name) == []

    def messages(self, name: str) -> list[PageMessage]:
        """What the page says over a WebSocket in place of a request called `name`, or beside it."""
        said = (request for request in self._target.page_requests.get(name, ()) if request.message)
        return [PageMessage(self._socket(request), re.compile(request.message), request.fails) for request in said]

    def patterns(self, name: str) -> list[_Pattern]:
        """Raises NotApplicable when the target describes no such request."""
        found = list(self._described(name))
        if not found:
            raise NotApplicable(f"request:{name}", f"the target describes no page request {name!r}")
        return found

    def _described(self, name: str) -> Iterator[_Pattern]:
        if name in self._target.page_requests:
            yield from (self._compile(request) for request in self._target.page_requests[name] if not request.message)
        elif name in self._target.operations:
            operation = self._target.operations[name]
            path = re.sub(r"\{[a-z_]+\}", "*", operation.path)
            request = PageRequest(service=operation.service, method=operation.method, path=path)
            deed = deed_of(self._target, name)  # the page may leave words out that the operation says
            yield self._compile(request, lambda body: not body_denies(deed, body))

    def _socket(self, request: PageRequest) -> re.Pattern[str]:
        """The address of a WebSocket, which has a scheme of its own."""
        base = self._target.addresses[request.service].rstrip("/").replace("http", "ws", 1)
        path = re.escape(request.path).replace(r"\*", _ONE_PART)
        return re.compile(re.escape(base) + path + r"(?:\?.*)?$")

    def _compile(self, request: PageRequest, is_body: Callable[[str], bool] | None = None) -> _Pattern:
        base = "".join(map(_asks, request.query.items())) + re.escape(
            self._target.addresses[request.service].rstrip("/")
        )
        fits = is_body or (lambda body: body_says(request.body, body))
        if request.path in ("**", "/**"):
            return _Pattern(request.method, re.compile(base + r"/.*"), fits)
        path = re.escape(request.path).replace(r"\*", _ONE_PART)
        return _Pattern(request.method, re.compile(base + path + r"(?:\?.*)?$"), fits)


def _asks(parameter: tuple[str, str]) -> str:
    """A look ahead for a parameter of the query, as it is written or percent-encoded; `*` in its value is anything."""
    name, value = parameter
    text = "".join("[^&#]*" if char == "*" else _encoded(char) for char in value)
    return rf"(?=[^#]*[?&]{''.join(map(_encoded, name))}={text}(?:[&#]|$))"


def _encoded(char: str) -> str:
    ways = {char, quote(char, safe=""), quote_plus(char, safe=""), "".join(f"%{byte:02x}" for byte in char.encode())}
    return f"(?:{'|'.join(map(re.escape, sorted(ways)))})"
