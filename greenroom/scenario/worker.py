"""What a worker keeps for all its scenarios: the target, its connections, its browser."""

from __future__ import annotations

import platform
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from faker import Faker

from greenroom.claims.sources import sources
from greenroom.core import clock, ticks
from greenroom.core.errors import Inconclusive, NotApplicable, TargetUnavailable, Throttled, What
from greenroom.core.redact import Redactor
from greenroom.drivers.account import Account
from greenroom.drivers.adapter import gateway_of
from greenroom.drivers.clocks import measure
from greenroom.drivers.database import Database
from greenroom.drivers.gateway import Gateway
from greenroom.drivers.http import Http
from greenroom.drivers.launch import LaunchedTarget
from greenroom.drivers.signs_of_life import silent_part
from greenroom.drivers.web.browser import BrowserHost
from greenroom.isolation import census
from greenroom.isolation.ledger import Ledger
from greenroom.people.accounts import Accounts
from greenroom.people.leases import Leases
from greenroom.record.events import TargetInfo
from greenroom.record.evidence import Evidence
from greenroom.scenario.filled_anew import SeenPeople
from greenroom.scenario.late_rows import Lateness
from greenroom.scenario.late_view import LateView
from greenroom.scenario.lost_sign_ins import LostSignIns
from greenroom.scenario.outage import Outage
from greenroom.scenario.used_by_others import UsedByOthers
from greenroom.targetfile.load import TargetFile
from greenroom.targetfile.model import Target


@dataclass
class Worker:
    """One worker's resources for one target. `open` starts what must be started, `close` ends it all."""

    target: Target
    launched: LaunchedTarget | None
    http: Http
    database: Database | None
    accounts: Accounts
    browsers: BrowserHost
    redactor: Redactor
    ledger: Ledger
    leases: Leases
    run: str
    seed: int
    ends_leftovers: bool = True  # a leased room that is not at rest is brought there
    outage: Outage = field(init=False)
    lateness: Lateness = field(default_factory=Lateness)
    seen_people: SeenPeople = field(default_factory=SeenPeople)
    lost_sign_ins: LostSignIns = field(default_factory=LostSignIns)
    used_by_others: UsedByOthers = field(default_factory=UsedByOthers)
    late_view: LateView = field(default_factory=LateView)
    in_vain: set[What] = field(default_factory=set)  # what was waited for between steps, and stayed wrong
    trace: bool = False  # pages are traced, and the traces of failures kept

    def __post_init__(self) -> None:
        self.outage = Outage(
            self._silent_part, self.target.deadlines.outage, lambda: self.launched is None or self.launched.alive
        )

    @staticmethod
    def open(
        file: TargetFile,
        run: str,
        seed: int,
        *,
        home: Path,
        worker_id: str = "",
        browser: bool,
        headed: bool = False,
        slow_mo: float = 0.0,
        started: BrowserHost | None = None,
    ) -> Worker:
        """Start an embedded target, connect, and check that somebody answers.

        `home` is where ledgers and leases are kept; `browser` launches the browser meanwhile, if it has not `started`
        already. Raises GreenroomError when target or machine are not set up, TargetUnavailable when nobody answers.
        Nothing is left running then.
        """
        described = file.resolve()
        gateway_of(described.folder)  # what is wrong with an adapter is said before anything is started
        launched = http = database = ledger = None
        browsers = started or BrowserHost(described, headed=headed, slow_mo=slow_mo)
        redactor = described.secrets.taught_to(Redactor())
        try:
            if described.launch is not None:
                launched = LaunchedTarget(described.launch, described.folder, described.deadlines.launch)
            if browser and described.web is not None:
                browsers.start()
            if launched is not None:
                launched.wait_ready()
            target = file.resolve(launched.ready if launched else None)
            target.secrets.taught_to(redactor)
            http = Http(target, run)
            if target.database is not None:
                writable = target.database.access == "write"
                elsewhere, settle = target.shown_over_http, target.deadlines.settle
                database = Database(
                    target.database.dsn, target.folder, writable=writable, elsewhere=elsewhere, settle=settle
                )
                database.check_relations()
            leases = Leases(target.name, target.people.pool, database, home / "leases")
            ledger = Ledger.begin(home / "ledger", target.name, run, worker_id)
            accounts = Accounts(target, http, database)
            worker = Worker(target, launched, http, database, accounts, browsers, redactor, ledger, leases, run, seed)
            worker.probe()
            ticks.ticks.start()
            clock.correct(measure(target, http, database, Evidence(redactor)))
            return worker
        except BaseException as error:
            redactor.clean_error(error)
            if ledger is not None:
                ledger.close()
            if database is not None:
                database.close()
            if http is not None:
                http.close()
            browsers.close()
            if launched is not None:
                launched.stop()
            raise

    @cached_property
    def faker(self) -> Faker:
        """Names and titles; every scenario seeds it anew."""
        return Faker()

    @cached_property
    def gateway(self) -> type[Gateway]:
        """The driver of the target's gateway: its adapter's, where it has one."""
        return gateway_of(self.target.folder)

    @cached_property
    def password(self) -> str:
        """The password of everybody this worker makes; nobody is to learn it."""
        return secrets.token_urlsafe(18)

    def lease(self, evidence: Evidence) -> Account:
        """One of the accounts that the scenario reserved, signed in."""
        given = self.leases.take()
        name, room = given.name or given.email, given.room or None
        account = Account(given.account_id, name, given.email, given.password, given.token, room_id=room)
        return self.accounts.signed_in(account, evidence)

    def census(self) -> dict[str, int]:
        """Relation -> rows of this run that are still there. Empty without a database."""
        if self.database is None:
            return {}
        return census.census_at_last(self.database, self.target.deadlines.listing, f"gr{self.run[-4:]}")

    def probe(self) -> None:
        """Ask the gateway whether it is there. Raises TargetUnavailable."""
        if self.target.probe is None:
            return
        answer = self.http.send(self.target.probe, {}, Evidence(self.redactor), who="harness")
        if answer.status not in self.target.probe.success:
            raise TargetUnavailable("probe", f"the gateway's health route answered {answer.status}")

    def keep_time(self) -> None:
        """Compare the clocks again, when this machine's was set since."""
        if abs(clock.stepped()) > clock.SKEW.total_seconds():
            with suppress(Inconclusive):  # it is tried again for the next scenario
                clock.correct(measure(self.target, self.http, self.database, Evidence(self.redactor)))

    def _silent_part(self) -> str:
        try:
            self.probe()
        except TargetUnavailable as error:
            return error.message
        except Throttled:  # who throttles is there
            pass
        return silent_part(self.target)

    def control(self, name: str) -> None:
        """Have an embedded target carry out a control, such as "restart-gateway". Raises NotApplicable without one."""
        launch = self.target.launch
        if self.launched is None or launch is None or name not in launch.controls:
            raise NotApplicable("restart", f"the target has no control {name!r}")
        self.launched.control(name, self.target.deadlines.restart)

    def close(self) -> None:
        """End everything that `open` started."""
        clock.correct(clock.Ahead())
        ticks.ticks.stop()
        self.ledger.close()
        if self.database is not None:
            self.database.close()
        self.http.close()
        self.browsers.close()
        if self.launched is not None:
            self.launched.stop()

    def about(self) -> TargetInfo:
        """Who is judged, for the record."""
        addresses = {name: self.redactor.text(url) for name, url in self.target.addresses.items()}
        return TargetInfo(
            name=self.target.name,
            version=self.target.version,
            environment=self.target.environment,
            contact=self.target.contact,
            addresses=addresses,
            sources=sources(self.target),
            clock=clock.ahead().sentence,
        )

    def versions(self) -> dict[str, str]:
        """What was used, for the record."""
        found = {name: version(name) for name in ("greenroom", "pytest", "pytest-bdd", "playwright")}
        found["python"] = platform.python_version()
        if self.browsers.version:
            found["browser"] = self.browsers.version
        if self.database is not None:
            found["postgresql"] = self.database.version()
        return found
