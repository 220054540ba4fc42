"""What a former run says of the scenarios of a new one: how long they took, and which were not right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from greenroom.core.verdict import Verdict
from greenroom.record.reader import Record
from greenroom.record.same_scenarios import Known, known, same_scenarios

_RIGHT = frozenset({Verdict.PASSED, Verdict.KNOWN_FAILURE, Verdict.NOT_APPLICABLE})


def times_in(record: Record, scenarios: Sequence[Known]) -> dict[str, float]:
    """Id of each of these scenarios that the record knows -> the seconds that it took, with all around it."""
    took = {one.id: one.setup_seconds + one.seconds + one.teardown_seconds for one in record.scenarios}
    same = same_scenarios(map(known, record.scenarios), scenarios)
    return {id_: took[before] for id_, before in same.items()}


def not_right(record: Record) -> set[str]:
    """The ids, in the record, of what was not right: failed, blocked, fixed, could not be judged, or never finished."""
    return {one.id for one in record.scenarios if one.verdict not in _RIGHT} | set(record.unfinished)


def failed_in(record: Record, scenarios: Iterable[Known]) -> set[str]:
    """The ids of those of these scenarios that were not right in the record."""
    failed = not_right(record)
    lost = [Known(id_, id_.partition("::")[0], ()) for id_ in record.unfinished]
    same = same_scenarios([*map(known, record.scenarios), *lost], scenarios)
    return {id_ for id_, before in same.items() if before in failed}
