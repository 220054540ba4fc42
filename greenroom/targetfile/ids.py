"""What can be told to be wrong with ids that are numbers, by reading the file: 1 is a part of 12, which no UUID is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from greenroom.targetfile.model import Target

_OPEN = re.compile(
    r"\[[^\]]*?(?:[*^]=\s*[\"']?[^\]\"']*\{(?:room|session|account)\}[\"']?\s*[is]?\]"  # whatever follows
    r"|[*$]=\s*[\"']?\{(?:room|session|account)\}[^\]]*\])"  # whatever stands before
)
"""The part of an address or a mark that an id begins or ends, with nothing behind or before it."""


def problems_of_ids(target: Target) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Place, message and hint of each. That ids are numbers is told by `unknown_room`."""
    is_number = target.unknown_room.isdigit()
    if target.ids == "number" and not is_number:
        message = f'`unknown_room` is {target.unknown_room!r}, and `ids` are "number"'
        yield ("unknown_room",), message, 'a number that no room has, such as "2147483647"'
    if target.web is None or not is_number:
        return
    for name in ("listing", "go_live", "viewer"):
        for key, selector in getattr(target.web, name):
            if isinstance(selector, str) and (found := _OPEN.search(selector)):
                message = f"[web.{name}] `{key}`: {found.group()} means the room 12 as well where 1 is meant"
                yield (
                    ("web", name, key),
                    message,
                    "`=` in place of `*=`, `^=` or `$=`; or what stands beside the id, too",
                )
