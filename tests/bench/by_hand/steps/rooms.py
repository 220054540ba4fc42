"""The steps of the plan's four tests."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from behave import given, then, when
from behave.runner import Context
from people import Person, page_of, person
from playwright.sync_api import Locator, expect


@given("{name}'s room is stuck in the lobby with an ended session")
def stuck_in_lobby(context: Context, name: str) -> None:
    host = person(context, name)
    room = _post(context, host, "/rooms", title=f"{name}'s room")["room"]["id"]
    session = {"session_title": "Before", "topic_keys": ["talk"], "starts_at": datetime.now(UTC).isoformat()}
    host.stuck_session = _post(context, host, f"/rooms/{room}/sessions", **session)["session_id"]
    _post(context, host, f"/rooms/{room}/end")
    context.database.execute(
        "update live_rooms set status = 'lobby', current_session_id = %s where id = %s", (host.stuck_session, room)
    )


@given("{name} is live on the page")
@when("{name} goes live on the page")
def goes_live(context: Context, name: str) -> None:
    page, host = page_of(context, name), person(context, name)
    host.title = f"Morning talk {uuid.uuid4().hex[:8]}"
    page.goto(f"{context.web}/comm/live-rooms")
    page.get_by_role("button", name="Go Live").click()
    page.get_by_role("textbox", name="Title").fill(host.title)
    page.get_by_role("radio", name="Audio").check()
    page.get_by_role("checkbox", name="Talk").check()
    page.get_by_role("button", name="Go Live Now").click()
    expect(page.get_by_role("button", name="End Room")).to_be_visible()


@when("{name} refreshes the page")
def refreshes(context: Context, name: str) -> None:
    page_of(context, name).reload()


@when("{name} ends the room on the page")
def ends(context: Context, name: str) -> None:
    page = page_of(context, name)
    page.get_by_role("button", name="End Room").click()
    expect(page.get_by_role("status").filter(has_text="has ended")).to_be_visible()


@when("{name} opens the listing")
def opens_listing(context: Context, name: str) -> None:
    page_of(context, name).goto(f"{context.web}/comm/live-rooms")


@then("the page tells {name} that her room was reset")
def told_of_reset(context: Context, name: str) -> None:
    notice = page_of(context, name).get_by_role("status").filter(has_text="was reset before going live")
    expect(notice).to_be_visible()


@then("{name} sees End Room")
def sees_end_room(context: Context, name: str) -> None:
    expect(page_of(context, name).get_by_role("button", name="End Room")).to_be_visible()


@then("{name}'s room is live with a new session")
def is_live(context: Context, name: str) -> None:
    host = person(context, name)
    status, session, _ = _room(context, host)
    assert status == "live", status
    assert session is not None and str(session) != host.stuck_session, session


@then("{name}'s room is idle, without a session or a host")
def is_idle(context: Context, name: str) -> None:
    found = _room(context, person(context, name))
    assert found == ("idle", None, False), found


@then("{name} sees {host}'s session in the listing")
def sees_session(context: Context, name: str, host: str) -> None:
    expect(_entry(context, name, host)).to_be_visible()


@then("{host}'s session is gone from the listing that {name} sees")
def session_is_gone(context: Context, name: str, host: str) -> None:
    expect(_entry(context, name, host)).to_be_hidden()


def _entry(context: Context, name: str, host: str) -> Locator:
    return page_of(context, name).get_by_role("article", name=person(context, host).title)


def _room(context: Context, host: Person) -> tuple[Any, ...]:
    row: tuple[Any, ...] = context.database.execute(
        "select status, current_session_id, host_present from live_rooms where host_user_id = %s", (host.id,)
    ).fetchone()
    return row


def _post(context: Context, host: Person, path: str, **body: Any) -> Any:
    answer = context.http.post(
        context.gateway + path,
        headers={"Authorization": f"Bearer {host.answer['access_token']}"},
        json=body,
        timeout=10,
    )
    answer.raise_for_status()
    return answer.json()
