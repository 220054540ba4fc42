"""What a host asks for when going live, and whether it comes: title, time, lobby, for whom."""

from __future__ import annotations

from pytest_bdd import given, then, when

from fixtures.step_text import costs
from greenroom.claims import just_ended, pages, rooms, sessions
from greenroom.gherkin.vocabulary import WordList
from greenroom.scenario import intruders, planned, wishes
from greenroom.scenario.wishes import ODD_CAPACITIES, ODD_ENDS, ODD_TIMES, ODD_TITLES
from greenroom.scenario.world import World
from steps.words import text


@given(text("{host:Name} is live with a session that is not public"))
@costs(go_lives=1)
def is_live_privately(world: World, host: str) -> None:
    """The host went live and is present; visitors are not to see it."""
    wishes.go_live_privately(world, world.people.host(host))


@given(text("{host:Name} has scheduled a session that is not public and begins soon"))
@costs(go_lives=1)
def has_scheduled_privately(world: World, host: str) -> None:
    """It begins as far away as the deadline "soon" says; visitors are not to see it, neither before nor after that."""
    person = world.people.host(host)
    planned.schedule(world, person, world.deadlines.soon, operation="schedule_privately")


@given(text("{host:Name} has scheduled a session for tomorrow that is not public"))
@costs(go_lives=1)
def has_scheduled_privately_for_tomorrow(world: World, host: str) -> None:
    """Visitors are not to see that it is to come."""
    planned.schedule(world, world.people.host(host), planned.A_DAY, operation="schedule_privately")


@given(text("{host:Name} has scheduled a session on another topic that begins soon"))
@costs(go_lives=1)
def has_scheduled_another_topic(world: World, host: str) -> None:
    """It begins as far away as the deadline "soon" says."""
    planned.schedule(world, world.people.host(host), world.deadlines.soon, topic=wishes.ANOTHER_TOPIC)


@when(text("{host:Name} tries to go live with {title:OddTitle}", OddTitle=WordList("odd title", ODD_TITLES)))
@costs(go_lives=1)
def tries_with_odd_title(world: World, host: str, title: str | None) -> None:
    """One request with a title that no person chooses; what came of it is for a Then."""
    wishes.try_odd_title(world, world.people.host(host), title)


@when(
    text("{host:Name} tries to plan a session that begins on {start:OddTime}", OddTime=WordList("odd time", ODD_TIMES))
)
@costs(go_lives=1)
def tries_with_odd_time(world: World, host: str, start: str | None) -> None:
    """One request with a start that no person plans; what came of it is for a Then."""
    wishes.try_odd_time(world, world.people.host(host), start)


@when(text("{host:Name} tries to begin a session until {end:OddEnd}", OddEnd=WordList("odd end", ODD_ENDS)))
@costs(go_lives=1)
def tries_with_odd_end(world: World, host: str, end: str) -> None:
    """One request with a planned end that no person asks for; what came of it is for a Then."""
    wishes.try_odd_end(world, world.people.host(host), end)


@when(
    text(
        "{host:Name} tries to begin a session for {capacity:OddCapacity}",
        OddCapacity=WordList("odd capacity", ODD_CAPACITIES),
    )
)
@costs(go_lives=1)
def tries_with_odd_capacity(world: World, host: str, capacity: float) -> None:
    """One request with a limit that no person asks for; what came of it is for a Then."""
    wishes.try_odd_capacity(world, world.people.host(host), capacity)


@when(text("{host:Name} goes live on another topic"))
@costs(go_lives=1)
def goes_live_on_another_topic(world: World, host: str) -> None:
    """One request, with a topic that the session before did not have."""
    wishes.go_live_on_another_topic(world, world.people.person(host))


@when(text("{host:Name} goes live without a topic"))
@costs(go_lives=1)
def goes_live_without_topic(world: World, host: str) -> None:
    """One request; where a topic has to be named, there is nothing to be seen."""
    wishes.go_live_without_topics(world, world.people.host(host))


@then(text("the page does not show {person:Name} the title of {host:Name}'s session"))
def does_not_show_title(world: World, person: str, host: str) -> None:
    """The page that the person looks at has settled, and the title is nowhere on it."""
    viewer, hosting = world.browsers.of(world.people[person]).viewer, world.people.person(host)
    world.confirm(pages.shows_no_title(person, viewer, hosting.values(), hosting.title))


@then(text("the page shows {person:Name} the title of {host:Name}'s session"))
def shows_title(world: World, person: str, host: str) -> None:
    """The page that the person looks at shows the title of the session that is on, within the deadline."""
    viewer = world.browsers.of(world.people[person]).viewer
    world.confirm(pages.shows_its_title(person, viewer, world.people.person(host).title))


@then(text("the page shows {person:Name} the title of {host:Name}'s session, or asks to sign in"))
def shows_title_or_sign_in(world: World, person: str, host: str) -> None:
    """Which of the two, the target declares by `[web] sign_in_path`."""
    if not world.browsers.of(world.people[person]).tab.was_sent_to_sign_in():
        shows_title(world, person, host)


@when(text("{person:Name} reads {host:Name}'s entry past the gateway"))
def reads_entry(world: World, person: str, host: str) -> None:
    """One request to the table itself."""
    intruders.attempt(world, world.people[person], "read_entry", world.people.person(host))


@when(text("{person:Name} reads {host:Name}'s sessions past the gateway"))
def reads_sessions(world: World, person: str, host: str) -> None:
    """One request to the table itself."""
    intruders.attempt(world, world.people[person], "read_session", world.people.person(host))


@then(text("{host:Name}'s session has the title that was asked for"))
def has_title(world: World, host: str) -> None:
    """The title of the session, exactly as written."""
    person = world.people.person(host)
    world.expect(f"{host}'s session has its title", sessions.has_title(person.session_id, person.title))


@then(text("{host:Name} is on air with exactly one open session"))
def is_on_air(world: World, host: str) -> None:
    """Live, and not in the lobby where the target has one; one open session, to which the room points."""
    claim = rooms.is_live(world.people.person(host).room_id, statuses=wishes.on_air(world))
    world.expect(f"{host} is on air with exactly one open session", claim)


@when(text("{host:Name} schedules a session for the same time again"))
@costs(go_lives=1)
def schedules_again(world: World, host: str) -> None:
    """One request with the very start of the session before."""
    wishes.schedule_again(world, world.people.person(host))


@when(text("{host:Name} tries to schedule a session for tomorrow by the clock of Tokyo"))
@costs(go_lives=1)
def tries_to_schedule_by_tokyo(world: World, host: str) -> None:
    """The start is written with nine hours of difference; what comes of it is for a Then."""
    wishes.try_schedule_by_tokyo(world, world.people.host(host))


@then(text("{host:Name}'s session is scheduled for when it was asked for, or nothing has changed"))
def is_scheduled_or_refused(world: World, host: str) -> None:
    """A target may take times of one zone only, but none for another than it is."""
    wishes.expect_scheduled_or_refused(world, world.people.person(host))


@then(text("{host:Name}'s session began just now"))
def began_just_now(world: World, host: str) -> None:
    """By its start, give or take what a scenario and two clocks may take."""
    began = just_ended.began_just_now(world.people.person(host).session_id)
    world.expect(f"{host}'s session began just now", began)


@then(text("the beginning of {host:Name}'s session is as it was"))
def beginning_is_as_it_was(world: World, host: str) -> None:
    """It is what it was before the first of the Whens."""
    kept = sessions.keeps_its_beginning(world.people.person(host).session_id, world.before)
    world.expect(f"the beginning of {host}'s session is as it was", kept, deadline="")


@then(text("{host:Name}'s session is scheduled for when it was asked for"))
def is_scheduled(world: World, host: str) -> None:
    """It has not begun, and its start is the one that was asked for."""
    wishes.expect_scheduled(world, world.people.person(host))


@then(text("{host:Name}'s session is in the lobby"))
def is_in_lobby(world: World, host: str) -> None:
    """The room is in the lobby, with one open session."""
    claim = rooms.is_live(world.people.person(host).room_id, statuses=("lobby",))
    world.expect(f"{host}'s session is in the lobby", claim)
