"""What a look changed: a figure goes out of bounds, becomes an alarm, or recovers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from greenroom.claims.watching.figures import alarm_of
from greenroom.record.series import FigureSeen

Kind = Literal["out of bounds", "alarm", "recovered"]


@dataclass(frozen=True)
class Change:
    """One of them. The first look out of bounds is told, and alerts nobody yet."""

    kind: Kind
    figure: FigureSeen


def changes(before: Sequence[FigureSeen], after: Sequence[FigureSeen]) -> list[Change]:
    """What is different after a look."""
    former = {(one.name, one.of): alarm_of(one) for one in before}
    found = []
    for figure in after:
        was, now = former.get((figure.name, figure.of), alarm_of(None)), alarm_of(figure)
        if now.raised and not was.raised:
            found.append(Change("alarm", figure))
        elif was.raised and not now.raised:
            found.append(Change("recovered", figure))
        elif now.pending and not was.pending:
            found.append(Change("out of bounds", figure))
    return found
