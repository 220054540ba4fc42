"""Those who get in where they don't belong: past the gateway, with a worthless proof, from another tenant."""

from __future__ import annotations

from pytest_bdd import given, then, when

from fixtures.step_text import costs
from greenroom.claims import answers, turned_away
from greenroom.gherkin.vocabulary import WordList
from greenroom.scenario import deeds, intruders, page_writes
from greenroom.scenario.deeds import INTRUDERS, Intruder
from greenroom.scenario.intruders import NONSENSE, Nonsense
from greenroom.scenario.operations import must
from greenroom.scenario.world import World
from greenroom.scenario.worthless_proofs import WayIn, try_to_get_in
from greenroom.targetfile.operations import OF_ONESELF
from steps.words import text


@when(text("{stranger:Name} tries to {deed:DataApiDeed} of {host:Name} through the data API"))
def tampers(world: World, stranger: str, deed: str, host: str) -> None:
    """One write past the gateway; whatever is answered, what counts is what it changed."""
    intruders.attempt(world, world.people[stranger], deed, world.people.person(host))


@when(text("{stranger:Name} tries to reset the room of {host:Name} by a request"))
def tries_to_reset(world: World, stranger: str, host: str) -> None:
    """One request that frees a room, past the gateway or to it; what counts is what it changed."""
    intruders.attempt(world, world.people[stranger], "reset", world.people.person(host))


@when(text("{guest:Name} tries to come out of {host:Name}'s lobby through the data API"))
def tries_to_come_out_of_lobby(world: World, guest: str, host: str) -> None:
    """The guest who waits writes that they were let in; whatever is answered, what counts is who is inside."""
    intruders.attempt(world, world.people.person(guest), "admit_oneself", world.people.person(host))


@when(
    text(
        "{guest:Name} tries to {deed:OwnDeed} {host:Name}'s room past the gateway",
        OwnDeed=WordList("deed of a guest past the gateway", OF_ONESELF),
    )
)
def tries_past_the_gateway(world: World, guest: str, deed: str, host: str) -> None:
    """One write to what the table says of the guest; whatever is answered, what counts is what came of it."""
    intruders.attempt(world, world.people.person(guest), deed, world.people.person(host))


@when(
    text(
        "{stranger:Name} reads {what:OfARoom} {host:Name}'s room past the gateway",
        OfARoom=WordList(
            "what a table says of a room", {"who is in": "read_attendance", "what is known of": "read_room"}
        ),
    )
)
def reads_past_the_gateway(world: World, stranger: str, what: str, host: str) -> None:
    """One request to the table itself."""
    intruders.attempt(world, world.people[stranger], what, world.people.person(host))


@given(text("{host:Name} is able to {deed:HostsDeed}"))
@costs(go_lives=lambda deed: int(deed in ("end", "host_present")))
def is_able(world: World, host: str, deed: str) -> None:
    """The host's room is in the state in which its host would succeed with the deed."""
    intruders.make_able(world, world.people.host(host), deed)


@when(text("{stranger:Name} tries to {deed:HostsDeed} in {host:Name}'s room through the gateway"))
@costs(go_lives=lambda deed: int(deed == "go_live"))
def tries_hosts_deed(world: World, stranger: str, deed: str, host: str) -> None:
    """A deed of the host, by somebody else."""
    intruders.attempt(world, world.people[stranger], deed, world.people.person(host))


@when(
    text(
        "{who:Intruder} tries every deed of {host:Name}, at rest and live",
        Intruder=WordList("person", INTRUDERS),
    )
)
@costs(go_lives=2)
def tries_every_deed(world: World, who: Intruder, host: str) -> None:
    """Every described operation that changes a room, each in a state in which its host would succeed."""
    deeds.try_every_deed(world, who, world.people.host(host))


@given(text("{host:Name} has gone live, recovered and ended in the browser, and is live again"))
@costs(go_lives=2)
def has_used_the_page(world: World, host: str) -> None:
    """All by which the page changes something by itself, as far as it can be brought about; then live, with a guest."""
    page_writes.use_the_page(world, world.people.host(host))


@when(text("everybody who may not sends again what {host:Name}'s page has sent"))
@costs(go_lives=9)
def send_again(world: World, host: str) -> None:
    """Each request by which the page changed something, as each kind of person who is not the host."""
    page_writes.send_again(world, world.people.person(host))


@then("whoever tried it was turned away each time")
def was_turned_away_each_time(world: World) -> None:
    """Refused each time because of who they are, or told of nothing that was done."""
    deeds.expect_turned_away(world)


@then("nothing that was tried has changed the room")
def nothing_tried_changed_anything(world: World) -> None:
    """Every row of the room, its sessions, attendance and entry is after each what it was before."""
    deeds.expect_nothing_changed(world)


@then(text("{stranger:Name} is turned away"))
def is_turned_away(world: World, stranger: str) -> None:
    """Refused because of who they are, and not because of the state that the room is in."""
    outcome = world.people[stranger].last_outcome
    named = world.target.operations[outcome.operation].names_room
    claim = turned_away.turned_away if named else turned_away.about_their_own
    world.confirm(claim(stranger, outcome))


@when(text("somebody with {proof:Proof} for {host:Name} tries to {deed:GatewayDeed} through the gateway"))
def with_worthless_proof(world: World, proof: str, host: str, deed: str) -> None:
    """The proof names the host, but is not worth anything."""
    intruders.attempt_with(world, proof, world.people.person(host), deed)


@when(text("somebody with {proof:Proof} for {host:Name} reads who is inside past the gateway"))
def reads_with_worthless_proof(world: World, proof: str, host: str) -> None:
    """One request to the table itself; the proof names the host, but is not worth anything."""
    intruders.attempt_with(world, proof, world.people.person(host), "read_attendance")


@when(
    text(
        "somebody who {way:WayIn} tries to end the room as {host:Name}",
        WayIn=WordList("way in", {way.value: way for way in WayIn}),
    )
)
def tries_to_get_in(world: World, way: WayIn, host: str) -> None:
    """With whatever the target takes for the host's sign-in; where it takes nothing, nothing is tried."""
    try_to_get_in(world, world.people.person(host), way)


@when(
    text(
        "{stranger:Name} tries to {deed:GuestsDeed} {host:Name}'s room in {other:Name}'s name",
        GuestsDeed=WordList("deed of a guest", {"join": "join", "leave": "leave"}),
    )
)
def tries_in_the_name_of(world: World, stranger: str, deed: str, host: str, other: str) -> None:
    """One request with the stranger's own proof, which names the other, as far as such a request names anybody."""
    people = world.people
    intruders.attempt_in_the_name_of(world, people[stranger], people.person(other), deed, people.person(host))


@when(text("{stranger:Name} tries everything on {host:Name}'s room through the gateway"))
def tries_everything(world: World, stranger: str, host: str) -> None:
    """Every operation that changes a room; each must be refused."""
    intruders.attempt_every_change(world, world.people[stranger], world.people.person(host))


@then(text("{stranger:Name} was refused every time"))
def was_refused_every_time(world: World, stranger: str) -> None:
    """No success, and nothing broke: no 5xx either."""
    world.confirm(turned_away.refused_every_time(stranger, intruders.tried_by(world, world.people[stranger])))


@when(text("{stranger:Name} asks for the state of {host:Name}'s room"))
def asks_for_state(world: World, stranger: str, host: str) -> None:
    """Through the gateway."""
    intruders.attempt(world, world.people[stranger], "room_state", world.people.person(host))


@when(text("{stranger:Name} asks which sessions {host:Name}'s room has had"))
def asks_for_sessions(world: World, stranger: str, host: str) -> None:
    """Through the gateway, where it tells them."""
    intruders.attempt(world, world.people[stranger], "sessions", world.people.person(host))


@given(text("{host:Name} has asked which sessions the room has had"))
def has_asked_for_sessions(world: World, host: str) -> None:
    """One request of the host, which is carried out."""
    person = world.people.person(host)
    must(world.gateway, "sessions", person.account, room=person.room_id)


@given(text("{host:Name} has asked who waits in the lobby"))
def has_asked_who_waits(world: World, host: str) -> None:
    """One request of the host, which is carried out."""
    person = world.people.person(host)
    must(world.gateway, "waiting", person.account, room=person.room_id)


@when(text("{stranger:Name} asks who waits in {host:Name}'s lobby"))
def asks_who_waits(world: World, stranger: str, host: str) -> None:
    """Through the gateway, by the request with which the host is told."""
    intruders.attempt(world, world.people[stranger], "waiting", world.people.person(host))


@then(text("{stranger:Name} was told nothing"))
def was_told_nothing(world: World, stranger: str) -> None:
    """The gateway refused to say."""
    world.confirm(turned_away.told_nothing(stranger, world.people[stranger].last_outcome))


@when(text("{host:Name} sends {nonsense:Nonsense} through the gateway", Nonsense=WordList("nonsense", NONSENSE)))
def sends_nonsense(world: World, host: str, nonsense: Nonsense) -> None:
    """Requests that no client in its senses sends, to every operation that takes a room."""
    intruders.send_nonsense(world, world.people.person(host), nonsense)


@then("no failure gives anything away")
def no_failure_leaks(world: World) -> None:
    """No answer of a failure holds SQL, a stack, a path or a secret, if there was one."""
    world.confirm(answers.no_leak(world.exchanges, world.target))


@then("no answer gives anything away")
def nothing_leaks(world: World) -> None:
    """No refusal holds SQL, a stack, a path or a secret; and there were refusals."""
    for seen in answers.nothing_given_away(world.exchanges, world.target):
        world.confirm(seen)


@then("the data API was tried")
def was_tried(world: World) -> None:
    """At least one request reached the data API; else the scenario proves nothing."""
    outcomes = [person.outcome for person in world.people.values()]
    world.confirm(answers.data_api_answered(outcomes))
