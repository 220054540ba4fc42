"""What is claimed of a page: what it shows, offers and says. Each asks a page's driver and returns an observation.

A claim holds of what the page could see: each tells what kept the page from seeing all. That something is not there is
looked at once the page has settled.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from greenroom.claims.observation import Observation
from greenroom.core.deadlines import eventually

if TYPE_CHECKING:
    from greenroom.drivers.web.go_live_popup import GoLivePopup, Values, WentLive
    from greenroom.drivers.web.listing_page import ListingPage
    from greenroom.drivers.web.viewer_page import ViewerPage

_NOT_END = "End Room is not there"
_A_MOMENT = 0.1
"""Seconds in which something that is on a page already is sure to be seen."""


def says_that_it_retries(seen: WentLive | None) -> Observation:
    """The conflict was noticed, and the page said so while it retried or right after (R1)."""
    noticed = seen is not None and seen.noticed
    hindrance = seen.hindrance if seen is not None else None
    return Observation.of("the page says that it retries", noticed, "a notice", "no notice", hindrance)


def says_of_no_retry(seen: WentLive | None) -> Observation:
    """The viewer has opened, and the page has spoken neither of a retry nor of a reset (R1)."""
    quiet = seen is not None and seen.opened and not seen.noticed
    hindrance = seen.hindrance if seen is not None else None
    return Observation.of("the page speaks of no retry", quiet, "no notice", "a notice", hindrance)


def says_that_going_live_failed(seen: WentLive | None) -> Observation:
    """The viewer has not opened, and the page says why (R6)."""
    failed = seen is not None and not seen.opened
    hindrance = seen.hindrance if seen is not None else None
    return Observation.of("the page says that going live failed", failed, "it says so", "the viewer opened", hindrance)


def form_has_nothing_of(other: str, text: str, popup: GoLivePopup, values: Values) -> Observation:
    """The form of Go Live does not begin with what somebody else has written in it (H11)."""
    has_it = popup.opens_with(text, values)
    found = f"what {other} wrote" if has_it else "nothing of it"
    sentence = f"the form of Go Live has nothing in it that {other} wrote"
    return Observation.of(sentence, not has_it, "nothing of it", found, popup.hindrance())


def go_live_can_be_pressed(popup: GoLivePopup, values: Values, seconds: float) -> Observation:
    """The last button can be pressed again (R6)."""
    can = popup.can_be_pressed(values, seconds)
    return Observation.of("Go Live can be pressed again", can, "it can", "it can't", popup.hindrance())


def go_live_cannot_be_pressed(popup: GoLivePopup, values: Values) -> Observation:
    """The last button is not there, or can't be pressed while a request is under way (C2)."""
    can = popup.can_be_pressed_now(values)
    return Observation.of("Go Live can't be pressed meanwhile", not can, "it can't", "it can", popup.hindrance())


def offers_end(who: str, viewer: ViewerPage, values: Values) -> Observation:
    """End Room is visible within the deadline (H1, H2)."""
    offered = viewer.offers_end(values)
    instead = "End Room, which is transparent" if not offered and viewer.shows_end_now(values) else _NOT_END
    return Observation.of(f"{who} sees End Room", offered, "End Room", instead, viewer.hindrance())


def offers_no_end(who: str, viewer: ViewerPage, values: Values) -> Observation:
    """The page has settled, and End Room is not on it (H4, H5)."""
    hindrance = viewer.settle(values)
    shown = viewer.shows_end_now(values)
    return Observation.of(f"{who} does not see End Room", not shown, _NOT_END, "End Room", hindrance)


def never_offers_end(who: str, viewer: ViewerPage, values: Values, seconds: float) -> Observation:
    """End Room is at no moment of so many seconds on the page (H4)."""
    shown = viewer.shows_end_now(values) or viewer.comes_to_show_end(values, seconds)
    sentence, hindrance = f"{who} never sees End Room", viewer.hindrance() or viewer.settle(values)
    return Observation.of(sentence, not shown, _NOT_END, "End Room", hindrance)


def says_ended(viewer: ViewerPage, values: Values) -> Observation:
    """The page says that the room has ended (E7)."""
    ended = viewer.says_ended(values)
    instead = "" if ended else "it says that ending failed" if viewer.shows_failure_now(values) else "nothing"
    return Observation.of("the page says that the room has ended", ended, "it does", instead, viewer.hindrance())


def says_ended_or_failed(viewer: ViewerPage, values: Values) -> tuple[Observation, Observation]:
    """The page says that the room has ended; and else it has admitted a failure, be it gone by now (E14, L6)."""
    ended, failed = viewer.says_how_it_ended(values)
    hindrance = viewer.hindrance() if ended else viewer.settle(values)
    instead = "" if ended else "it says that ending failed" if failed else "nothing"
    return (
        Observation.of("the page says that the room has ended", ended, "it does", instead, hindrance),
        Observation.of("the page admits the failure", failed and not ended, "the failure", instead, hindrance),
    )


def says_no_end(viewer: ViewerPage, values: Values) -> Observation:
    """The page has settled, and does not say that the room has ended (E15)."""
    hindrance = viewer.settle(values)
    ended = viewer.says_ended(values, within=_A_MOMENT)
    found = "that it has" if ended else "nothing"
    return Observation.of("the page does not say that the room has ended", not ended, "nothing", found, hindrance)


def never_says_end(viewer: ViewerPage, values: Values, seconds: float) -> Observation:
    """The page does not say for so long that the room has ended (E15)."""
    ended = viewer.says_ended(values, within=seconds)
    found = "that it has" if ended else "nothing"
    sentence = "the page never says that the room has ended"
    return Observation.of(sentence, not ended, "nothing", found, viewer.hindrance() or viewer.settle(values))


def takes_end_back(viewer: ViewerPage, values: Values) -> Observation:
    """The page says no longer that the room has ended, within the deadline (E15)."""
    gone = viewer.takes_end_back(values)
    found = "it does not" if gone else "it still does"
    sentence = "the page no longer says that the room has ended"
    return Observation.of(sentence, gone, "it does not", found, viewer.hindrance())


def tells_to_wait(viewer: ViewerPage, values: Values) -> Observation:
    """The page says that the guest waits in the lobby (A6)."""
    waits = viewer.tells_to_wait(values)
    return Observation.of("the page tells the guest to wait", waits, "it does", "nothing of it", viewer.hindrance())


def lets_guest_in(viewer: ViewerPage, values: Values) -> Observation:
    """The page says no longer that the guest waits, within the deadline (A6)."""
    gone = viewer.tells_no_longer_to_wait(values)
    found = "it does not" if gone else "it still does"
    sentence = "the page no longer tells the guest to wait"
    return Observation.of(sentence, gone, "it does not", found, viewer.hindrance())


def shows_outside(guest: str, viewer: ViewerPage, values: Values) -> Observation:
    """The page, once it has settled, offers no way to leave to a guest who is not inside (A3)."""
    hindrance = viewer.settle(values)
    outside = viewer.shows_outside(values)
    found = "none" if outside else "the control with which guests leave"
    return Observation.of(f"the page does not show {guest} as inside", outside, "no way to leave", found, hindrance)


def admits_failed_end(viewer: ViewerPage, values: Values) -> Observation:
    """The page admits the failure, and does not say that the room has ended (E14)."""
    admits = viewer.says_end_failed(values)
    hindrance = viewer.settle(values)
    denies = viewer.says_ended(values, within=_A_MOMENT)
    instead = "that the room has ended" if denies else "nothing"
    return Observation.of("the page admits the failure", admits and not denies, "the failure", instead, hindrance)


def end_can_be_pressed(viewer: ViewerPage, values: Values, seconds: float) -> Observation:
    """End Room is there again and can be pressed (E14)."""
    can = viewer.end_is_enabled(values, seconds)
    return Observation.of("End Room can be pressed again", can, "it can", "it can't", viewer.hindrance())


def shows_no_failure(viewer: ViewerPage, values: Values) -> Observation:
    """No alert on the page once it has settled (E8)."""
    hindrance = viewer.settle(values)
    shown = viewer.shows_failure_now(values)
    return Observation.of("the page shows no failure", not shown, "no failure", "a failure", hindrance)


def takes_failure_back(viewer: ViewerPage, values: Values) -> Observation:
    """What the page said of a failure goes within the deadline, once what failed has succeeded (E14)."""
    gone = viewer.takes_failure_back(values)
    found = "no failure" if gone else "a failure"
    return Observation.of("the page no longer shows a failure", gone, "no failure", found, viewer.hindrance())


def lists_live(who: str, host: str, listing: ListingPage, values: Values, seconds: float) -> Observation:
    """The host's entry is shown as live within the deadline (L1)."""
    began = time.monotonic()
    seen, sentence = listing.shows_live(values, seconds), f"{who} sees {host}'s session in the listing"
    waited = time.monotonic() - began
    found = "a live entry" if seen else "no live entry"
    within, hindrance = f'{seconds:g} s "listing"', listing.hindrance() if seen else listing.blindness()
    return Observation(sentence, seen, "a live entry", found, waited, within, hindrance)


def drops_live(who: str, host: str, listing: ListingPage, values: Values, seconds: float) -> Observation:
    """The host's entry is gone for good, or no longer shown as live, within the deadline and without a reload (L2).

    On a page that loads itself anew it is also gone while the page comes, and may be back then: no answer yet.
    """
    began = time.monotonic()
    while True:
        dropped = listing.drops(values, max(seconds - (time.monotonic() - began), 0.0))
        waited = time.monotonic() - began
        hindrance = listing.settle() if dropped else listing.hindrance()
        gone = dropped and not listing.count_live(values)
        if gone or not dropped or hindrance is not None:
            break
    found = "no live entry" if gone else "still a live entry"
    sentence, within = f"{who} no longer sees {host}'s session", f'{seconds:g} s "listing"'
    return Observation(sentence, gone, "no live entry", found, waited, within, hindrance)


def lists_upcoming(who: str, listing: ListingPage, values: Values, seconds: float) -> Observation:
    """The page tells what is to come from what is on; one that shows only what is on does not show it (L5)."""
    if not listing.tells_upcoming:
        hindrance = listing.settle()
        shown = listing.count_live(values) > 0
        return Observation.of(f"{who} does not see it as live", not shown, "no live entry", "live", hindrance)
    upcoming, hindrance = listing.shows_upcoming(values, seconds), listing.settle()
    live = listing.count_live(values) > 0
    found = "live" if live else "upcoming" if upcoming else "not at all"
    sentence = f"{who} sees it as upcoming"
    return Observation(sentence, upcoming and not live, "upcoming", found, hindrance=hindrance)


def lists_nothing(who: str, listing: ListingPage, values: Values) -> Observation:
    """The listing has settled, and the entry is not on it (S4, G5)."""
    hindrance = listing.settle()
    shown = listing.shows_live(values, _A_MOMENT) or bool(listing.count_upcoming(values))
    found = "an entry" if shown else "no entry"
    wrong = (("listing on the page", "shown to somebody who must not see it"),)
    return Observation(f"{who} does not see it", not shown, "no entry", found, hindrance=hindrance, wrong=wrong)


def lists_once(who: str, host: str, listing: ListingPage, values: Values) -> Observation:
    """Not two entries, with the old title and the new (L4). None at all is looked at again: the page may load anew."""
    hindrance = listing.settle()
    found, _ = eventually(lambda: listing.count(values), bool, _A_MOMENT, pause=listing.let_pass)
    sentence = f"{who} sees one entry of {host}'s room"
    return Observation(sentence, found == 1, "1 entry", f"{found} entries", hindrance=hindrance)


def lists_each_once(who: str, listing: ListingPage, rooms: Mapping[str, Values], seconds: float) -> Observation:
    """Each of many rooms has one live entry within the deadline, and none has two (L11). A room that is missing in one
    look, or there twice, and not in the next has gone from page to page meanwhile, as others began or ended."""
    each_time = set(rooms)

    def other_than_one() -> dict[str, int]:
        wrong = {room: count for room, count in listing.count_each(rooms).items() if count != 1 and room in each_time}
        each_time.intersection_update(wrong)
        return wrong

    found, waited = eventually(other_than_one, lambda wrong: not wrong, seconds, pause=listing.let_pass)
    missing, twice = sum(not count for count in found.values()), sum(count > 1 for count in found.values())
    told = f"{missing} missing, {twice} more than once" if found else "each once"
    sentence, within = f"{who} finds each of {len(rooms)} rooms in the listing", f'{seconds:g} s "listing"'
    wrong = (("listing on the page", "missing" if missing else "too many"),)
    hindrance = listing.blindness() if missing else listing.hindrance()
    return Observation(sentence, not found, "each once", told, waited, within, hindrance, wrong)


def lists_people(host: str, listing: ListingPage, values: Values, people: int, seconds: float) -> Observation:
    """The host's live entry shows that so many people are inside (L14)."""
    found, waited = eventually(
        lambda: listing.people(values), lambda shown: shown.stands_for(people), seconds, pause=listing.let_pass
    )
    sentence, within = f"the listing shows how many people are inside {host}'s session", f'{seconds:g} s "listing"'
    wrong = (("listing on the page", "another number of people"),)
    hindrance = listing.hindrance()
    shown = found.stands_for(people)
    return Observation(sentence, shown, str(people), str(found), waited, within, hindrance, wrong)


def shows_topics(shown: str, wanted: str, former: str) -> Observation:
    """The entry shows the topic that was asked for, and none of the session before (G6)."""
    has, stale = wanted.casefold() in shown.casefold(), former.casefold() in shown.casefold()
    return Observation("the entry shows its topics", has and not stale, wanted, shown.strip() or "none")


def shows_no_topic(shown: str, former: str) -> Observation:
    """The entry of a session that is about nothing in particular does not show what the one before was about (G6)."""
    stale = former.casefold() in shown.casefold()
    return Observation("the entry shows no former topic", not stale, "none", shown.strip() or "none")


def shows_same_topics(shown: str, former: str) -> Observation:
    """The entry shows what the one before was about, where the same was asked for again (G6)."""
    return Observation("the entry shows the topics that were asked for", shown == former, former, shown or "none")


def is_listed_above(one: str, other: str, above: bool) -> Observation:
    """One entry comes before another (L12)."""
    return Observation.of(f"{one}'s entry comes before {other}'s", above, "before", "after")


def shows_its_title(who: str, viewer: ViewerPage, title: str) -> Observation:
    """The title of the session is on the room's page within the deadline (G1)."""
    shown = viewer.comes_to_show(title)
    return Observation.of(f"{who} is shown the title", shown, "the title", "no title", viewer.hindrance())


def shows_no_title(who: str, viewer: ViewerPage, values: Values, title: str) -> Observation:
    """The room's page has settled, and the title of its session is nowhere on it, nor in what it tells of itself to
    others who are sent its link (G5)."""
    hindrance = viewer.settle(values)
    shown = viewer.shows_text(title) or viewer.holds_text(title)
    return Observation.of(f"{who} is not shown the title", not shown, "no title", "the title", hindrance)


def shows_title(shown: str, title: str) -> Observation:
    """A title is shown exactly as written (L3)."""
    return Observation("the title is shown exactly as written", shown.strip() == title, title, shown)


def shows_host(shown: str, name: str) -> Observation:
    """The host is shown by name (L1)."""
    return Observation("the host is shown", name in shown, name, shown)


def request_is_under_way(what: str, under_way: bool) -> Observation:
    """A request that is held has been sent; else what follows would prove nothing."""
    return Observation.of(f"{what} is under way", under_way, "a request", "none")
