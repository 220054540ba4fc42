"""A gateway's and its pages' log of any size: mostly requests, and among them the documented lines in their order."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
_PATHS = ("/rooms/me", "/rooms/{}/state", "/rooms/{}/join", "/rooms/{}/leave", "/rooms/{}/host-present")


@dataclass
class Written:
    """What stands in the log that was written."""

    lines: int = 0
    created: int = 0
    conflicts: int = 0
    unreset: int = 0
    unsynced: int = 0


def write(path: Path, size: int, *, as_json: bool = False, seed: int = 7) -> Written:
    """Write a log of about `size` bytes, and say what is in it. Every 2,000th Go Live is never synced, every 50th is
    refused first, and every 10th of those is not reset."""
    written, room = Written(), 0
    with path.open("w", encoding="utf-8") as file:
        for time, text in _lines(random.Random(seed), written):
            stamp = time.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
            line = json.dumps({"time": stamp, "level": "info", "msg": text}) if as_json else f"{stamp} {text}"
            room += file.write(line + "\n")
            written.lines += 1
            if room >= size and text.endswith("ms end"):
                return written
    return written


def _lines(chance: random.Random, written: Written) -> Iterator[tuple[dt.datetime, str]]:
    time = dt.datetime(2026, 2, 15, tzinfo=dt.UTC)
    for number in itertools.count(1):
        for _ in range(20):
            time += dt.timedelta(milliseconds=chance.randint(1, 400))
            room = uuid.UUID(int=chance.getrandbits(128))
            yield time, f"GET {chance.choice(_PATHS).format(room)} 200 {chance.random() * 40:.1f}ms {_AGENT}"
        if number % 50 == 0:
            written.conflicts += 1
            yield time, f"POST /rooms/{room}/sessions 409 3.2ms {_AGENT}"
            yield time, "[GoLivePopup] Room not idle (409)"
            if number % 500:
                yield time + dt.timedelta(seconds=1), "[GoLivePopup] Force reset succeeded"
            else:
                written.unreset += 1
        written.created += 1
        yield time, f"[VTID-01228] Session created: {room}"
        if number % 2_000:
            yield time, "[VTID-01228] Synced session to community_live_streams"
        else:
            written.unsynced += 1
        time += dt.timedelta(seconds=61 if number % 500 == 0 else 0)
        yield time, f"POST /rooms/{room}/sessions 201 {chance.random() * 40:.1f}ms end"
