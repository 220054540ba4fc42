"""What a scenario expects of the listing: of its rows, and of the page on which a member sees it."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from greenroom.claims import answers, pages
from greenroom.claims.listing import listed_as, not_listed_live
from greenroom.claims.observation import Observation
from greenroom.claims.rooms import unchanged
from greenroom.core.deadlines import eventually
from greenroom.core.errors import BadFeature, NotApplicable
from greenroom.drivers.outcome import CarriedOut
from greenroom.drivers.web.shown_number import ShownNumber
from greenroom.people.person import Person
from greenroom.scenario import actions, wishes
from greenroom.scenario.world import World


def expect_listed(world: World, host: Person, status: str) -> None:
    """The host's room has one entry, of that status, with its title and host (L1, L4, L5)."""
    listed = listed_as(host.room_id, status, title=host.title, host_id=host.account_id)
    world.expect(f"{host.name}'s session is listed as {status}", listed, deadline="listing")


def expect_not_listed(world: World, host: Person) -> None:
    """The host's room has no live entry; one that is left is ended, with its end time (E4)."""
    world.expect(
        f"{host.name}'s session is no longer listed as live", not_listed_live(host.room_id), deadline="listing"
    )


def expect_listed_or_rolled_back(world: World, host: Person) -> None:
    """The host has gone live and is listed, or was refused and nothing has changed, where the target says so (L6)."""
    if _carried_out(world, host):
        expect_listed(world, host, "live")


def expect_unlisted_or_rolled_back(world: World, host: Person) -> None:
    """The host's room has ended and is not listed, or the end was refused and nothing has changed, where the target
    says so (L6)."""
    if _carried_out(world, host):
        expect_not_listed(world, host)
        world.expect(f"{host.name}'s room is at rest", actions.at_rest(world, host))


def expect_ended_on_page_or_rolled_back(world: World, host: Person) -> None:
    """The same of an end on the page: it says that the room has ended, or admits that it failed (L6)."""
    viewer, may_refuse = world.browsers.of(host).viewer, world.target.can("listing-transaction")
    ended, failed = pages.says_ended_or_failed(viewer, host.values())
    if may_refuse and not ended.held:
        world.confirm(failed)
        _expect_unchanged(world, host)
    else:
        world.confirm(ended)
        expect_not_listed(world, host)


def _carried_out(world: World, host: Person) -> bool:
    outcome, may_refuse = host.last_outcome, world.target.can("listing-transaction")
    world.confirm(answers.carried_out_or_rolled_back(outcome, may_refuse=may_refuse))
    if isinstance(outcome, CarriedOut):
        return True
    _expect_unchanged(world, host)
    return False


def _expect_unchanged(world: World, host: Person) -> None:
    world.expect(f"{host.name}'s room is as it was", unchanged(world.before, [host.room_id]), deadline="")


def expect_seen(world: World, member: Person, host: Person) -> None:
    """The member sees the host's entry as live, on the listing that they have open, else on one that is opened (L1)."""
    browser = world.browsers.of(member)
    if not browser.tab.page.url.startswith("http"):
        browser.listing.open()
    seen = pages.lists_live(member.name, host.name, browser.listing, host.values(), world.deadlines.on_open_listing)
    world.confirm(seen)


def expect_seen_in_full(world: World, member: Person, host: Person) -> None:
    """The same, with the title exactly as written and the host by name (L1, L3). A page that was open while another
    session was on has the time called "listing" to show the new title."""
    expect_seen(world, member, host)
    browser = world.browsers.of(member)
    entry, _ = eventually(
        lambda: browser.listing.entry(host.values()),
        lambda entry: entry.title.strip() == host.title,
        world.deadlines.on_open_listing,
        pause=browser.tab.let_pass,
    )
    world.confirm(pages.shows_title(entry.title, host.title))
    world.confirm(pages.shows_host(entry.host, host.shown_name))


def expect_order(world: World, member: Person, newer: Person, older: Person) -> None:
    """Two live entries stand in the order that is documented (L12). Raises NotApplicable where none is."""
    page = world.browsers.of(member).listing
    if not page.order:
        raise NotApplicable("order", "the target documents no order of its listing: [web.listing] order")
    for host in (newer, older):
        expect_seen(world, member, host)
    first, second = (newer, older) if page.order == "newest first" else (older, newer)
    above = page.is_above(first.values(), second.values())
    world.confirm(pages.is_listed_above(first.name, second.name, above))


def expect_topic(world: World, member: Person, host: Person) -> None:
    """The host's live entry shows the topic that was asked for (G6). Raises NotApplicable where entries show none."""
    page = world.browsers.of(member).listing
    if not page.tells_topics:
        raise NotApplicable("topics", "the target does not say where entries show topics: [web.listing] entry_topics")
    expect_seen(world, member, host)
    shown, _ = eventually(
        lambda: page.topics(host.values()),
        lambda shown: wishes.ANOTHER_TOPIC in shown.casefold(),
        world.deadlines.on_open_listing,
        pause=page.let_pass,
    )
    world.confirm(pages.shows_topics(shown, wishes.ANOTHER_TOPIC, wishes.TOPIC))


def expect_no_topic(world: World, member: Person, host: Person) -> None:
    """The host's live entry shows no topic of the session before (G6): what an entry shows that has none is its own
    affair. Raises NotApplicable where entries show none."""
    page = world.browsers.of(member).listing
    if not page.tells_topics:
        raise NotApplicable("topics", "the target does not say where entries show topics: [web.listing] entry_topics")
    expect_seen(world, member, host)
    shown, _ = eventually(
        lambda: page.topics_if_any(host.values()),
        lambda shown: wishes.TOPIC not in shown.casefold(),
        world.deadlines.on_open_listing,
        pause=page.let_pass,
    )
    world.confirm(pages.shows_no_topic(shown, wishes.TOPIC))


def see_topics(world: World, member: Person, host: Person) -> None:
    """The member sees in the listing what the host's session is about, which was begun on the page. Raises
    NotApplicable where entries do not show that."""
    page = world.browsers.of(member).listing
    if not page.tells_topics:
        raise NotApplicable("topics", "the target does not say where entries show topics: [web.listing] entry_topics")
    expect_seen(world, member, host)
    host.topics_listed = world.worker.late_view.rest(
        lambda: _words(page.topics_if_any(host.values())), page.let_pass, world.deadlines.on_open_listing
    )
    if not host.topics_listed:
        raise NotApplicable("topics", "a session that is begun on the page is about nothing")


def expect_same_topics(world: World, member: Person, host: Person) -> None:
    """The host's live entry shows what the session before was about, as the form was filled in alike (G6)."""
    if not host.topics_listed:
        hint = f"add a Given: {member.name} has seen in the listing what {host.name}'s session is about"
        raise BadFeature(f"nobody has looked what {host.name}'s session is about", hint=hint)
    page = world.browsers.of(member).listing
    expect_seen_in_full(world, member, host)
    shown, _ = eventually(
        lambda: _words(page.topics_if_any(host.values())),
        lambda shown: shown == host.topics_listed,
        world.deadlines.on_open_listing,
        pause=page.let_pass,
    )
    world.confirm(pages.shows_same_topics(shown, host.topics_listed))


def _words(shown: str) -> str:
    return " ".join(sorted(shown.split()))


def see_people(world: World, member: Person, host: Person) -> None:
    """The member sees in the listing, which stays open, how many people are inside the host's session. Raises
    NotApplicable where entries do not show that, or stop counting before."""
    page = world.browsers.of(member).listing
    if not page.tells_people:
        said = "the target does not say where entries show how many are inside: [web.listing] entry_people"
        raise NotApplicable("people", said)
    expect_seen(world, member, host)
    state, values = world.look(), host.values()
    if "attendance" in state.sees:  # the number may follow a moment after those who have come
        inside = [row["role"] for row in state.inside(host.session_id)]
        guests, seconds = inside.count("guest"), world.deadlines.on_open_listing
        right = {guests, guests + 1} if "host" in inside else {guests}
        is_right = partial(_stands_for_one, right)
        eventually(lambda: page.people(values), is_right, seconds, pause=page.let_pass)
    rest = world.worker.late_view.rest
    shown = rest(lambda: page.people(values), page.let_pass, world.deadlines.on_open_listing)
    if shown.or_more:
        raise NotApplicable("people", f"the listing counts no further, and shows {shown} people")
    host.people_listed = shown.number


def _stands_for_one(counts: Collection[int], shown: ShownNumber) -> bool:
    return any(map(shown.stands_for, counts))


def expect_people(world: World, member: Person, host: Person, *, more: int) -> None:
    """The member sees so many more people inside the host's session than before, on the page that is open (L14)."""
    if host.people_listed is None:
        hint = f"add a Given: {member.name} has seen in the listing how many people are inside {host.name}'s session"
        raise BadFeature(f"nobody has looked how many people are inside {host.name}'s session", hint=hint)
    page, expected = world.browsers.of(member).listing, host.people_listed + more
    world.confirm(pages.lists_people(host.name, page, host.values(), expected, world.deadlines.on_open_listing))


def expect_upcoming(world: World, member: Person, host: Person) -> None:
    """The member sees the host's entry as upcoming and not as live, on a listing that has just been opened (L5)."""
    page = world.browsers.of(member).listing
    page.open()
    world.confirm(pages.lists_upcoming(member.name, page, host.values(), world.deadlines.listing))


def go_live_and_end_listed(world: World, host: Person) -> None:
    """The host goes live and is listed, ends and is listed no more (O4)."""
    actions.go_live(world, host)
    expect_listed(world, host, "live")
    actions.end(world, host)
    expect_not_listed(world, host)


def expect_no_strangers(world: World, member: Person) -> None:
    """Every title on the member's page is that of an entry which is live or upcoming (L8).

    Raises NotApplicable where what is listed can't be compared with what the page shows.
    """
    database, web = world.database, world.target.web
    if database is None or not database.holds("listing") or web is None or not web.listing.any_entry:
        raise NotApplicable("database", "what is listed can't be compared with what the page shows")
    listing = world.browsers.of(member).listing

    def strangers() -> list[str]:
        shown = listing.titles()
        rows = database.query("select title from listing where status <> 'ended'")
        listed = {str(row["title"]).strip() for row in rows}
        return [title for title in shown if title not in listed]

    hindrance = listing.settle()
    found, waited = eventually(
        strangers, lambda titles: not titles, world.deadlines.on_open_listing, pause=listing.let_pass
    )
    sentence, expected = f"{member.name} sees no entry that is not in the listing", "only entries of the listing"
    told = ", ".join(map(repr, found)) or expected
    world.confirm(Observation(sentence, not found, expected, told, waited, hindrance=hindrance or listing.hindrance()))
