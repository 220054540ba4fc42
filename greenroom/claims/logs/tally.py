"""What a whole log comes to: lines by the hour, pairs, and where the lines stand that somebody has to look at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from greenroom.claims.logs.lines import LineReader, Seen
from greenroom.claims.logs.pairs import KEPT, Pairs
from greenroom.claims.logs.patterns import Kind
from greenroom.drivers.log_stream import Piece
from greenroom.targetfile.watch import Watch

HOUR = 3_600
ALONE = {"conflict_noticed": "unreset", "session_created": "unsynced"}
"""What an hour calls a line that nothing followed."""


@dataclass
class Single:
    """Lines that mean something by themselves."""

    count: int = 0
    places: list[Seen] = field(default_factory=list)

    def add(self, line: Seen) -> None:
        """One more."""
        self.count += 1
        if len(self.places) < KEPT:
            self.places.append(line)


@dataclass
class Tally:
    """Everything that was counted. Times are seconds since 1970."""

    resets: Pairs
    syncs: Pairs
    hours: dict[int, Counter[str]] = field(default_factory=dict)
    """By the hour's beginning: how many lines of each kind, and those that were not followed."""
    kinds: Counter[Kind] = field(default_factory=Counter)
    fallbacks: Single = field(default_factory=Single)
    provisioned: Single = field(default_factory=Single)
    lines: int = 0
    bytes: int = 0
    sources: list[str] = field(default_factory=list)
    first: float | None = None
    last: float | None = None
    earlier: int = 0
    """Documented lines from before the moment since which lines count."""
    untimed: int = 0
    """Documented lines that do not say when, and so are in no hour; with a `since` they do not count at all."""

    @property
    def conflicts(self) -> Kind:
        """Which lines are the conflicts: the gateway's own answers where they are logged, else what pages noticed.
        They are the same conflicts, seen from two sides."""
        return "conflict_answered" if self.kinds["conflict_answered"] else "conflict_noticed"

    def hour_of(self, line: Seen) -> Counter[str]:
        """The hour of a line that has a time."""
        assert line.time is not None
        return self.hours.setdefault(int(line.time // HOUR) * HOUR, Counter())


def tally(
    pieces: Iterable[Piece],
    reader: LineReader,
    watch: Watch,
    *,
    since: float | None = None,
    tell: Callable[[Piece], object] = lambda _: None,
) -> Tally:
    """Count what is in a log, piece by piece; of lines from before `since` only that they were there."""
    found = Tally(Pairs(watch.reset_within), Pairs(watch.sync_within))
    found.resets.on_alone = found.syncs.on_alone = lambda line: _alone(found, line)
    for piece in pieces:
        _piece(found, piece, reader)
        for line in reader.seen_in(piece):
            _line(found, line, since)
        tell(piece)
    found.resets.finish(found.last)
    found.syncs.finish(found.last)
    return found


def _piece(found: Tally, piece: Piece, reader: LineReader) -> None:
    if piece.source not in found.sources:
        found.sources.append(piece.source)
    found.lines += piece.text.count("\n") + (not piece.text.endswith("\n"))
    found.bytes += len(piece.text)
    first, last = reader.times_of(piece)
    if first is not None and (found.first is None or first < found.first):
        found.first = first
    if last is not None and (found.last is None or last > found.last):
        found.last = last


def _line(found: Tally, line: Seen, since: float | None) -> None:
    if line.time is None:
        found.untimed += 1
        if since is not None:
            return
    elif since is not None and line.time < since:
        found.earlier += 1
        return
    else:
        found.hour_of(line)[line.kind] += 1
    found.kinds[line.kind] += 1
    match line.kind:
        case "session_created":
            found.syncs.begin(line)
        case "listing_synced":
            found.syncs.follow(line)
        case "conflict_noticed":
            found.resets.begin(line)
        case "reset_succeeded":
            found.resets.follow(line)
        case "fallback_succeeded":
            found.fallbacks.add(line)
        case "room_provisioned":
            found.provisioned.add(line)


def _alone(found: Tally, line: Seen) -> None:
    if line.time is not None:
        found.hour_of(line)[ALONE[line.kind]] += 1
