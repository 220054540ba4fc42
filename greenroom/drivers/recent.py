"""What became of one worker's last exchanges, to tell an operation that is never answered from a network that fails."""

from __future__ import annotations

from collections import Counter, deque

from greenroom.targetfile.model import Request

_KEPT = 50
"""Exchanges that are remembered, some five scenarios of them: trouble that was over before says nothing of now."""

Kind = tuple[str, str, str]


class RecentExchanges:
    """The last exchanges, and the operations that are known not to answer. Threads may share it."""

    def __init__(self) -> None:
        self._last: deque[tuple[Kind, bool]] = deque(maxlen=_KEPT)
        self._known: set[Kind] = set()
        self._silent: set[Kind] = set()
        """Of those known, the ones that were not answered since."""
        self._in_a_row: Counter[Kind] = Counter()

    def note(self, request: Request, *, answered: bool) -> None:
        """An exchange is over."""
        self._last.append((kind_of(request), answered))

    def all_answered_but(self, request: Request) -> bool:
        """Whether all others of the last exchanges were answered, but for those that are known not to be."""
        ours = self._known | {kind_of(request)}
        return all(answered for kind, answered in list(self._last) if kind not in ours)

    def succeeded(self, request: Request) -> None:
        """An operation was answered by the application, at once."""
        self._in_a_row.pop(kind_of(request), None)
        self._silent.discard(kind_of(request))

    def failed(self, request: Request) -> int:
        """An operation was not answered when it was first sent; how many times in a row by now, in other scenarios as
        well."""
        self._in_a_row[kind_of(request)] += 1
        return self._in_a_row[kind_of(request)]

    def convict(self, request: Request) -> None:
        """The application was seen not to answer this operation, or only with a bare fault."""
        self._known.add(kind_of(request))
        self._silent.add(kind_of(request))

    def convicted(self, request: Request) -> bool:
        """Whether the application was seen before not to answer this operation, and has not answered it since."""
        return kind_of(request) in self._silent


def kind_of(request: Request) -> Kind:
    """What exchanges with one route have in common."""
    return request.service, request.method, request.path
