"""The listing: what it says in the database, and what other people see of it."""

from __future__ import annotations

from pytest_bdd import given, then, when

from fixtures.step_text import costs
from greenroom.claims import pages
from greenroom.claims.listing import begins_with_its_session, listing_agrees, live_entries_are
from greenroom.scenario import crowd, listing, sign_ins, stuck_rooms
from greenroom.scenario.world import World
from steps.words import text


@given(text("{member:Name} has the listing open in the browser"))
def has_listing_open(world: World, member: str) -> None:
    """A page that stays open while things happen."""
    world.browsers.of(world.people.person(member)).listing.open()


@given(text("{member:Name} has kept the listing open until the sign-in has run out"))
def has_kept_listing_open(world: World, member: str) -> None:
    """To the page a quarter of an hour passes, and its token is over, but can be renewed."""
    sign_ins.keep_listing_open(world, world.people.person(member))


@when(text("{member:Name} reloads the listing"))
def reloads_listing(world: World, member: str) -> None:
    """The page is loaded anew."""
    world.browsers.of(world.people.person(member)).listing.open()


@given(text("{member:Name} sees {host:Name}'s session in the listing"))
@then(text("{member:Name} sees {host:Name}'s session in the listing"))
def sees_session(world: World, member: str, host: str) -> None:
    """The entry is shown as live."""
    listing.expect_seen(world, world.people.person(member), world.people.person(host))


@then(text("{member:Name} sees {host:Name}'s session in the listing, with its title and host"))
def sees_title_and_host(world: World, member: str, host: str) -> None:
    """The entry is shown as live, its title exactly as written, its host by name."""
    listing.expect_seen_in_full(world, world.people.person(member), world.people.person(host))


@given(text("{member:Name} has seen {host:Name}'s session in the listing as upcoming"))
@then(text("{member:Name} sees {host:Name}'s session in the listing as upcoming, not as live"))
def sees_upcoming(world: World, member: str, host: str) -> None:
    """The page tells what is to come from what is on."""
    listing.expect_upcoming(world, world.people.person(member), world.people.person(host))


@then(text("{member:Name} no longer sees {host:Name}'s session in the listing"))
def no_longer_sees(world: World, member: str, host: str) -> None:
    """Within the deadline, without a reload."""
    page, values = world.browsers.of(world.people[member]).listing, world.people.person(host).values()
    world.confirm(pages.drops_live(member, host, page, values, world.deadlines.on_open_listing))


@then(text("{member:Name} does not see {host:Name}'s session in the listing"))
def does_not_see_session(world: World, member: str, host: str) -> None:
    """The listing is ready, and the entry is not on it."""
    page = world.browsers.of(world.people[member]).listing
    page.open()
    world.confirm(pages.lists_nothing(member, page, world.people.person(host).values()))


@then(text("{member:Name} has not been shown {host:Name}'s session in the listing that is open"))
def has_not_been_shown(world: World, member: str, host: str) -> None:
    """The page that has been open all the time, as it is now: what came since it was loaded came by another way."""
    page = world.browsers.of(world.people[member]).listing
    world.confirm(pages.lists_nothing(member, page, world.people.person(host).values()))


@then(text("{host:Name}'s entry begins when the session does"))
def begins_with_session(world: World, host: str) -> None:
    """The start that the entry shows is that of the session that is on."""
    person = world.people.person(host)
    begins = begins_with_its_session(person.room_id, person.session_id)
    world.expect(f"{host}'s entry begins when the session does", begins, deadline="listing")


@then(text("the listing agrees with {host:Name}'s room, and goes on to"))
@costs(waits=True)
def goes_on_to_agree(world: World, host: str) -> None:
    """Live entries where the room is live and none where it is not, and still so after the time called "settle"."""
    agrees = listing_agrees(world.people.person(host).room_id)
    world.expect(f"the listing agrees with {host}'s room", agrees, deadline="listing")
    world.keeps(f"the listing agrees with {host}'s room", agrees, deadline="settle")


@given(text("{host:Name}'s entry is of some hours ago"))
def entry_is_old(world: World, host: str) -> None:
    """The session that it was made for began and ended hours ago."""
    stuck_rooms.age_entry(world, world.people.person(host))


@given(text("{n:Count} rooms are live"))
@costs(accounts=False)
def many_are_live(world: World, n: int) -> None:
    """Of people who do nothing else; each began a minute before the next."""
    crowd.be_live(world, n)


@given("somebody is live whose name is blank")
@costs(accounts=False)
def nameless_is_live(world: World) -> None:
    """Of a service that once let people call themselves that. One odd entry must not take the others along."""
    crowd.be_live_without_name(world)


@then(text("{member:Name} sees each of these rooms in the listing, once"))
def sees_each_once(world: World, member: str) -> None:
    """On a listing that is opened now; however long it is."""
    crowd.expect_each_listed_once(world, world.people.person(member))


@then(
    text(
        "{member:Name} sees the listing in its documented order, where {new:Name}'s session is newer than {old:Name}'s"
    )
)
def sees_in_order(world: World, member: str, new: str, old: str) -> None:
    """Two live entries, in the order that the target file says is documented."""
    people = world.people
    listing.expect_order(world, people.person(member), people.person(new), people.person(old))


@then(text("{member:Name} sees {host:Name}'s session in the listing with its topic"))
def sees_topic(world: World, member: str, host: str) -> None:
    """The topic that was asked for, and none of the session before."""
    listing.expect_topic(world, world.people.person(member), world.people.person(host))


@then(text("{member:Name} sees {host:Name}'s session in the listing without a topic"))
def sees_no_topic(world: World, member: str, host: str) -> None:
    """None was asked for; that of the session before is none of its own."""
    listing.expect_no_topic(world, world.people.person(member), world.people.person(host))


@given(text("{member:Name} has seen in the listing what {host:Name}'s session is about"))
def has_seen_topics(world: World, member: str, host: str) -> None:
    """A session that was begun on the page, on a listing that stays open."""
    listing.see_topics(world, world.people.person(member), world.people.person(host))


@then(text("{member:Name} sees in the listing that {host:Name}'s session is about the same"))
def sees_same_topics(world: World, member: str, host: str) -> None:
    """It was begun on the page as well, and the form filled in alike."""
    listing.expect_same_topics(world, world.people.person(member), world.people.person(host))


@given(text("{member:Name} has seen in the listing how many people are inside {host:Name}'s session"))
def has_seen_people(world: World, member: str, host: str) -> None:
    """On a page that stays open, before the scenario's act."""
    listing.see_people(world, world.people.person(member), world.people.person(host))


@then(text("{member:Name} sees one more person inside {host:Name}'s session in the listing"))
def sees_one_more(world: World, member: str, host: str) -> None:
    """Than before, on the page that is open."""
    listing.expect_people(world, world.people.person(member), world.people.person(host), more=1)


@then(text("{member:Name} sees one person fewer inside {host:Name}'s session in the listing"))
def sees_one_fewer(world: World, member: str, host: str) -> None:
    """Than before, on the page that is open."""
    listing.expect_people(world, world.people.person(member), world.people.person(host), more=-1)


@then(text("{member:Name} sees one entry of {host:Name}'s room"))
def sees_one_entry(world: World, member: str, host: str) -> None:
    """Not two, with the old title and the new."""
    page, values = world.browsers.of(world.people[member]).listing, world.people.person(host).values()
    world.confirm(pages.lists_once(member, host, page, values))


@then(text("{member:Name} sees no entry that is not in the listing"))
def sees_nothing_else(world: World, member: str) -> None:
    """Every title on the page is that of an entry which is live or upcoming: nothing is padded, nothing outlives."""
    listing.expect_no_strangers(world, world.people[member])


@then(text("{host:Name}'s session is listed as live"))
def is_listed(world: World, host: str) -> None:
    """One entry, live, with the title and the host."""
    listing.expect_listed(world, world.people.person(host), "live")


@then(text("{host:Name}'s session is listed as upcoming"))
def is_upcoming(world: World, host: str) -> None:
    """One entry, upcoming, with the title and the host."""
    listing.expect_listed(world, world.people.person(host), "upcoming")


@then(text("{host:Name}'s session is no longer listed as live"))
def is_not_listed(world: World, host: str) -> None:
    """No live entry; the entry is ended, with its end time."""
    listing.expect_not_listed(world, world.people.person(host))


@then(text("{host:Name}'s session is listed as live, or going live was refused and nothing has changed"))
def is_listed_or_rolled_back(world: World, host: str) -> None:
    """Refused only where the target declares listing-transaction."""
    listing.expect_listed_or_rolled_back(world, world.people.person(host))


@then(text("{host:Name}'s session is no longer listed as live, or ending was refused and nothing has changed"))
def is_unlisted_or_rolled_back(world: World, host: str) -> None:
    """Refused only where the target declares listing-transaction."""
    listing.expect_unlisted_or_rolled_back(world, world.people.person(host))


@then(text("the page tells {host:Name} that the room has ended and the listing agrees, or that nothing has changed"))
def is_ended_or_rolled_back(world: World, host: str) -> None:
    """That ending failed it may say only where the target declares listing-transaction."""
    listing.expect_ended_on_page_or_rolled_back(world, world.people.person(host))


@then(text("of these rooms exactly those of {hosts:Names} are live and listed as live"))
def exactly_these_live(world: World, hosts: tuple[str, ...]) -> None:
    """The set of live entries equals the set of live rooms."""
    live = live_entries_are([world.people.person(name).room_id for name in hosts])
    world.expect(f"exactly the rooms of {' and '.join(hosts)} are live and listed", live, deadline="listing")


@when(text("{host:Name} goes live and ends the room {n:Count} times, and the listing follows each time"))
@costs(go_lives=lambda n: n)
def listing_follows(world: World, host: str, n: int) -> None:
    """Listed as live after each Go Live, no longer after each end."""
    for _ in range(n):
        listing.go_live_and_end_listed(world, world.people.host(host))
