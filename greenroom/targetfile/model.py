"""What a target file says, as frozen values. Every key is documented in docs/targets.md."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, StringConstraints, model_validator

from greenroom.core.deadlines import Deadlines
from greenroom.core.placeholders import holes
from greenroom.targetfile.capabilities import declaring
from greenroom.targetfile.known_failure import KnownFailure
from greenroom.targetfile.operations import PAST_THE_GATEWAY
from greenroom.targetfile.protection import ClientCertificate, Protection
from greenroom.targetfile.rooms import Channel, Presence, States
from greenroom.targetfile.secrets import TargetSecrets
from greenroom.targetfile.watch import Watch
from greenroom.targetfile.web import FlowStep, Name, Web

REGULAR_EXPRESSION = "regular expression"  # the mark of a key that holds one, for the checks of the file

_NAMES = re.compile(r'"((?:[^"]|"")+)"|([^".]+)')  # the parts of a table's name, with and without quotes

Text = Annotated[str, StringConstraints(min_length=1)]
Pattern = Annotated[str, REGULAR_EXPRESSION]
Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]


_NAMES_ROOM = frozenset({"room", "session"})
"""Placeholders each of which says in which room something is to be done. A guest may be named by their account."""


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Request(_Table):
    """One HTTP request with placeholders, and what an answer to it means."""

    service: Name = "gateway"
    method: Method = "POST"
    path: str
    query: dict[str, str] = {}
    headers: dict[str, str] = {}
    json_: Any = Field(None, alias="json")
    form: dict[str, str] | None = None
    success: list[int] = [200]
    answer: dict[str, str] = {}  # our word -> JMESPath in the JSON answer
    location: str = ""  # the address in the header Location, from the end of its path on, with our words in braces
    follow: bool = False  # whether a redirect is followed to where it leads
    until: str = ""  # JMESPath: where Location names what is asked for it until it is true
    html: bool | None = None  # whether a page may be the answer; None: to a form whose answer has no words

    @property
    def told(self) -> frozenset[str]:
        """The words that an answer tells, in its body or in its header Location."""
        return frozenset(self.answer) | holes(self.location)


class Refusal(_Table):
    """An answer that says no: by status, by code where the target gives one, and by what else is true of it."""

    status: int
    code: str = ""
    when: str = ""  # JMESPath that is true of the answer's JSON
    location: str = ""  # where a redirect leads: the end of its path, such as that of the sign-in page
    text: Pattern = ""  # what stands in the answer's text, such as the notice of a page
    body: Literal["json", "text", "html", "empty"] | None = None  # None: JSON where the service speaks JSON

    @property
    def is_told_everywhere(self) -> bool:
        """Whether it is told by what says the same in every operation of its service."""
        return bool(self.code or self.location or self.text)

    @property
    def tells_from_success(self) -> bool:
        """Whether more than the status tells it."""
        return self.is_told_everywhere or bool(self.when or self.body)


class Operation(Request):
    """A gateway operation: a request that may be refused."""

    refusals: dict[str, Refusal] = {}
    statuses: dict[str, str] = {}  # the target's word for a status in the answer -> ours

    @property
    def names_room(self) -> bool:
        """Whether a request says which room it is about; else it is about the room of whoever asks."""
        return bool(holes([self.path, self.query, self.headers, self.json_, self.form]) & _NAMES_ROOM)

    def is_past_the_gateway(self, name: str) -> bool:
        """Whether the operation, which is called so, goes to the data API: what it answers is its own affair. It may
        have the gateway's address."""
        return name in PAST_THE_GATEWAY or self.service != "gateway"


class PageRequest(_Table):
    """A request that the page sends by itself. In `path`, `*` is one part; `query` holds some of its parameters, where
    `*` is anything, and `body` words of its body. With `message` it is no request, but what the page says over a
    WebSocket that it opened at `path`; `fails` is how the server says over it that it could not."""

    service: Name
    method: Method | Literal["*"] = "*"
    path: str
    query: dict[str, str] = {}
    body: dict[str, str | int | bool] = {}
    message: str = ""
    fails: str = ""


class Launch(_Table):
    """How an embedded target is started and controlled by its standard input, and names of free ports for it."""

    command: list[str] = Field(min_length=1)
    directory: str = "."
    environment: dict[str, str] = {}
    ports: list[Name] = []
    ready: Literal["line", "ports"] = "line"
    controls: dict[str, str] = {}


class Csrf(_Table):
    """Where the token comes from that a service wants to see in each request, besides its session's cookie."""

    request: Request
    cookie: str = ""  # the cookie that holds it, or that has to come with it, beside:
    pattern: Pattern = ""  # a regular expression for it in the answer's text, such as a page's
    field: str = ""  # where pages send it in a body

    @property
    def is_in_cookie(self) -> bool:
        """Whether the cookie itself is the token, and nothing else that is said tells it."""
        return bool(self.cookie) and not self.pattern and "csrf" not in self.request.answer


class SignIn(_Table):
    """How a person's requests prove who they are."""

    scheme: Literal["password-grant", "form-post", "key-header", "minted-jwt", "given-token", "none"] = "password-grant"
    request: Request | None = None
    start: Request | None = None  # sent before `request`, where it takes two; what it gives is {started}
    headers: dict[str, str] = {"Authorization": "Bearer {token}"}
    cookies: bool = False  # the session is kept in cookies that the sign-in set
    algorithm: Literal["HS256", "RS256", "ES256", "EdDSA"] = "HS256"
    key: str = ""  # secret or PEM that signs minted tokens
    public_key: str = ""  # what every page carries, and proves nobody
    claims: dict[str, Any] = {}
    lifetime: int = 3600
    renew_after: int = 0  # seconds after which somebody signs in anew
    renewal: Request | None = None  # gives another proof for a {refresh} or a cookie, in place of signing in
    csrf: Csrf | None = None


class BrowserSignIn(_Table):
    """How a person is signed in within the browser."""

    scheme: Literal["local-storage", "cookie", "form", "none"] = "local-storage"
    key: str = ""
    value: Any = "{answer}"
    flow: list[FlowStep] = []
    signed_in: str = ""  # a selector that is there once the form has worked
    sign_in: list[FlowStep] = []  # what a person does to sign in, on any page on which nobody is
    sign_out: list[FlowStep] = []  # what a person does to sign out, on any page

    @property
    def first_field(self) -> str:
        """The selector of what is filled in first to sign in; "" where nobody signs in by a form."""
        return next((step.fill for step in self.flow if step.fill), "") if self.scheme == "form" else ""


class PoolAccount(_Table):
    """One given account; its secrets come from the environment."""

    account_id: str
    email: str = ""
    password: str = ""
    token: str = ""
    name: str = ""
    room: str = ""  # the id of their permanent room, where no operation tells it


class People(_Table):
    """How people come to be: made by the API, made by SQL (arrange.sql: make_account), or leased from a pool."""

    source: Literal["api", "sql", "pool"]
    request: Request | None = None
    elsewhere: Request | None = None  # makes an account of another tenant
    email: str = "{slug}.{mark}@greenroom.test"
    elsewhere_email: str = ""  # of an account of another tenant, where the address tells which; empty: as `email`
    pool: list[PoolAccount] = []

    @model_validator(mode="before")
    @classmethod
    def _elsewhere_by_the_address(cls, told: Any) -> Any:
        """Where the address alone says of which tenant somebody is, the request that makes an account makes both."""
        if isinstance(told, dict) and told.get("source") == "api" and told.get("elsewhere_email"):
            return {"elsewhere": told.get("request"), **told}
        return told


class WriteFault(_Table):
    """A table of the target whose writes can be made to fail for one room, and its column that holds the room's id, or
    an SQL expression of its columns that makes it."""

    table: str
    room: str

    @property
    def place(self) -> tuple[str, str]:
        """The table's schema, empty where none is named, and its own name; either may stand in quotes, as in SQL."""
        parts = [quoted.replace('""', '"') or plain for quoted, plain in _NAMES.findall(self.table)]
        return ".".join(parts[:-1]), (parts or [self.table])[-1]


FaultyRelation = Literal["rooms", "sessions", "attendance", "listing"]


class DatabaseAccess(_Table):
    """Where the database is, and what the harness may do there."""

    dsn: str
    access: Literal["read", "write"] = "read"
    write_faults: dict[FaultyRelation, WriteFault] = {}


class Logs(_Table):
    """The documented lines, as regular expressions, and where the gateway's are read. What is empty has a default for
    `greenroom logs`, and is not looked for by scenarios."""

    gateway_file: str = ""
    gateway_command: list[str] = []
    session_created: Pattern = ""
    listing_synced: Pattern = ""
    conflict_noticed: Pattern = ""
    reset_succeeded: Pattern = ""
    fallback_succeeded: Pattern = ""
    conflict_answered: Pattern = ""
    room_provisioned: Pattern = ""
    message: str = ""  # JMESPath to the text of a JSON line
    time: str = ""  # JMESPath to its time


class Limits(_Table):
    """What the target's limiter allows, for planning: Go Lives in a window of seconds, for one address."""

    go_live: int = 0
    window: int = 0
    accounts: int = 0


class Migration(_Table):
    """The cleanup migration's file, relative to the target folder, and its notices as regular expressions."""

    file: str
    template: str = (
        ""  # for scenarios: a database on the same server with the schema and no rows: scratch databases are its clones
    )
    ended_sessions: Pattern = r"Ended (\d+) stuck sessions"
    reset_rooms: Pattern = r"Reset (\d+) stuck rooms to idle"
    synced_listing: Pattern = r"Synced (\d+) stuck streams to ended"


class Target(_Table):
    """One implementation, as its folder describes it."""

    name: Name
    version: str = ""
    contact: str = ""
    environment: Literal["disposable", "shared", "production"]
    capabilities: list[str] = []
    launch: Launch | None = None
    addresses: dict[Name, str]
    probe: Request | None = None
    protection: Protection = Protection()
    sign_in: SignIn = SignIn()
    browser_sign_in: BrowserSignIn = BrowserSignIn()
    people: People
    database: DatabaseAccess | None = None
    error_code: str = "error"  # JMESPath to the refusal's code, or:
    error_header: str = ""
    refused_when: str = ""  # JMESPath that is true of what the gateway refuses with a success's status
    refused_text: Pattern = ""  # what stands in each page by which the gateway refuses, whatever its status
    plain_answers: list[Pattern] = []  # texts that the application itself answers where JSON is due
    operations: dict[Name, Operation]
    page_requests: dict[Name, list[PageRequest]] = {}
    web: Web | None = None
    deadlines: Deadlines = Deadlines()
    limits: Limits = Limits()
    logs: Logs = Logs()
    watch: Watch = Watch()
    migration: Migration | None = None
    presence: Presence = Presence()
    states: States = States()
    known_failures: list[KnownFailure] = []
    tickets: Annotated[str, StringConstraints(pattern=r"^(https?://\S*\{ticket\}\S*)?$")] = ""
    ids: Literal["text", "number"] = "text"  # in the JSON of requests
    times: Literal["iso", "seconds", "milliseconds"] = "iso"  # in requests; numbers are since 1970
    unknown_room: str = "00000000-0000-4000-8000-000000000000"
    malformed_room: str = "not-a-room"
    folder: Path = Field(Path(), exclude=True)
    _secrets: TargetSecrets = PrivateAttr(TargetSecrets())  # no key of the file

    @property
    def secrets(self) -> TargetSecrets:
        """What must not be shown of it."""
        return self._secrets

    @property
    def certificates(self) -> Mapping[str, ClientCertificate]:
        """The certificate of the client's for each address that wants one."""
        return self.protection.certificates(self.addresses, self.folder)

    def with_secrets(self, secrets: TargetSecrets) -> Target:
        """The same target, which knows what must not be shown of it."""
        target = self.model_copy()
        target._secrets = secrets
        return target

    @property
    def shown_over_http(self) -> frozenset[str]:
        """Relations that an operation shows, so that relations.sql may leave them out."""
        return frozenset({"listing"} & self.operations.keys())

    @property
    def lines_of_going_live(self) -> tuple[str, ...]:
        """The gateway's documented lines at a Go Live, in their order, "" for one that is not described.

        Where nothing is ever written to the listing none says so, unless the file describes one all the same.
        """
        created, synced = self.logs.session_created, self.logs.listing_synced
        return (created,) if self.states.entries_follow and not synced else (created, synced)

    def write_fault(self, relation: str) -> WriteFault | None:
        """The table behind a relation whose writes can be made to fail; None where the target names none."""
        return dict[str, WriteFault](self.database.write_faults.items() if self.database else ()).get(relation)

    def announces(self, what: Literal["flag", "inside"]) -> frozenset[Channel]:
        """Who sets the room's flag, or lets the host in: what the file says, or what the capability stands for."""
        return self.presence.announces(what, known=self.can("host-presence"))

    def can(self, capability: str) -> bool:
        """Whether the target declares `capability`, or one that includes it."""
        return bool(declaring(capability, self.capabilities))


BrowserSignIn.model_rebuild()
