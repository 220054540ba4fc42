"""Target folders of less than the whole: no database, no pages, nothing but pages, a listing over HTTP."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from tests.planted.copies import TARGET

LISTING = """
[operations.listing]
service = "data_api"
method = "GET"
path = "/community_live_streams"
query = { id = "eq.{room}", select = "*" }
headers = { apikey = "${launch.anon_key}" }
statuses = { scheduled = "upcoming", pending = "upcoming", cancelled = "ended" }

[operations.listing.answer]
entries = "[].{room_id: id, title: title, host_id: created_by, status: status}"
"""

PAGE_REQUESTS = """
[page_requests]
go_live = [{ service = "gateway", method = "POST", path = "/rooms/*/sessions" }]
end = [{ service = "gateway", method = "POST", path = "/rooms/*/end" }]
my_room = [{ service = "gateway", method = "GET", path = "/rooms/me" }]
host_lookup = [{ service = "data_api", method = "GET", path = "/live_rooms" }]
reset = [{ service = "data_api", method = "POST", path = "/rpc/reset_live_room" }]
end_fallback = [{ service = "data_api", method = "POST", path = "/rpc/end_live_room" }]
data_api = [{ service = "data_api", method = "*", path = "/**" }]
"""


class Shape:
    """A copy of a reference's target folder, to take parts away from and add parts to."""

    def __init__(self, source: Path, folder: Path) -> None:
        """`source` holds the reference and its target folder; `folder` is made."""
        self.folder = folder
        folder.mkdir(parents=True)
        for file in (source / TARGET).iterdir():
            text = file.read_text(encoding="utf-8")
            (folder / file.name).write_text(
                text.replace("${GREENROOM_REFERENCE:-../..}", str(source)), encoding="utf-8"
            )

    @property
    def file(self) -> Path:
        """The target file."""
        return self.folder / "target.toml"

    def without(self, *tables: str) -> Shape:
        """Take away tables, with those below them."""
        parts = re.split(r"(?m)^(?=\[)", self.file.read_text(encoding="utf-8"))
        named = re.compile(r"\[\[?(?:" + "|".join(map(re.escape, tables)) + r")[\].]")
        self.file.write_text("".join(part for part in parts if not named.match(part)), encoding="utf-8")
        return self

    def unable(self, *capabilities: str) -> Shape:
        """Take away capabilities."""
        text = self.file.read_text(encoding="utf-8")
        for capability in capabilities:
            text = re.sub(rf'"{capability}",?\s*', "", text)
        self.file.write_text(text, encoding="utf-8")
        return self

    def plus(self, text: str) -> Shape:
        """Add tables."""
        with self.file.open("a", encoding="utf-8") as file:
            file.write(text)
        return self

    def reached_at(self, ready: Mapping[str, object]) -> Shape:
        """Describe a reference that runs already instead of one to launch; `ready` is what it said when it was."""
        self.without("launch").unable("restart")
        text = self.file.read_text(encoding="utf-8")
        self.file.write_text(re.sub(r"\$\{launch\.(\w+)\}", lambda found: str(ready[found[1]]), text), encoding="utf-8")
        return self

    def listing_not_in_sql(self) -> Shape:
        """Take the relation listing out of relations.sql."""
        sql = self.folder / "relations.sql"
        before, _, _ = sql.read_text(encoding="utf-8").partition("-- name: listing()")
        sql.write_text(before, encoding="utf-8")
        return self


def without_database(source: Path, folder: Path) -> Shape:
    """Gateway and pages, and nobody to ask for sessions and attendance."""
    return Shape(source, folder).without("database", "migration").unable("migration", "database-faults")


def gateway_only(source: Path, folder: Path) -> Shape:
    """Nothing but HTTP."""
    shape = without_database(source, folder).without("web", "page_requests", "browser_sign_in").plus(LISTING)
    shape.unable("client-fallback", "conflict-notice", "host-lookup", "console-log", "public-listing", "first-room")
    return shape.unable("room-fallback", "viewer-updates", "phones", "keyboard", "wrong-clocks", "sign-in-renewal")


def pages_only(source: Path, folder: Path) -> Shape:
    """Nothing but pages: no operation is described."""
    shape = without_database(source, folder).without("operations", "page_requests")
    shape.unable("scheduling", "lobby", "cancelling", "idempotency", "host-presence", "data-api", "gateway-log")
    shape.unable("planned-end", "opens-by-itself", "capacity", "banning", "admission", "private-sessions")
    return shape.plus("\n[operations]\n" + PAGE_REQUESTS)
