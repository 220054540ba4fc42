"""One browser and one database connection for all scenarios; people of its own for each, who are removed after it."""

from __future__ import annotations

import os
import shutil

import psycopg
import requests
from behave.model import Scenario
from behave.runner import Context
from playwright.sync_api import sync_playwright


def before_all(context: Context) -> None:
    """The addresses come from SERVED_*, as the tests of the harness pass them on."""
    context.web = os.environ["SERVED_WEB"]
    context.gateway = os.environ["SERVED_GATEWAY"]
    context.auth = os.environ["SERVED_AUTH"]
    context.anon_key = os.environ["SERVED_ANON_KEY"]
    context.database = psycopg.connect(os.environ["SERVED_DATABASE"], autocommit=True)
    context.http = requests.Session()
    context.playwright = sync_playwright().start()
    path = os.environ.get("GREENROOM_BROWSER") or shutil.which("chromium-headless-shell")
    context.browser = context.playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])


def before_scenario(context: Context, scenario: Scenario) -> None:
    """Nobody is there yet."""
    context.people = {}


def after_scenario(context: Context, scenario: Scenario) -> None:
    """Close the pages, and remove the people with all that is theirs."""
    for person in context.people.values():
        if person.page is not None:
            person.page.context.close()
    context.database.execute(
        "delete from auth.users where id = any(%s)", ([person.id for person in context.people.values()],)
    )


def after_all(context: Context) -> None:
    """Let everything go."""
    context.browser.close()
    context.playwright.stop()
    context.http.close()
    context.database.close()
