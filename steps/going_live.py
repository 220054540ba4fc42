"""Going live: in the browser and through the gateway."""

from __future__ import annotations

from pytest_bdd import then, when

from greenroom.claims.claims import is_live, unchanged
from greenroom.claims.fact import every, same
from greenroom.drivers.outcome import Refused, Went, describe
from greenroom.scenario import actions as acts
from greenroom.scenario.world import World
from steps.words import text


@when(text("{host:Name} goes live in the browser"))
def in_browser(world: World, host: str) -> None:
    """One attempt on the page, which ends in the viewer."""
    acts.go_live_in_browser(world, world.people.host(host))


@when(text("{host:Name} goes live through the gateway"))
def through_gateway(world: World, host: str) -> None:
    """One request, which is carried out."""
    acts.go_live(world, world.people.host(host))


@when(text("{host:Name} goes live through the gateway as {title}"))
def through_gateway_as(world: World, host: str, title: str) -> None:
    """One request with that title, exactly as written."""
    acts.go_live(world, world.people.host(host), world.naming.exact_title(title))


@when(text("{host:Name} tries to go live through the gateway"))
def try_through_gateway(world: World, host: str) -> None:
    """One request; what comes of it is for the next step to judge."""
    acts.try_go_live(world, world.people.host(host))


@when(text("{host:Name} goes live and ends the room {n:Count} times"))
def live_and_end_often(world: World, host: str, n: int) -> None:
    """Through the gateway, one cycle after the other."""
    for _ in range(n):
        acts.go_live(world, world.people.host(host))
        acts.end(world, world.people.person(host))


@then(text("the page has told {host:Name} that it retries"))
def told_of_retry(world: World, host: str) -> None:
    """The conflict was noticed, and the page said so while it retried or right after."""
    seen = world.people.person(host).on_page
    noticed = seen is not None and seen.noticed
    world.claim(
        "the page says that it retries", noticed, expected="a notice", found="a notice" if noticed else "no notice"
    )


@then(text("{host:Name} meets the conflict and nothing has changed, or is live with one open session"))
def refused_or_healed(world: World, host: str) -> None:
    """Which of the two, the target declares by the capability self-reset."""
    person = world.people.person(host)
    assert person.outcome is not None
    healed = world.target.can("self-reset")
    expected = "carried out" if healed else "refused as not_idle"
    right = isinstance(person.outcome, Refused) and person.outcome.name == "not_idle"
    right = right if not healed else not isinstance(person.outcome, Refused)
    world.claim(f"Go Live is {expected}", right, expected=expected, found=describe(person.outcome))
    claim = is_live(person.room_id) if healed else unchanged(world.before, [person.room_id])
    world.expect(f"{host}'s room is {'live' if healed else 'as it was'}", claim, deadline="settle" if healed else "")


@then(text("all {n:Count} sessions of {host:Name} are over"))
def all_over(world: World, n: int, host: str) -> None:
    """That many sessions of this scenario, none of them open."""
    room = world.people.person(host).room_id
    world.expect(
        f"all {n} sessions of {host} are over",
        every(
            lambda state: [same("sessions", n, len(state.marked(state.sessions_of(room), world.mark)))],
            lambda state: [same("that are over", n, len(state.marked(state.closed_sessions(room), world.mark)))],
        ),
    )


@when(text("{host:Name} tries to go live in the browser"))
def try_in_browser(world: World, host: str) -> None:
    """One attempt on the page; what the page says is for the next step to judge."""
    acts.try_go_live_in_browser(world, world.people.host(host))


@when(text("{host:Name} goes live for the first time in the browser"))
def first_time_in_browser(world: World, host: str) -> None:
    """Somebody who may have no room yet goes live on the page."""
    person = world.people.person(host)
    acts.try_go_live_in_browser(world, person)
    world.look()
    acts.must_have_opened(person)
    world.people.find_room(person)
    acts.find_session(world, person)


@when(text("{host:Name} presses Go Live again"))
def presses_again(world: World, host: str) -> None:
    """The popup is still there; its last button is pressed once more, and the viewer opens."""
    person = world.people.person(host)
    person.on_page = world.browsers.of(person).go_live.submit(person.values())
    acts.must_have_opened(person)
    acts.find_session(world, person)


@when(text("{host:Name} double-clicks Go Live in the browser"))
def double_clicks(world: World, host: str) -> None:
    """Two clicks on the last button, as fast as a hand can."""
    person = world.people.host(host)
    person.title = world.naming.title()
    popup = world.browsers.of(person).go_live
    popup.open(person.values())
    person.on_page = popup.press_twice(person.values())
    acts.must_have_opened(person)


@when(text("{host:Name} goes live twice with the same idempotency key"))
def same_key(world: World, host: str) -> None:
    """The second request is a repetition of the first."""
    person = world.people.host(host)
    person.title = world.naming.title()
    wish = {"room": person.room_id, "title": person.title, "topics": ["talk"], "key": f"key-{world.mark}"}
    person.outcomes = [world.gateway.attempt("go_live", person.account, **wish) for _ in range(2)]


@then(text("both times {host:Name} was given the same session"))
def same_session(world: World, host: str) -> None:
    """Both requests went well and named one session."""
    outcomes = world.people.person(host).outcomes
    sessions = {str(outcome.answer["session"]) for outcome in outcomes if isinstance(outcome, Went)}
    right = len(sessions) == 1 and all(isinstance(outcome, Went) for outcome in outcomes)
    found = "; ".join(describe(outcome) for outcome in outcomes)
    world.claim("both requests give the same session", right, expected="one session, twice", found=found)


@then(text("the page tells {host:Name} that going live failed"))
def told_of_failure(world: World, host: str) -> None:
    """The viewer has not opened, and the page says why."""
    seen = world.people.person(host).on_page
    failed = seen is not None and not seen.opened
    world.claim(
        "the page says that going live failed",
        failed,
        expected="it says so",
        found="the viewer opened" if not failed else "it says so",
    )


@then(text("{host:Name} can press Go Live again"))
def can_press_again(world: World, host: str) -> None:
    """The last button can be pressed."""
    person = world.people.person(host)
    can = world.browsers.of(person).go_live.can_be_pressed(person.values(), world.deadlines.control)
    world.claim("Go Live can be pressed again", can, expected="it can", found="it can" if can else "it can't")


@then(text("{host:Name} can't press Go Live meanwhile"))
def cannot_press(world: World, host: str) -> None:
    """The last button is not there, or can't be pressed."""
    person = world.people.person(host)
    can = world.browsers.of(person).go_live.can_be_pressed_now(person.values())
    world.claim(
        "Go Live can't be pressed meanwhile", not can, expected="it can't", found="it can" if can else "it can't"
    )
