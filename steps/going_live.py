"""Going live: in the browser and through the gateway."""

from __future__ import annotations

from pytest_bdd import given, then, when

from fixtures.step_text import costs
from greenroom.claims import answers, pages, rooms
from greenroom.claims.fact import either
from greenroom.scenario import actions, faults, first_rooms, repeated_go_live, unsent_go_live, wishes
from greenroom.scenario.world import World
from steps.words import text


@when(text("{host:Name} goes live in the browser"))
@costs(go_lives=1)
def goes_live_in_browser(world: World, host: str) -> None:
    """One attempt on the page, which ends in the viewer."""
    actions.go_live_in_browser(world, world.people.host(host))


@when(text("{host:Name} goes live for the first time in the browser"))
@costs(go_lives=1)
def goes_live_first_time(world: World, host: str) -> None:
    """Somebody who may have no room yet goes live on the page."""
    actions.go_live_in_browser(world, world.people.person(host))


@when(text("{host:Name} tries to go live for the first time in the browser"))
@costs(go_lives=1)
def tries_first_time(world: World, host: str) -> None:
    """Somebody who may have no room yet tries it on the page; what the page says is for a Then."""
    actions.try_go_live_in_browser(world, world.people.person(host))


@when(text("{host:Name} tries to go live in the browser"))
@costs(go_lives=1)
def tries_in_browser(world: World, host: str) -> None:
    """One attempt on the page; what the page says is for a Then."""
    actions.try_go_live_in_browser(world, world.people.host(host))


@when(text("{host:Name} presses Go Live again"))
@costs(go_lives=1)
def presses_again(world: World, host: str) -> None:
    """The popup is still there; its last button is pressed once more, and the viewer opens."""
    actions.press_go_live_again(world, world.people.person(host))


@when(text("{host:Name} presses Go Live and reloads the page at once"))
@costs(go_lives=1)
def presses_and_reloads(world: World, host: str) -> None:
    """The Go Live is under way when the page goes and comes again."""
    actions.press_go_live_and_reload(world, world.people.person(host))


@when(text("{host:Name} presses Go Live again if it has failed"))
@costs(go_lives=1)
def presses_again_if_need_be(world: World, host: str) -> None:
    """Where the page found out by itself that the host is live, there is nothing to press."""
    person = world.people.person(host)
    if person.on_page is not None and person.on_page.opened:
        actions.find_session(world, person)
    else:
        actions.press_go_live_again(world, person)


@when(text("{host:Name} double-clicks Go Live in the browser"))
@costs(go_lives=1)
def double_clicks(world: World, host: str) -> None:
    """Two clicks on the last button, as fast as a hand can."""
    repeated_go_live.double_click_go_live(world, world.people.host(host))


@when(text("{host:Name} double-clicks Go Live in the browser and waits"))
@costs(go_lives=1)
def double_clicks_and_waits(world: World, host: str) -> None:
    """Two clicks on the last button, as fast as a hand can, while the request of the first is held."""
    repeated_go_live.double_click_go_live_held(world, world.people.host(host))


@when(text("{host:Name} double-clicks Go Live in the browser, and the room is being reset"))
@costs(go_lives=2)
def double_clicks_while_reset(world: World, host: str) -> None:
    """Two clicks on the last button, as fast as a hand can; the reset that follows is held."""
    repeated_go_live.double_click_go_live_while_reset(world, world.people.host(host))


@when(text("{host:Name} presses Enter in the form meanwhile"))
def presses_enter(world: World, host: str) -> None:
    """In its fields, as far as they still take anything."""
    person = world.people.person(host)
    world.browsers.of(person).go_live.press_enter(person.values())


@when(text("{host:Name} asks for a room again"))
def asks_for_room_again(world: World, host: str) -> None:
    """By the operation that made the first; whether it is refused or gives that one is the target's own affair."""
    actions.ask_for_room_again(world, world.people.person(host))


@when(text("{host:Name} resets the room by a request"))
def resets(world: World, host: str) -> None:
    """One request, past the gateway or to it, as a page sends it; it is carried out."""
    actions.reset(world, world.people.person(host))


@when(text("{host:Name} goes live through the gateway"))
@costs(go_lives=1)
def goes_live(world: World, host: str) -> None:
    """One request, which is carried out."""
    actions.go_live(world, world.people.host(host))


@when(text("{host:Name} goes live through the gateway as {title}"))
@costs(go_lives=1)
def goes_live_as(world: World, host: str, title: str) -> None:
    """One request with that title, exactly as written."""
    actions.go_live(world, world.people.host(host), world.naming.exact_title(title))


@when(text("{host:Name} goes live again under the same title"))
@costs(go_lives=1)
def goes_live_under_same_title(world: World, host: str) -> None:
    """One request with the very title of the session before, as of what takes place every week."""
    actions.go_live(world, world.people.person(host), world.people.person(host).title)


@when(text("{host:Name} goes live in the browser again under the same title"))
@costs(go_lives=1)
def goes_live_in_browser_under_same_title(world: World, host: str) -> None:
    """One attempt on the page with the very title of the session before, which ends in the viewer."""
    actions.go_live_in_browser(world, world.people.host(host), world.people.person(host).title)


@given(text("{host:Name} is live under the same title as {other:Name}"))
@costs(go_lives=1)
def is_live_under_same_title(world: World, host: str, other: str) -> None:
    """Two hosts, each in their own room, who thought of one title."""
    actions.go_live(world, world.people.host(host), world.people.person(other).title)


@when(text("{host:Name} goes live in the browser, and takes a word of the title with Enter"))
@costs(go_lives=1)
def goes_live_by_input_method(world: World, host: str) -> None:
    """As people write Japanese: the title is complete only after that, and the button is pressed at last."""
    wishes.go_live_by_input_method(world, world.people.host(host))


@when(text("{host:Name} goes live in the browser, and {other:Name} meanwhile through the gateway"))
@costs(go_lives=2)
def goes_live_in_browser_slowly(world: World, host: str, other: str) -> None:
    """The form is filled in, the other goes live, the page goes on with what it does by itself, and then the last
    button is pressed."""
    person, another = world.people.host(host), world.people.host(other)
    actions.go_live_in_browser(world, person, meanwhile=lambda: actions.go_live(world, another))


@when(text("{host:Name} goes live in the browser, and has opened the listing in a second tab meanwhile"))
@costs(go_lives=1)
def goes_live_beside_second_tab(world: World, host: str) -> None:
    """The form is filled in, the listing is opened beside it, and then the last button is pressed."""
    wishes.go_live_beside_second_tab(world, world.people.host(host))


@then(text("the form of Go Live shows {person:Name} nothing that {other:Name} wrote"))
def form_has_nothing_of(world: World, person: str, other: str) -> None:
    """The form is opened, and its fields are looked at before anything is written."""
    whoever = world.people.host(person)
    popup, wrote = world.browsers.of(whoever).go_live, world.people[other].title
    world.confirm(pages.form_has_nothing_of(other, wrote, popup, whoever.values()))


@when(text("{host:Name} fills in the form of Go Live and thinks better of it"))
def thinks_better_of_it(world: World, host: str) -> None:
    """No button is pressed: the host presses Escape, and loads the page anew."""
    unsent_go_live.think_better_of_it(world, world.people.host(host))


@when(text("{host:Name} fills in the form of Go Live, presses Escape, and goes live after all"))
@costs(go_lives=1)
def goes_live_after_all(world: World, host: str) -> None:
    """The form is opened again where Escape has closed it; nothing is loaded anew."""
    unsent_go_live.go_live_after_all(world, world.people.host(host))


@when(text("{host:Name} goes live in the browser as {title}"))
@costs(go_lives=1)
def goes_live_in_browser_as(world: World, host: str, title: str) -> None:
    """One attempt on the page with that title, exactly as written, which ends in the viewer."""
    actions.go_live_in_browser(world, world.people.host(host), world.naming.exact_title(title))


@when(text("{host:Name} tries to go live through the gateway"))
@costs(go_lives=1)
def tries_through_gateway(world: World, host: str) -> None:
    """One request; what comes of it is for a Then."""
    actions.try_go_live(world, world.people.host(host))


@when(text("{host:Name} goes live and ends the room {n:Count} times"))
@costs(go_lives=lambda n: n)
def goes_live_and_ends_often(world: World, host: str, n: int) -> None:
    """Through the gateway, one cycle after the other."""
    for _ in range(n):
        actions.go_live(world, world.people.host(host))
        actions.end(world, world.people.person(host))


@when(text("{host:Name} goes live twice with the same idempotency key"))
@costs(go_lives=2)
def goes_live_twice_with_key(world: World, host: str) -> None:
    """The second request is a repetition of the first."""
    actions.go_live_twice_with_key(world, world.people.host(host))


@when(text("{host:Name} goes live twice with the same idempotency key, and the gateway restarts in between"))
@costs(go_lives=2)
def goes_live_with_key_around_restart(world: World, host: str) -> None:
    """The second request is a repetition of the first, of a client that was not answered in time."""
    actions.go_live_twice_with_key(world, world.people.host(host), between=lambda: faults.restart_gateway(world))


@given(text("{host:Name} has gone live with an idempotency key"))
@costs(go_lives=1)
def has_gone_live_with_key(world: World, host: str) -> None:
    """One request, which is carried out."""
    repeated_go_live.go_live_with_key(world, world.people.host(host))


@when(text("{host:Name} goes live with another key, which begins alike"))
@costs(go_lives=1)
def goes_live_with_similar_key(world: World, host: str) -> None:
    """One request, which is carried out; only the last character of its key is another."""
    repeated_go_live.go_live_with_similar_key(world, world.people.person(host))


@when(text("{host:Name} sends the same Go Live once more"))
@costs(go_lives=1)
def sends_same_go_live(world: World, host: str) -> None:
    """With the same key and title, as of a client that was not answered; what comes of it is for a Then."""
    repeated_go_live.send_go_live_again(world, world.people.person(host))


@when(text("{other:Name} sends {host:Name}'s Go Live once more"))
@costs(go_lives=1)
def sends_anothers_go_live(world: World, other: str, host: str) -> None:
    """In the host's room, with the same key and title, by somebody who has seen it; what comes of it is for a Then."""
    repeated_go_live.send_go_live_of(world, world.people.person(other), world.people.person(host))


@then(text("{host:Name} is live with exactly one open session, or nothing has changed"))
def is_live_or_unchanged(world: World, host: str) -> None:
    """All of the Go Live or nothing of it."""
    room = world.people.person(host).room_id
    whole = either(rooms.is_live(room), rooms.unchanged(world.before, [room]))
    world.expect(f"{host} is live with exactly one open session, or nothing has changed", whole)


@then(text("both times {host:Name} was given the same session"))
def was_given_same_session(world: World, host: str) -> None:
    """Both requests were carried out and named one session."""
    world.confirm(answers.the_same_each_time(world.people.person(host).outcomes, "session", times="twice"))


@then(text("{host:Name} meets the conflict and nothing has changed, or is live with one open session"))
def is_refused_or_healed(world: World, host: str) -> None:
    """Which of the two, the target declares by the capability self-reset."""
    person, heals = world.people.person(host), world.target.can("self-reset")
    world.confirm(answers.carried_out_or_conflict(person.last_outcome, heals=heals))
    actions.expect_healed_or_unchanged(world, person, heals=heals)


@then(text("{host:Name} is live with exactly one open session, or was told that going live failed"))
def is_live_or_was_told(world: World, host: str) -> None:
    """Live where the target declares room-fallback; one that was told of a failure finds nothing changed."""
    actions.expect_live_or_told(world, world.people.person(host), finds_room=world.target.can("room-fallback"))


@then(text("{host:Name} is live in exactly one room, or was told that going live failed and hosts none"))
def has_first_room_or_was_told(world: World, host: str) -> None:
    """Which of the two is up to the page, where the gateway can't tell that there is no room yet."""
    first_rooms.expect_first_room_or_told(world, world.people.person(host))


@then(text("{host:Name} meets the conflict and nothing has changed, or is live and the orphaned session is closed"))
def is_refused_or_orphan_closed(world: World, host: str) -> None:
    """Which of the two, the target declares by `[states] orphans`."""
    person, closes = world.people.person(host), world.target.states.orphans == "closed"
    world.confirm(answers.carried_out_or_conflict(person.last_outcome, heals=closes))
    actions.expect_healed_or_unchanged(world, person, heals=closes)
    if closes:
        actions.expect_stuck_session_closed(world, person)


@then(text("the page has told {host:Name} that it retries"))
def was_told_of_retry(world: World, host: str) -> None:
    """The conflict was noticed, and the page said so while it retried or right after."""
    world.confirm(pages.says_that_it_retries(world.people.person(host).on_page))


@then(text("the page has told {host:Name} of no retry"))
def was_told_of_no_retry(world: World, host: str) -> None:
    """There was no conflict, and the page has not spoken of one."""
    world.confirm(pages.says_of_no_retry(world.people.person(host).on_page))


@then(text("the page tells {host:Name} that going live failed"))
def is_told_of_failure(world: World, host: str) -> None:
    """The viewer has not opened, and the page says why."""
    world.confirm(pages.says_that_going_live_failed(world.people.person(host).on_page))


@then(text("{host:Name} can press Go Live again"))
def can_press_again(world: World, host: str) -> None:
    """The last button can be pressed."""
    person = world.people.person(host)
    popup = world.browsers.of(person).go_live
    world.confirm(pages.go_live_can_be_pressed(popup, person.values(), world.deadlines.control))


@then(text("{host:Name} can't press Go Live meanwhile"))
def cannot_press(world: World, host: str) -> None:
    """The last button is not there, or can't be pressed."""
    person = world.people.person(host)
    world.confirm(pages.go_live_cannot_be_pressed(world.browsers.of(person).go_live, person.values()))
