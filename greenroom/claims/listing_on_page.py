"""The listing as its page shows it, for targets on which neither SQL nor an operation tells what is listed."""

from __future__ import annotations

from collections.abc import Iterable

from greenroom.drivers.web.listing_page import ListingPage
from greenroom.drivers.web.tab import Tab
from greenroom.people.person import Person
from greenroom.relations.state import PartlySeen, Row


def entries_on_page(tab: Tab, owners: Iterable[Person]) -> list[Row]:
    """The entries of these people's rooms, on the page as it is when it has just been opened.

    A page shows who is live and what is to come, by title; it shows neither ids of hosts nor times.
    """
    page = ListingPage(tab)
    page.open()
    return [row for owner in owners for row in _entry(page, owner)]


def _entry(page: ListingPage, owner: Person) -> list[Row]:
    values = owner.values()
    row = PartlySeen({"room_id": owner.room_id})
    if page.count_live(values):
        title = page.entry(values).title if page.tells_titles else None
        shown = {"title": title.strip()} if title is not None else {}
        return [PartlySeen(row | {"status": "live"} | shown)] * page.count_live(values)
    if page.count_upcoming(values):
        return [PartlySeen(row | {"status": "upcoming"})]
    return []
