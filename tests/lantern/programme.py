"""The programme as the public reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tests.lantern.database import Database, many


@dataclass(frozen=True, slots=True)
class Line:
    """One studio's line: what is on air there, or announced."""

    studio_no: int
    headline: str
    host: str
    on_air: bool
    since: datetime
    inside: int


def lines(db: Database) -> list[Line]:
    """What is on air, latest first, then what is announced, soonest first."""
    return many(
        db, Line,
        """select programme.studio_no, headline, called as host, on_air, since,
                  (select count(*) from visits join studios using (broadcast_no)
                   where studios.studio_no = programme.studio_no and upper_inf(stay)) as inside
           from programme join people on person_no = host_no
           where till is null
           order by on_air desc,
                    case when on_air then - extract(epoch from since) else extract(epoch from since) end""",
    )  # fmt: skip
