"""The summary of a step: Markdown below a size, cut by whole sections. GitHub drops one of more than 1 MiB whole."""

from __future__ import annotations

from collections.abc import Sequence

from greenroom.reporting.github.sections import Section

LIMIT = 900_000
"""Bytes that the file may have in all."""
_NAMED = 20
_ROOM_FOR_NAMES = 6_000
_LONGEST_NAME = 200


def summary(sections: Sequence[Section], limit: int = LIMIT) -> str:
    """As many sections as there is room for in `limit` bytes, in their order, and which were left out. Empty where
    there is no room for any."""
    left_out: list[str] = []
    kept: list[str] = []
    room = limit - _ROOM_FOR_NAMES
    for section in sections:
        size = len(section.text.encode("utf-8", "replace")) + 1
        if size > room:
            left_out.append(section.name)
        else:
            kept.append(section.text)
            room -= size
    if not kept:
        return ""
    if left_out:
        kept.append(_missing(left_out))
    return "\n".join(kept)


def _missing(names: Sequence[str]) -> str:
    named = [f"- {name[:_LONGEST_NAME]}\n" for name in names[:_NAMED]]
    if len(names) > _NAMED:
        named.append(f"- and {len(names) - _NAMED} more\n")
    return (
        f"**Left out here**, since GitHub drops a summary that is too large: {len(names)} of the sections. "
        f"report.html has them.\n\n{''.join(named)}"
    )
