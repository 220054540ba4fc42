"""What a target declares and does not have: a failure that names it, never a skip."""

from __future__ import annotations

from collections.abc import Collection

from greenroom.targetfile.capabilities import declaring
from greenroom.targetfile.operations import OPERATIONS

_BACKED_BY = {
    "request:reset": "page-reset",
    "request:end_fallback": "client-fallback",
    "request:host_lookup": "host-lookup",
} | {
    f"operation:{name}": spec.capability
    # of a data API each deed is optional: the capability says that there are some
    for name, spec in OPERATIONS.items()
    if spec.capability and spec.capability != "data-api"
}


def declared_but_missing(needed: str, declared: Collection[str]) -> str:
    """The declared capability that `needed` (a capability, "operation:NAME" or "request:NAME") belongs to, or ""."""
    return declaring(_BACKED_BY.get(needed, needed), declared)
