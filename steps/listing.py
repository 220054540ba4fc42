"""The listing: what it says in the database, and what other people see of it."""

from __future__ import annotations

from pytest_bdd import given, then, when

from greenroom.claims.claims import listed_as, live_entries_are, not_listed_live
from greenroom.core.deadlines import eventually
from greenroom.core.errors import NotApplicable
from greenroom.people.person import Person
from greenroom.scenario import actions as acts
from greenroom.scenario.world import World
from steps.words import text


@given(text("{member:Name} has the listing open in the browser"))
def has_listing_open(world: World, member: str) -> None:
    """A page that stays open while things happen."""
    world.browsers.of(world.people.person(member)).listing.open()


@given(text("{member:Name} sees {host:Name}'s session in the listing"))
def sees_session(world: World, member: str, host: str) -> None:
    """The entry is there; so that it can go."""
    _sees(world, world.people[member], world.people.person(host))


@then(text("{member:Name} sees {host:Name}'s session in the listing, with its title and host"))
def sees_title_and_host(world: World, member: str, host: str) -> None:
    """The entry is shown as live, its title exactly as written, its host by name."""
    person, shown_host = world.people.person(member), world.people.person(host)
    _sees(world, person, shown_host)
    entry = world.browsers.of(person).listing.entry(shown_host.values())
    title_shown = entry.title.strip() == shown_host.title
    world.claim("the title is shown exactly as written", title_shown, expected=shown_host.title, found=entry.title)
    host_shown = shown_host.shown_name in entry.host
    world.claim("the host is shown", host_shown, expected=shown_host.shown_name, found=entry.host)


@then(text("{member:Name} no longer sees {host:Name}'s session in the listing"))
def no_longer_sees(world: World, member: str, host: str) -> None:
    """Within the deadline, without a reload."""
    seconds = world.deadlines.listing
    gone = world.browsers.of(world.people[member]).listing.drops(world.people.person(host).values(), seconds)
    world.claim(
        f"{member} no longer sees {host}'s session", gone, expected="no live entry",
        found="no live entry" if gone else "still a live entry", deadline=f'{seconds:g} s "listing"',
    )  # fmt: skip


@then(text("{member:Name} sees one entry of {host:Name}'s room"))
def sees_one_entry(world: World, member: str, host: str) -> None:
    """Not two, with the old title and the new."""
    found = world.browsers.of(world.people[member]).listing.count(world.people.person(host).values())
    world.claim(f"{member} sees one entry of {host}'s room", found == 1, expected="1 entry", found=f"{found} entries")


@then(text("{host:Name}'s session is listed as live"))
def is_listed(world: World, host: str) -> None:
    """One entry, live, with the title and the host."""
    person = world.people.person(host)
    claim = listed_as(person.room_id, "live", title=person.title, host_id=person.account_id)
    world.expect(f"{host}'s session is listed as live", claim, deadline="listing")


@then(text("{host:Name}'s session is no longer listed as live"))
def is_not_listed(world: World, host: str) -> None:
    """No live entry; the entry is ended, with its end time."""
    claim = not_listed_live(world.people.person(host).room_id)
    world.expect(f"{host}'s session is no longer listed as live", claim, deadline="listing")


def _sees(world: World, member: Person, host: Person) -> None:
    browser, seconds = world.browsers.of(member), world.deadlines.listing
    if world.target.web and not browser.tab.page.url.startswith("http"):
        browser.listing.open()
    seen = browser.listing.shows_live(host.values(), seconds)
    world.claim(
        f"{member.name} sees {host.name}'s session in the listing", seen, expected="a live entry",
        found="a live entry" if seen else "no live entry", deadline=f'{seconds:g} s "listing"',
    )  # fmt: skip


@then(text("{host:Name}'s session is listed as upcoming"))
def is_upcoming(world: World, host: str) -> None:
    """One entry, upcoming, with the title and the host."""
    person = world.people.person(host)
    claim = listed_as(person.room_id, "upcoming", title=person.title, host_id=person.account_id)
    world.expect(f"{host}'s session is listed as upcoming", claim, deadline="listing")


@then(text("{member:Name} sees {host:Name}'s session in the listing as upcoming, not as live"))
def sees_upcoming(world: World, member: str, host: str) -> None:
    """The page tells what is to come from what is on."""
    person, values = world.people.person(member), world.people.person(host).values()
    listing = world.browsers.of(person).listing
    listing.open()
    upcoming = listing.shows_upcoming(values, world.deadlines.listing)
    live = listing.shows_live(values, 0.1)
    found = "live" if live else "upcoming" if upcoming else "not at all"
    world.claim(f"{member} sees it as upcoming", upcoming and not live, expected="upcoming", found=found)


@then(text("{member:Name} sees {host:Name}'s session in the listing"))
def then_sees_session(world: World, member: str, host: str) -> None:
    """The entry is shown as live."""
    _sees(world, world.people.person(member), world.people.person(host))


@then(text("of these rooms exactly those of {hosts} are live and listed as live"))
def exactly_these_live(world: World, hosts: str) -> None:
    """The set of live entries equals the set of live rooms."""
    names = hosts.replace(" and ", ", ").split(", ")
    rooms = [world.people.person(name).room_id for name in names]
    world.expect(f"exactly the rooms of {hosts} are live and listed", live_entries_are(rooms), deadline="listing")


@when(text("{host:Name} goes live and ends the room {n:Count} times, and the listing follows each time"))
def listing_follows(world: World, host: str, n: int) -> None:
    """Listed as live after each Go Live, no longer after each end."""
    for _ in range(n):
        acts.go_live(world, world.people.host(host))
        is_listed(world, host)
        acts.end(world, world.people.person(host))
        is_not_listed(world, host)


@then(text("{member:Name} does not see {host:Name}'s session in the listing"))
def does_not_see_session(world: World, member: str, host: str) -> None:
    """The listing is ready, and the entry is not on it."""
    listing = world.browsers.of(world.people[member]).listing
    listing.open()
    seen = listing.shows_live(world.people.person(host).values(), 0.1)
    world.claim(f"{member} does not see it", not seen, expected="no entry", found="an entry" if seen else "no entry")


@then(text("{member:Name} sees no entry that is not in the listing"))
def sees_nothing_else(world: World, member: str) -> None:
    """Every title on the page is that of an entry which is live or upcoming: nothing is padded, nothing outlives."""
    database, listing = world.database, world.browsers.of(world.people[member]).listing
    if (
        database is None
        or not database.holds("listing")
        or world.target.web is None
        or not world.target.web.listing.any_entry
    ):
        raise NotApplicable("database", "what is listed can't be compared with what the page shows")

    def strange() -> list[str]:
        shown = listing.titles()
        listed = {
            str(row["title"]).strip() for row in database.query("select title from listing where status <> 'ended'")
        }
        return [title for title in shown if title not in listed]

    found, waited = eventually(strange, lambda titles: not titles, world.deadlines.listing)
    world.claim(
        f"{member} sees no entry that is not in the listing", not found, expected="only entries of the listing",
        found=", ".join(map(repr, found)) or "only entries of the listing", waited=waited,
    )  # fmt: skip
