"""Going live: in the browser and through the gateway."""

from __future__ import annotations

from pytest_bdd import then, when

from greenroom import acts
from greenroom.drivers.outcome import Refused, describe
from greenroom.facts import every, is_live, same, unchanged
from greenroom.stage import Stage
from steps.words import text


@when(text("{host:Name} goes live in the browser"))
def in_browser(stage: Stage, host: str) -> None:
    """One attempt on the page, which ends in the viewer."""
    acts.go_live_in_browser(stage, stage.host(host))


@when(text("{host:Name} goes live through the gateway"))
def through_gateway(stage: Stage, host: str) -> None:
    """One request, which is carried out."""
    acts.go_live(stage, stage.host(host))


@when(text("{host:Name} goes live through the gateway as {title}"))
def through_gateway_as(stage: Stage, host: str, title: str) -> None:
    """One request with that title, exactly as written."""
    acts.go_live(stage, stage.host(host), stage.exact_title(title))


@when(text("{host:Name} tries to go live through the gateway"))
def try_through_gateway(stage: Stage, host: str) -> None:
    """One request; what comes of it is for the next step to judge."""
    acts.try_go_live(stage, stage.host(host))


@when(text("{host:Name} goes live and ends the room {n:Count} times"))
def live_and_end_often(stage: Stage, host: str, n: int) -> None:
    """Through the gateway, one cycle after the other."""
    for _ in range(n):
        acts.go_live(stage, stage.host(host))
        acts.end(stage, stage.person(host))


@then(text("the page has told {host:Name} that it retries"))
def told_of_retry(stage: Stage, host: str) -> None:
    """The conflict was noticed, and the page said so while it retried or right after."""
    seen = stage.person(host).on_page
    noticed = seen is not None and seen.noticed
    stage.claim(
        "the page says that it retries", noticed, expected="a notice", found="a notice" if noticed else "no notice"
    )


@then(text("{host:Name} meets the conflict and nothing has changed, or is live with one open session"))
def refused_or_healed(stage: Stage, host: str) -> None:
    """Which of the two, the target declares by the capability self-reset."""
    person = stage.person(host)
    assert person.outcome is not None
    healed = stage.target.can("self-reset")
    expected = "carried out" if healed else "refused as not_idle"
    right = isinstance(person.outcome, Refused) and person.outcome.name == "not_idle"
    right = right if not healed else not isinstance(person.outcome, Refused)
    stage.claim(f"Go Live is {expected}", right, expected=expected, found=describe(person.outcome))
    judge = is_live(person.room_id) if healed else unchanged(stage.before, [person.room_id])
    stage.expect(f"{host}'s room is {'live' if healed else 'as it was'}", judge, deadline="settle" if healed else "")


@then(text("all {n:Count} sessions of {host:Name} are over"))
def all_over(stage: Stage, n: int, host: str) -> None:
    """That many sessions, none of them open."""
    room = stage.person(host).room_id
    stage.expect(
        f"all {n} sessions of {host} are over",
        every(
            lambda state: [same("sessions", n, len(state.sessions_of(room)))],
            lambda state: [same("sessions that are over", n, len(state.closed_sessions(room)))],
        ),
    )
