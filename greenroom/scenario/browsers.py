"""The browsers of a scenario: one for each person who looks at a page, and one in which the listing is read."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from greenroom.core import clock
from greenroom.core.errors import Inconclusive, NotApplicable
from greenroom.drivers.account import Account
from greenroom.drivers.web.browser_processes import ended_after
from greenroom.people.person import Person
from greenroom.record.evidence import Evidence
from greenroom.relations.state import Row
from greenroom.scenario.people import ScenarioPeople
from greenroom.scenario.worker import Worker

if TYPE_CHECKING:  # a scenario without a page does not wait for the import of a browser's driver
    from greenroom.drivers.web.device import Device
    from greenroom.drivers.web.tab import Tab
    from greenroom.people.browser import Browser


class ScenarioBrowsers:
    """Opened when first used, signed in as their person, and closed when the scenario is over."""

    def __init__(self, worker: Worker, evidence: Evidence, people: ScenarioPeople) -> None:
        self._worker, self._evidence, self._people = worker, evidence, people
        self._target = worker.target
        self._reader: Tab | None = None
        self._tabs: list[Tab] = []
        self._given_up: threading.Timer | None = None
        self.stopped: set[str] = set()
        """The services that the scenario has stopped on purpose: what pages meet there is not the environment's."""

    def of(self, person: Person) -> Browser:
        """The person's browser, signed in as them; opened when first used. Raises NotApplicable without a web page."""
        if self._target.web is None:
            raise NotApplicable("web", "the target describes no web page")
        return person.browser or self.another(person)

    def another(self, person: Person, account: Account | None = None, *, device: Device | None = None) -> Browser:
        """A new browser, on a computer where no other device is named, signed in as the person; it takes the place of
        the one they had. `account` is theirs with another proof of who they are. Raises NotApplicable without a web
        page."""
        if self._target.web is None:
            raise NotApplicable("web", "the target describes no web page")
        if person.browser is not None:
            person.browser.tab.close()
        person.browser = self._new(person, account or person.account, device)
        return person.browser

    def on_another_device(self, person: Person) -> Browser:
        """One more browser, signed in as the person, beside the one that they have. Raises NotApplicable without a web
        page."""
        self.of(person)
        return self._new(person, person.account)

    def listing(self) -> list[Row]:
        """The entries of all rooms as a reader of the listing sees them, in a browser of the reader's own.

        Raises NotApplicable without a web page.
        """
        if self._target.web is None:
            raise NotApplicable("web", "the target describes no web page")
        from greenroom.claims.listing_on_page import entries_on_page

        owners = [person for person in self._people.values() if person.room_id]
        if self._reader is None:
            self._reader = self._tab("a reader of the listing")
            account = owners[0].account if owners else None
            if account is not None and not self._target.can("public-listing"):
                self._reader.sign_in(self._worker.accounts.for_page(account, self._evidence))
        return entries_on_page(self._reader, owners)

    def opened(self) -> Iterator[tuple[str, Browser]]:
        """Every browser of a person that is open, with whose it is."""
        for person in self._people.values():
            if person.browser is not None:
                yield person.name, person.browser

    def hindrance(self, *, writes: bool) -> Inconclusive | None:
        """What the requests of any page met so far in place of the target; with `writes` those that change something.

        What people did on a page may not have reached the target then, and rows tell nothing about it.
        """
        met = (tab.traffic.hindrance_of_all(writes=writes) for tab in self._tabs)
        return next((why for why in met if why is not None), None)

    @property
    def are_open(self) -> bool:
        """Whether anybody in the scenario has a page."""
        return bool(self._tabs)

    def let_pass(self, seconds: float) -> None:
        """Let the time pass between two looks at what is no page. Requests of pages that bring a header along go on
        their way in the browser's own loop only."""
        waits = (tab for tab in self._tabs if tab.added_headers.are_there and not tab.page.is_closed())
        if (tab := next(waits, None)) is not None:
            with contextlib.suppress(Exception):  # it crashed: the next claim of it tells
                return tab.let_pass(seconds)
        return time.sleep(seconds)

    def stay_open(self) -> list[Tab]:
        """All that are open, which nobody ends any more for taking too long: a person looks at them."""
        if self._given_up is not None:
            self._given_up.cancel()
        return self._tabs

    def close(self) -> None:
        """Close all of them, whatever state they are in."""
        for tab in self._tabs:
            with contextlib.suppress(Exception):
                tab.close()
        if self._given_up is not None:
            self._given_up.cancel()

    def _new(self, person: Person, account: Account | None, device: Device | None = None) -> Browser:
        from greenroom.people.browser import Browser

        tab = self._tab(person.name, device)
        if self._worker.trace:
            tab.context.tracing.start(snapshots=True, screenshots=True)
            step = self._evidence.current  # which opened it: its group would have begun before the trace did
            tab.context.tracing.group(f"{step.keyword} {step.text}".strip())
        if account is not None:
            tab.sign_in(self._worker.accounts.for_page(account, self._evidence))
        return Browser.of(tab)

    def _tab(self, who: str, device: Device | None = None) -> Tab:
        from greenroom.drivers.web.device import COMPUTER
        from greenroom.drivers.web.page_clock import clock_script
        from greenroom.drivers.web.tab import Tab

        if self._given_up is None:
            # before the scenario's own time is over, with which a call to the browser would not end
            self._given_up = ended_after(min(max(10 * self._target.deadlines.page, 30.0), 100.0))
        agent = self._worker.http.user_agent
        tab = Tab(self._worker.browsers, self._target, self._evidence, who, agent, self.stopped, device or COMPUTER)
        self._tabs.append(tab)
        if abs(clock.ahead().of_services) > clock.SKEW.total_seconds():
            tab.context.add_init_script(clock_script(tab.page))
        return tab
