"""How a request reaches the code that answers it: in one transaction, with its form, and with who is asking."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

import psycopg
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.lantern.database import Database, Pool
from tests.lantern.people import Member, member_with
from tests.lantern.refusal import Kind, Refusal
from tests.lantern.seal import check_seal, with_seal

COOKIE = "lantern_pass"
LONGEST_FORM = 64_000
HIGHEST_NUMBER = 2**63 - 1
TRIES = 2
"""How often a request is carried out when the database fails it: what has failed has left nothing behind."""

log = logging.getLogger("lantern")


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `caller` is None for somebody who is signed out."""

    request: Request
    form: Mapping[str, str]
    db: Database
    caller: Member | None
    done: list[str] = field(default_factory=list)  # what is logged once it is sure to last

    @property
    def member(self) -> Member:
        """Who is asking. Raises Refusal when they are signed out."""
        if self.caller is None:
            raise Refusal(Kind.SIGNED_OUT)
        return self.caller

    @property
    def studio_no(self) -> int:
        """The studio in the address. Raises Refusal when it is no number that a studio can have."""
        text = str(self.request.path_params["no"])
        if not (text.isascii() and text.isdigit() and int(text) <= HIGHEST_NUMBER):
            raise Refusal(Kind.UNREADABLE, "Ein Studio hat eine Nummer.")
        return int(text)

    def field(self, name: str) -> str:
        """A field of the form without the space around it, or "" when it is not there."""
        return self.form.get(name, "").strip()


Work = Callable[[Call], Response]
Refused = Callable[[Request, Refusal, Member | None], Response]


def route(path: str, methods: Mapping[str, Work], refused: Refused) -> Route:
    """Answers `path` by the work given for each method; `refused` makes the answer to what is refused.

    What a refused or broken request had changed is undone. What was carried out is kept before the answer leaves.
    """

    def carry_out(request: Request, body: bytes) -> Response:
        pool: Pool = request.app.state.pool
        done: list[str] = []
        caller: Member | None = None
        try:
            with pool.connection() as db:
                caller = member_with(db, request.cookies.get(COOKIE, ""))
                form = _form(body)
                check_seal(request, form)
                work = methods["GET" if request.method == "HEAD" else request.method]
                answer = work(Call(request, form, db, caller, done))
        except Refusal as refusal:
            return with_seal(request, refused(request, refusal, caller))
        for line in done:
            log.info(line)
        return with_seal(request, answer)

    def persist(request: Request, body: bytes) -> Response:
        for _ in range(1, TRIES):
            try:
                return carry_out(request, body)
            except psycopg.Error as error:
                log.warning("once more after %s", type(error).__name__)
        return carry_out(request, body)

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(persist, request, await request.body())

    return Route(path, endpoint, methods=list(methods))


def _form(body: bytes) -> dict[str, str]:
    """The fields of a form. Raises Refusal when it is none."""
    if len(body) > LONGEST_FORM:
        raise Refusal(Kind.UNREADABLE, "Das ist zu viel Text.")
    try:
        fields = dict(parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict"))
    except UnicodeError:
        raise Refusal(Kind.UNREADABLE) from None
    if any("\0" in value for value in fields.values()):
        raise Refusal(Kind.UNREADABLE)
    return fields
