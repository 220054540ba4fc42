"""The people of a scenario: how they come to be, where they live, in which browser they look at the page."""

from __future__ import annotations

import contextlib
import re
import unicodedata
from collections.abc import Iterator

from greenroom.claims.listing_on_page import entries_on_page
from greenroom.core.errors import Inconclusive, NotApplicable
from greenroom.drivers.account import Account
from greenroom.drivers.outcome import Went
from greenroom.drivers.web.tab import Tab
from greenroom.isolation import census
from greenroom.people.person import Browser, Person
from greenroom.record.evidence import Evidence
from greenroom.relations.state import Row
from greenroom.scenario.worker import Worker


class Cast:
    """Everybody of one scenario. All that is made for them bears the scenario's mark, and is in the ledger before."""

    def __init__(self, worker: Worker, evidence: Evidence, mark: str, seed: int) -> None:
        """`mark` names run and scenario in all that is made; `seed` fixes names and titles."""
        self.worker, self.evidence, self.mark, self.seed = worker, evidence, mark, seed
        self.target = worker.target
        self.gateway = worker.gateway(worker.target, worker.http, evidence)
        self.faker = worker.faker
        self.faker.seed_instance(seed)
        self.people: dict[str, Person] = {}
        self.names: dict[tuple[str, str], str] = {}
        self.rooms: list[str] = []
        self._reader: Tab | None = None

    def person(self, name: str) -> Person:
        """The person called `name`; made or leased, with an account and signed in, when first mentioned."""
        if name not in self.people:
            self.people[name] = self._newcomer(name, f"{name} {self.faker.last_name()} {self.mark}")
        return self.people[name]

    def newcomer_elsewhere(self, name: str) -> Person:
        """A new person of another tenant."""
        self.people[name] = self._newcomer(name, f"{name} {self.faker.last_name()} {self.mark}", elsewhere=True)
        return self.people[name]

    def person_called(self, name: str, shown_name: str) -> Person:
        """A new person whose name is shown as `shown_name`. Raises NotApplicable where people are leased."""
        if self.target.people.source == "pool":
            raise NotApplicable("new-people", "people of a pool have the names they have")
        self.people[name] = self._newcomer(name, shown_name)
        return self.people[name]

    def roomless(self, name: str) -> Person:
        """A person who has no room yet. Raises NotApplicable where people are leased, or come with a room."""
        person = self.person(name)
        if self.target.people.source == "pool" or person.room_id:
            raise NotApplicable("new-people", "the target's people have rooms from the start")
        return person

    def visitor(self, name: str) -> Person:
        """Somebody who is not signed in."""
        return self.people.setdefault(name, Person(name, None))

    def host(self, name: str) -> Person:
        """The person, with a room of their own at rest; made through the gateway when they have none.

        Where only pages are described, the room is found when the person first goes live.
        """
        person = self.person(name)
        if not person.room_id and (self.gateway.offers("create_room") or self.target.web is None):
            made = self.gateway.must("create_room", person.account, title=self.title())
            self.owns(person, str(made.answer["room"]))
        return person

    def owns(self, person: Person, room_id: str) -> None:
        """From now on the room is the person's, and is watched."""
        person.room_id = room_id
        if room_id not in self.rooms:
            self.rooms.append(room_id)
            self.worker.ledger.made(self.mark, room=room_id)
        self.names["room", room_id] = f"{person.name}'s room"

    def find_room(self, person: Person) -> None:
        """Learn which room is the person's, when they have got one meanwhile: from the gateway, or from the address
        of the room's page that they look at. A database has told it already."""
        account = person.account
        if person.room_id or account is None:
            return
        found = self.gateway.attempt("my_room", account) if self.gateway.offers("my_room") else None
        if isinstance(found, Went):
            self.owns(person, str(found.answer["room"]))
        elif person.browser is not None and (room := person.browser.viewer.room_shown()):
            self.owns(person, room)

    def title(self, text: str = "") -> str:
        """A title that bears the scenario's mark."""
        return f"{text or self.faker.catch_phrase()} {self.mark}"

    def exact_title(self, text: str) -> str:
        """That very text with the scenario's mark, a hundred characters at most."""
        return f"{text[: 99 - len(self.mark)]} {self.mark}"

    def browser(self, person: Person) -> Browser:
        """The person's browser, signed in as them; opened when first used. Raises NotApplicable without a web page."""
        if self.target.web is None:
            raise NotApplicable("web", "the target describes no web page")
        if person.browser is None:
            person.browser = self.another_browser(person)
        return person.browser

    def another_browser(self, person: Person) -> Browser:
        """A new browser, signed in as the person; it takes the place of the one they had."""
        if person.browser is not None:
            person.browser.tab.close()
        tab = self._new_tab(person.name)
        if self.worker.trace:
            tab.context.tracing.start(snapshots=True, screenshots=True)
        if person.account is not None:
            tab.sign_in(person.account)
        person.browser = Browser.of(tab)
        return person.browser

    def listing_on_page(self) -> list[Row]:
        """The entries of all rooms as a reader of the listing sees them, in a browser of the reader's own.

        Raises NotApplicable without a web page.
        """
        if self.target.web is None:
            raise NotApplicable("web", "the target describes no web page")
        owners = [person for person in self.people.values() if person.room_id]
        if self._reader is None:
            self._reader = self._new_tab("a reader of the listing")
            account = owners[0].account if owners else None
            if account is not None and not self.target.can("public-listing"):
                self._reader.sign_in(account)
        return entries_on_page(self._reader, owners)

    def browsers(self) -> Iterator[tuple[str, Browser]]:
        """Every browser that is open, with whose it is."""
        for person in self.people.values():
            if person.browser is not None:
                yield person.name, person.browser

    def go_home(self) -> None:
        """The scenario is over: browsers are closed, what was made is removed, what was leased is given back.

        By SQL where the target lets us, so that it works while the gateway is down; else rooms are at least ended.
        """
        if not self.gateway.offers("end"):
            self._end_on_pages()
        for tab in [*(browser.tab for _, browser in self.browsers()), *filter(None, [self._reader])]:
            with contextlib.suppress(Exception):
                tab.close()
        accounts = [person.account_id for person in self.people.values() if person.account_id]
        pool = self.target.people.source == "pool"
        database = self.worker.database
        try:
            if not pool and database is not None and database.can_arrange("remove"):
                census.remove(database, self.mark, accounts, self.rooms)
                self.worker.ledger.removed(self.mark)
            else:
                self._end_rooms()
                if pool and database is not None and database.can_arrange("forget"):
                    database.arrange("forget", mark=self.mark)
                if pool:
                    self.worker.ledger.removed(self.mark)
        finally:
            if pool:
                self.worker.leases.give_all_back()

    def _new_tab(self, who: str) -> Tab:
        return Tab(self.worker.browsers, self.target, self.evidence, who, self.worker.http.user_agent)

    def _newcomer(self, name: str, shown_name: str, *, elsewhere: bool = False) -> Person:
        self.worker.ledger.intends(self.mark)
        if self.target.people.source == "pool" and not elsewhere:
            account = self.worker.lease(self.evidence)
        else:
            slug = _slug(name)
            account = self.worker.accounts.new(
                shown_name, slug, self.mark, self.worker.password, self.evidence, elsewhere=elsewhere
            )
            self.worker.ledger.made(self.mark, account=account.account_id)
        person = Person(name, account)
        self.names["account", account.account_id] = name
        if account.room_id:
            self.owns(person, account.room_id)
        elif self.target.people.source == "pool":
            self._find_room(person, account)
        return person

    def _find_room(self, person: Person, account: Account) -> None:
        """A leased person's permanent room, brought to rest when somebody left it otherwise."""
        if not self.gateway.offers("my_room"):
            return
        found = self.gateway.attempt("my_room", account)
        if not isinstance(found, Went):
            return
        self.owns(person, str(found.answer["room"]))
        if found.answer.get("status") in (None, "idle"):
            return
        self.gateway.attempt("end", account, room=person.room_id)
        again = self.gateway.attempt("my_room", account)
        if isinstance(again, Went) and again.answer.get("status") not in (None, "idle"):
            raise Inconclusive(
                "room-not-at-rest",
                f"the room of the leased account {account.name} is {again.answer.get('status')} and can't be ended",
                hint="bring it to rest by hand, or take the account out of the pool",
            )

    def _end_rooms(self) -> None:
        for person in self.people.values():
            if person.room_id and person.account is not None and self.gateway.offers("end"):
                with contextlib.suppress(Inconclusive):
                    self.gateway.attempt("end", person.account, room=person.room_id)

    def _end_on_pages(self) -> None:
        """Where nothing but pages is described, who is still live ends there."""
        for person in self.people.values():
            if person.browser is not None and person.room_id:
                with contextlib.suppress(Exception):
                    person.browser.viewer.open(person.values())
                    if person.browser.viewer.shows_end_now(person.values()):
                        person.browser.viewer.press_end(person.values())
                        person.browser.viewer.says_ended(person.values())


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "person"
