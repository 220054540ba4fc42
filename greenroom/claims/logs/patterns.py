"""The lines that are looked for: those of the target's `[logs]`, where it says nothing, those of the session fix."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, get_args

from greenroom.targetfile.model import Logs

Kind = Literal[
    "session_created",
    "listing_synced",
    "conflict_noticed",
    "conflict_answered",
    "reset_succeeded",
    "fallback_succeeded",
    "room_provisioned",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

DOCUMENTED: Mapping[Kind, str] = {
    "session_created": r"\[VTID-01228\] Session created: {session}",
    "listing_synced": r"\[VTID-01228\] Synced session to community_live_streams",
    "conflict_noticed": r"\[GoLivePopup\] Room not idle \(409\)",
    "conflict_answered": r'POST \S*/rooms/[^/\s"]+/sessions(?: HTTP/[\d.]+)?"? 409\b',
    "reset_succeeded": r"Force reset succeeded",
    "fallback_succeeded": r"\[EndRoom\] Fallback succeeded: room reset to idle",
    "room_provisioned": r"Auto-provisioning permanent room",
}
"""The documented line of each kind; of `conflict_answered`, how a gateway's request log has it most often."""

KEY = "key"
"""The group of a pattern by which a line and the one that follows it are known to belong together."""
_SESSION = "{session}"
_ID = r"[\w-]+"


def patterns(logs: Logs) -> dict[Kind, re.Pattern[str]]:
    """The pattern of each kind; `{session}` in one becomes a group that is its key, unless it has one already."""
    return {kind: re.compile(_with_key(getattr(logs, kind) or DOCUMENTED[kind]), re.MULTILINE) for kind in KINDS}


def _with_key(text: str) -> str:
    if f"(?P<{KEY}>" in text:
        return text.replace(_SESSION, _ID)
    head, found, tail = text.partition(_SESSION)
    return f"{head}(?P<{KEY}>{_ID}){tail.replace(_SESSION, f'(?P={KEY})')}" if found else text
