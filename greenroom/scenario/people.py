"""The people of a scenario: how they come to be, and which room is whose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from greenroom.core.errors import BadFeature, BadTarget, NotApplicable, TargetUnavailable
from greenroom.drivers.gateway import Gateway
from greenroom.drivers.outcome import CarriedOut, Refused
from greenroom.people.person import Person
from greenroom.record.evidence import Evidence
from greenroom.relations.state import show
from greenroom.scenario.leased_rooms import leased_room
from greenroom.scenario.naming import Naming, slug
from greenroom.scenario.operations import gives_room, succeeded
from greenroom.scenario.worker import Worker


class ScenarioPeople(Mapping[str, Person]):
    """Everybody of one scenario, by the name the feature calls them.

    All that is made for them bears the scenario's mark, and is in the ledger before it is made.
    """

    def __init__(self, worker: Worker, gateway: Gateway, evidence: Evidence, naming: Naming) -> None:
        self._worker, self._gateway, self._evidence, self._naming = worker, gateway, evidence, naming
        self._target = worker.target
        self._people: dict[str, Person] = {}
        self._of_another_tenant: set[str] = set()
        self.rooms: list[str] = []  # the rooms of the scenario: these are watched, and no others

    def __getitem__(self, name: str) -> Person:
        """Somebody who is there already. Raises BadFeature for a name that no step before this one has mentioned."""
        if name not in self._people:
            known = ", ".join(self._people) or "nobody yet"
            raise BadFeature(
                f"{name} has not been mentioned before this step",
                hint=f'begin with "Given {name} is a member"; so far there is: {known}',
            )
        return self._people[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._people)

    def __len__(self) -> int:
        return len(self._people)

    def __contains__(self, name: object) -> bool:
        return name in self._people

    def known(self) -> dict[str, str]:
        """Everybody of the scenario, with their ids, for the record."""
        return {
            person.name: f"account {show(person.account_id or None)}, room {show(person.room_id or None)}"
            for person in self.values()
        }

    def person(self, name: str) -> Person:
        """The person called `name`; made or leased, with an account and signed in, when first mentioned."""
        return self._people[name] if name in self._people else self._join(name, self._naming.full_name(name))

    def newcomer_elsewhere(self, name: str) -> Person:
        """A person of another tenant, made when first mentioned."""
        if name in self._of_another_tenant:
            return self._people[name]
        self._of_another_tenant.add(name)
        return self._join(name, self._naming.full_name(name), elsewhere=True)

    def person_called(self, name: str, shown_name: str) -> Person:
        """A new person whose name is shown as `shown_name`. Raises NotApplicable where people are leased, or the target
        does not take such a name: not every one lets two people have the same."""
        if self._target.people.source == "pool":
            raise NotApplicable("new-people", "people of a pool have the names they have")
        try:
            return self._join(name, shown_name)
        except TargetUnavailable as refusal:
            self.forget(name)
            self.person(name)  # whoever has an ordinary name is let in: it is the name that was refused
            raise NotApplicable("new-people", f"the target takes nobody of that name: {refusal}") from None

    def person_shown_as(self, name: str, text: str) -> Person:
        """A new person in whose shown name that very text is. Raises NotApplicable where the target does not take such
        a name, keeps another one, or nothing tells which it keeps."""
        if not self._worker.accounts.tells_names:
            raise NotApplicable("database", "the relation `accounts` is to say by which name the target knows somebody")
        shown_name = self._naming.exact_name(text)
        person = self.person_called(name, shown_name)
        assert person.account is not None
        kept = self._worker.accounts.known_as(person.account)
        if kept != shown_name:
            raise NotApplicable("new-people", f"the target keeps {shown_name!r} as {kept!r}")
        return person

    def roomless(self, name: str) -> Person:
        """A person who has no room yet. Raises NotApplicable where people are leased, or come with a room."""
        person = self.person(name)
        if self._target.people.source == "pool" or person.room_id:
            raise NotApplicable("new-people", "the target's people have rooms from the start")
        return person

    def visitor(self, name: str) -> Person:
        """Somebody who is not signed in."""
        return self._people.setdefault(name, Person(name, None))

    def forget(self, name: str) -> None:
        """Nobody is called so any more; what was made for them is removed with the rest."""
        self._people.pop(name, None)

    def host(self, name: str) -> Person:
        """The person, with a room of their own at rest; made through the gateway when they have none.

        Where only pages make one, the room is found when the person first goes live.
        """
        person = self.person(name)
        operation = gives_room(self._gateway)
        if person.room_id or (self._target.web is not None and not self._gateway.offers(operation)):
            return person
        found = self._gateway.attempt(operation, person.account, title=self._naming.title())
        if isinstance(found, Refused) and "no_room" in found.names and self._target.web is not None:
            return person
        self.owns(person, str(succeeded(found).answer["room"]))
        return person

    def owns(self, person: Person, room_id: str) -> None:
        """From now on the room is the person's, and is watched."""
        self.moves_into(person, room_id)
        if room_id not in self.rooms:
            self.rooms.append(room_id)
            if self._target.people.source != "pool":  # a leased room is nobody's to remove
                self._worker.ledger.made(self._naming.mark, room=room_id)
        self._naming.ids["room", room_id] = f"{person.name}'s room"

    def moves_into(self, person: Person, room_id: str) -> None:
        """The room is the person's. What stands for it in the address of its page is learned where the target file asks
        for it: from the gateway if its answer tells it, and else from the database. Raises BadTarget where nobody
        does."""
        person.room_id = room_id
        if self._target.web is not None and self._target.web.names_rooms:
            person.room_page = self._told_page(person) or self.page_in_database(room_id)

    def page_in_database(self, room: str) -> str:
        """What the relation `rooms` has as `room_page` of a room. Raises BadTarget where there is no such relation, and
        what `Database.room_page` does."""
        database = self._worker.database
        if database is None or not database.holds("rooms"):
            hint = "in the `answer` of [operations.room_state] or my_room, or in the relation rooms of relations.sql"
            raise BadTarget("`{room_page}` stands in [web], and nothing tells it: `room_page` is missing", hint=hint)
        return database.room_page(room)

    def _told_page(self, person: Person) -> str:
        """What an answer of the gateway has as `room_page`; "" where none tells it."""
        for name in ("room_state", "my_room"):
            described = self._target.operations.get(name)
            if described is not None and "room_page" in described.answer:
                told = succeeded(self._gateway.attempt(name, person.account, room=person.room_id)).answer
                return str(told["room_page"])
        return ""

    def find_room(self, person: Person) -> None:
        """Learn which room is the person's, when they have got one meanwhile: from the gateway, or from the address
        of the room's page that they look at. A database has told it already."""
        account = person.account
        if person.room_id or account is None:
            return
        found = self._gateway.attempt("my_room", account) if self._gateway.offers("my_room") else None
        if isinstance(found, CarriedOut):
            self.owns(person, str(found.answer["room"]))
        elif person.browser is not None and (room := person.browser.viewer.room_shown()):
            self.owns(person, room)

    def _join(self, name: str, shown_name: str, *, elsewhere: bool = False) -> Person:
        mark = self._naming.mark
        self._worker.ledger.intends(mark)
        if self._target.people.source == "pool" and not elsewhere:
            account = self._worker.lease(self._evidence)
        else:
            account = self._worker.accounts.new(
                shown_name, slug(name), mark, self._worker.password, self._evidence, elsewhere=elsewhere
            )
            self._worker.ledger.made(mark, account=account.account_id)
        person = self._people[name] = Person(name, account)
        self._naming.ids["account", account.account_id] = name
        room = account.room_id
        if self._target.people.source == "pool" and not elsewhere:
            self._must_be_new(person)
            room = leased_room(self._worker, self._gateway, account)
        if room:
            self.owns(person, room)
        return person

    def _must_be_new(self, person: Person) -> None:
        """Raises BadTarget when a leased account is somebody who is there already, by another name of theirs."""
        for other in self._people.values():
            if other is not person and other.account is not None and other.account_id == person.account_id:
                assert person.account is not None
                raise BadTarget(
                    f"[[people.pool]]: {other.account.name} and {person.account.name} are the same person,"
                    f" {person.account_id}",
                    hint="each is one person, who is listed once",
                )
