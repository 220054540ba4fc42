"""What a look changed: a figure goes out of bounds, becomes an alarm, or recovers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from greenroom.claims.watching.figures import alarm_of
from greenroom.record.series import WatchedFigure

Kind = Literal["out of bounds", "alarm", "recovered"]


@dataclass(frozen=True)
class AlarmChange:
    """One of them. The first look out of bounds is told, and alerts nobody yet."""

    kind: Kind
    figure: WatchedFigure


def changes(before: Sequence[WatchedFigure], after: Sequence[WatchedFigure]) -> list[AlarmChange]:
    """What is different after a look."""
    former = {(one.name, one.of): alarm_of(one) for one in before}
    found = []
    for figure in after:
        was, now = former.get((figure.name, figure.of), alarm_of(None)), alarm_of(figure)
        if now.raised and not was.raised:
            found.append(AlarmChange("alarm", figure))
        elif was.raised and not now.raised:
            found.append(AlarmChange("recovered", figure))
        elif now.pending and not was.pending:
            found.append(AlarmChange("out of bounds", figure))
    return found
