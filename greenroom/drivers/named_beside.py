"""A request that says beside its proof that it comes from somebody else, in the places where services look for that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from greenroom.targetfile.model import Operation

_WHO_ASKS = "{account}"

_IN_BODIES = ("user_id", "userId", "host_user_id", "host_id", "hostId", "account_id")
_IN_HEADERS = ("X-User-Id", "X-Forwarded-User")
_WITH_BODY = ("POST", "PUT", "PATCH")


def naming(described: Operation, others: Iterable[Operation]) -> Operation:
    """The operation with the account of who asks in headers, and where its body is a JSON object, a form or nothing in
    that as well: under the names by which the target's `others` tell it, and under usual ones. What the request says
    already stays."""
    said = dict.fromkeys([*_told_by(others), *_IN_BODIES], _WHO_ASKS)
    more: dict[str, Any] = {"headers": dict.fromkeys(_IN_HEADERS, _WHO_ASKS) | described.headers}
    if described.form is not None:
        more["form"] = said | described.form
    elif isinstance(described.json_, Mapping):
        more["json_"] = said | dict(described.json_)
    elif described.json_ is None and described.method in _WITH_BODY:
        more["json_"] = said
    return described.model_copy(update=more)


def _told_by(others: Iterable[Operation]) -> Iterable[str]:
    for other in others:
        if isinstance(other.json_, Mapping):
            yield from (name for name, value in other.json_.items() if value == _WHO_ASKS)
