"""Somebody who takes part: made over the API when first mentioned, and signed in on a page of their own."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from typing import Any

from behave.runner import Context
from playwright.sync_api import Page


@dataclass
class Person:
    """An account, what the sign-up answered, and the page the person looks at."""

    id: str
    answer: dict[str, Any]
    page: Page | None = None
    title: str = ""
    stuck_session: str = ""


def person(context: Context, name: str) -> Person:
    """The person called so."""
    if name not in context.people:
        mark = uuid.uuid4().hex[:8]
        answer = context.http.post(
            f"{context.auth}/signup",
            headers={"apikey": context.anon_key},
            json={
                "email": f"{name.lower()}-{mark}@example.test",
                "password": f"password-{mark}",
                "data": {"display_name": f"{name} {mark}"},
            },
            timeout=10,
        )
        answer.raise_for_status()
        context.people[name] = Person(answer.json()["user"]["id"], answer.json())
    found: Person = context.people[name]
    return found


def page_of(context: Context, name: str) -> Page:
    """The person's page, in a context of its own in which they are signed in."""
    someone = person(context, name)
    if someone.page is None:
        signed_in = {"name": "sb-greenroom-auth", "value": json.dumps(someone.answer)}
        fresh = context.browser.new_context(
            storage_state={"cookies": [], "origins": [{"origin": context.web, "localStorage": [signed_in]}]}
        )
        someone.page = fresh.new_page()
    return someone.page
