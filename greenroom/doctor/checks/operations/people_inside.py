"""Whether the gateway tells how many people are inside, in a place of its answer that the file does not name (A5)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from greenroom.core.deadlines import eventually
from greenroom.doctor.examination import Examination
from greenroom.doctor.finding import Finding, not_declared
from greenroom.doctor.sent_operations import send

_WORD = "people_or_none"
_NAME = "people inside"
_A_MOMENT = 2.0  # an answer may be kept for a while by whoever gives it


class PeopleInside:
    """What the room's state says in numbers, asked before a guest comes in, while they are inside, and afterwards."""

    def __init__(self, examination: Examination) -> None:
        self._examination = examination
        self._seen: list[Mapping[str, int]] = []

    def look(self) -> None:
        """Ask once. Nothing is asked where the file names the number, or has no such operation."""
        described = self._examination.target.operations.get("room_state")
        if described is None or _WORD in described.answer:
            return
        host = self._examination.host

        def numbers() -> Mapping[str, int]:
            answer = send(self._examination, "room_state", host, room=host.room_id).exchange.response_body
            return dict(_numbers(_json(answer)))

        before = self._seen[-1] if self._seen else None
        seconds = min(self._examination.target.deadlines.settle, _A_MOMENT)
        found, _ = eventually(numbers, lambda now: now != before, seconds)
        self._seen.append(found)

    def suggest(self) -> Iterator[Finding]:
        """The number that was higher by one while the guest was inside, and only then; none where there is none."""
        if len(self._seen) != 3:
            return
        before, meanwhile, after = self._seen
        places = [place for place in meanwhile if before.get(place) == after.get(place) == meanwhile[place] - 1]
        if places:
            place = min(places, key=len)
            where = self._examination.where("operations", "room_state", "answer")
            detail = f"{where}: {place} was {before[place]}, {meanwhile[place]} with a guest inside, and {after[place]}"
            line = f"{_WORD} = {json.dumps(place)}"
            yield not_declared(_NAME, detail, f"{line} in `answer`, if this is the number of people inside")


def _numbers(value: Any, place: str = "") -> Iterator[tuple[str, int]]:
    """Each whole number of an answer, and the length of each list, by its JMESPath."""
    if isinstance(value, dict):
        for key, inner in value.items():
            name = key if key.isidentifier() and key.isascii() else json.dumps(key)
            yield from _numbers(inner, f"{place}.{name}" if place else name)
    elif isinstance(value, list):
        yield f"length({place or '@'})", len(value)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield place, value


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:  # no JSON, or too long to be kept whole
        return None
