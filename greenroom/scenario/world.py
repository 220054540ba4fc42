"""The world of one scenario: its people and rooms, what is known of their state, and what is expected of it."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, TypeVar

from greenroom.claims.announcement import Announcement, contradicted
from greenroom.claims.deeds import Deed
from greenroom.claims.fact import Claim, Fact, facts_of, holds, seen, wrong
from greenroom.claims.failure_message import broken, changed_in, expected_text, found_text, named, rows_of, unseen_of
from greenroom.claims.observation import Observation
from greenroom.claims.sources import ALL, source_for
from greenroom.claims.wrong_rows import wrong_rows
from greenroom.core import clock, ticks
from greenroom.core.deadlines import eventually
from greenroom.core.errors import BadFeature, BadTarget, BrokenPromise, Contradiction, Inconclusive, NotApplicable
from greenroom.core.verdict import Verdict
from greenroom.drivers.database import Database
from greenroom.drivers.logs import GatewayLog
from greenroom.migration.scratch import Scratch
from greenroom.record.events import Check, Exchange
from greenroom.record.evidence import Evidence
from greenroom.relations.state import State, Unseen, differences
from greenroom.scenario.browsers import ScenarioBrowsers
from greenroom.scenario.departure import leave_nothing
from greenroom.scenario.late_listing import LateListing
from greenroom.scenario.late_rows import wait_for_rows
from greenroom.scenario.naming import Naming
from greenroom.scenario.offences import Offences
from greenroom.scenario.other_reasons import OtherReasons
from greenroom.scenario.people import ScenarioPeople
from greenroom.scenario.worker import Worker

if TYPE_CHECKING:
    from greenroom.drivers.web.page_messages import Said
    from greenroom.drivers.web.page_writes import PageWrite

T = TypeVar("T")


class World:
    """One scenario's world: its people, the state of their rooms, and what is expected of it. It is judged alone."""

    def __init__(self, worker: Worker, evidence: Evidence, mark: str, seed: int, promises: list[str]) -> None:
        """`mark` names run and scenario in all that is made; `seed` fixes names and titles."""
        worker.keep_time()
        self.worker, self.evidence, self.mark, self.promises = worker, evidence, mark, promises
        self.target, self.database, self.deadlines = worker.target, worker.database, worker.target.deadlines
        self.gateway = worker.gateway(worker.target, worker.http, evidence)
        self.naming = Naming(mark, seed, worker.faker)
        self.people = ScenarioPeople(worker, self.gateway, evidence, self.naming)
        self.browsers = ScenarioBrowsers(worker, evidence, self.people)
        self.now, self.before, self.arranged = State(), State(), State()
        self.told: dict[str, Announcement] = {}
        self.deeds: list[Deed] = []  # what somebody tried who may not
        self.page_writes: list[PageWrite] = []  # what a host's page has sent to change something
        self.page_messages: list[Said] = []  # and what it has said over WebSockets to do so
        self.crowd: list[str] = []  # rooms of nobody in particular that are live, so that the listing is long
        self.passing = contextlib.ExitStack()  # what fails for a while, until a step lifts it
        self.standstill = contextlib.ExitStack()  # of the gateway, until a step starts it again
        self.log: GatewayLog | None = None
        self._scratch: Scratch | None = None
        self.source = source_for(worker.target, self.gateway, worker.database)
        self.gateway.session_of = self._session_of
        self.gateway.begun = self._begun
        self.gateway.guest_of = worker.database.guest if worker.database else self.gateway.guest_of
        self.gateway.fresh = lambda account: worker.accounts.fresh(account, evidence)
        self.gateway.nobody = lambda: worker.accounts.nobody(evidence)
        self._unseen: dict[str, str] = {}
        self._other_reasons = OtherReasons(self)
        self.offences = Offences(self)
        self._until_end, self.is_troubled = contextlib.ExitStack(), False
        self._listing = LateListing(self.look, self.browsers.let_pass, self.deadlines.listing, worker.late_view.seen)

    # state

    def writable_database(self) -> Database:
        """The database, to interfere with. Raises NotApplicable when there is none, or it is not ours to write to."""
        if self.database is None or self.target.environment != "disposable":
            raise NotApplicable("database-faults", "only the database of a disposable target is interfered with")
        return self.database

    def look(self, relations: Collection[str] = ALL) -> State:
        """The scenario's rooms right now, as far as anybody shows them. To read what nobody shows raises Unseen."""
        state = self.source.look(self.people.values(), self.people.rooms, relations)
        if "accounts" in state.sees:
            self._name(state)
        return state

    def step_begins(self, *, acting: bool, arranging: bool = False) -> None:
        """A step begins, and what was waited for before is over.

        `acting` when it is the first When after a Given or Then: the state before it is kept; `arranging` in a Given.
        """
        ticks.forget()
        if acting and self.database is None and self.people:
            self._catch_up()  # asked once before it matters, and not after every step
        if acting:
            self.let_rows_come()
        if acting or (arranging and not self.is_troubled):
            self.let_listing_follow(self.now, arranging=arranging)
        if acting:
            if self.offences.by_the_way():
                self._catch_up()
            self.before = self.now
            self.told.clear()

    def step_ended(self, verdict: Verdict = Verdict.PASSED) -> None:
        """A step is over: keep what it changed. If nobody could tell, don't wait for a database that is silent."""
        if self.database is not None and self.people:
            with contextlib.suppress(Inconclusive):
                if verdict is Verdict.INCONCLUSIVE:
                    self.database.check_answers()
                self._catch_up()
                self.worker.lateness.notice([announced.claim for announced in self.told.values()], self.now)

    def expect(self, sentence: str, claim: Claim, *, deadline: str = "settle") -> State:
        """Wait until the claim holds, at most until the deadline called so. The state in which it held.

        Raises BrokenPromise with the rows, or Contradiction when the gateway or the page had just said otherwise of
        the very thing that is wrong.
        """
        seconds = getattr(self.deadlines, deadline) if deadline else 0.0
        states: list[State] = []
        if not deadline:
            self.let_rows_come()

        def probe() -> list[Fact]:
            states.append(self.look())
            facts = facts_of(claim, states[-1])
            if "listing" in unseen_of(facts) and self._listing_is_on_page:
                states[-1] = states[-1].joined("listing", self.browsers.listing())
                facts = facts_of(claim, states[-1])
            return facts

        facts, waited = eventually(
            probe, lambda facts: holds(facts) or not seen(facts), seconds, pause=self.browsers.let_pass
        )
        facts = named(facts, self.naming.ids)
        held = holds(facts) if seen(facts) else None
        if held is None and self.evidence.current.type == "then":
            self._unseen[sentence] = ", ".join(unseen_of(facts))
        label = f'{seconds:g} s "{deadline}"' if deadline else ""
        self.evidence.check(
            Check(
                promise=" ".join(self.promises),
                claim=sentence,
                held=held,
                expected=expected_text(facts),
                found=found_text(facts),
                waited=round(waited, 3),
                deadline=label,
                seen=rows_of(states[-1], self.naming.ids) if seen(facts) else [],
                unseen=unseen_of(facts),
            )
        )
        if held is not False:
            self._check_pages_reached_the_target(held=held)
            return states[-1]
        ticks.in_vain(waited) if deadline else ticks.forget()
        self._changed_to(states[-1])
        message = broken(sentence, facts, self.evidence, waited=waited, deadline=label)
        for announced in self.told.values():
            if against := contradicted(announced, facts, states[-1]):
                shown = ", ".join(f"{fact.name} {fact.found}" for fact in named(against, self.naming.ids))
                but = f"{announced.who} said {announced.what}, and {self._who_shows(against)} {shown}"
                told = message.partition("\n")[2]
                raise Contradiction(f"{but}\n  claim     {sentence}\n{told}", wrong=wrong(facts))
        raise BrokenPromise(message, wrong=wrong(facts), since=changed_in(self.evidence, facts))

    def confirm(self, seen: Observation) -> None:
        """A claim about what was seen elsewhere than in rows. Raises BrokenPromise when it does not hold, Inconclusive
        when not all could be seen."""
        hindrance = seen.hindrance
        self.evidence.check(
            Check(
                promise=" ".join(self.promises),
                claim=seen.sentence,
                held=seen.held if hindrance is None else None,
                expected=seen.expected,
                found=seen.found,
                waited=round(seen.waited, 3),
                deadline=seen.deadline,
                unseen=[] if hindrance is None else [hindrance.message],
            )
        )
        if hindrance is not None:
            raise hindrance
        if not seen.held:
            ticks.in_vain(seen.waited)
            facts = [Fact("", seen.expected, seen.found, False)]
            message = broken(seen.sentence, facts, None, waited=seen.waited, deadline=seen.deadline)
            raise BrokenPromise(message, wrong=seen.wrong)

    def explained(self, error: BaseException) -> BaseException:
        """What ended the scenario: the error, or for a broken promise what else it may have come of, if anything."""
        return self._other_reasons.instead_of(error) if isinstance(error, (BrokenPromise, BadTarget)) else error

    def let_rows_come(self) -> None:
        """Wait until every row has come that an answer has told of, where rows come late. What pages go on writing by
        themselves says nothing of that: with one open it is only waited for what is known."""
        lateness, pages = self.worker.lateness, any(True for _ in self.browsers.opened())
        if self.database is None or not self.people.rooms or (pages and not lateness.is_known):
            return
        if wait_for_rows(lateness, self.look, self.browsers.let_pass, self.deadlines.settle):
            self._catch_up()

    @property
    def exchanges(self) -> list[Exchange]:
        """Every request of this scenario so far, the harness's and those of its pages."""
        return [exchange for step in self.evidence.steps for exchange in step.exchanges]

    def tells(self, who: str, what: str, room_id: str, announced: Claim) -> None:
        """Gateway or page announced something of a room, in words and as a claim; the last word on a room counts. Where
        rows or listing then show something else of the same thing, that is a contradiction."""
        self.told[room_id] = Announcement(who, what, announced)

    def arranged_now(self) -> None:
        """A Given arranged a state that may offend invariants: rows that stay exactly so are not the target's doing."""
        self.now = self.arranged = self.look()

    def keeps(self, sentence: str, claim: Claim, *, deadline: str = "steady") -> None:
        """The claim holds now and goes on holding for the time called so. Raises BrokenPromise when it stops."""
        seconds = getattr(self.deadlines, deadline)
        if not seen(facts_of(claim, self.expect(sentence, claim))):
            return
        pause = self.browsers.let_pass
        state, _ = eventually(self.look, lambda state: not holds(facts_of(claim, state)), seconds, pause=pause)
        if not holds(facts_of(claim, state)):
            self.expect(f"{sentence} for {seconds:g} s", claim, deadline="")

    @property
    def scratch(self) -> Scratch:
        """The scratch database of the cleanup migration. Raises BadFeature where no step has made one."""
        if self._scratch is None:
            raise BadFeature("there is no scratch database yet", hint='begin with "Given a scratch database ..."')
        return self._scratch

    @scratch.setter
    def scratch(self, made: Scratch) -> None:
        self._scratch = made

    def check_all_seen(self) -> None:
        """Raises NotApplicable when a Then was about something that nobody shows: what was seen held, but that is less
        than the scenario says."""
        if self._unseen:
            relations = ", ".join(sorted(set(self._unseen.values())))
            raise NotApplicable("database", f"what is shown holds, but nobody shows {relations}: that takes a database")

    def until_end(self, interference: AbstractContextManager[T]) -> T:
        """Keep an interference with the target up until the scenario is over."""
        self.is_troubled = self._listing.is_troubled = True
        return self._until_end.enter_context(interference)

    def close(self) -> None:
        """End every interference, and send everybody home. What was made is removed even when a part of it fails."""
        try:
            self._until_end.close()
        finally:
            leave_nothing(self.worker, self.gateway, self.people, self.browsers, self.mark)

    # within

    def _session_of(self, room: str) -> str:
        """The session of somebody's room, which it points to, or else the last that they had; "" for none. To a room
        of nobody's belongs a session of nobody's: the id is as unknown, or as malformed."""
        host = next((person for person in self.people.values() if person.room_id == room), None)
        if host is None:
            return room
        with contextlib.suppress(Unseen):
            row = self.look().room(room)
            return str((row or {}).get("session_id") or host.session_id)
        return host.session_id

    def _begun(self, room: str, title: str) -> str:
        """The session that has begun in somebody's room: another than they had, of that title, or the one that the room
        points to; the one that they had, where there is no other in time."""
        known = next((person.session_id for person in self.people.values() if person.room_id == room), "")

        def another() -> str:
            state = self.look()
            named = [row for row in state.sessions_of(room) if row["session_id"] != known and row["title"] == title]
            pointed_to = str((state.room(room) or {}).get("session_id") or "")
            if named:
                return str(max(named, key=lambda row: str(row["starts_at"] or ""))["session_id"])
            return pointed_to if pointed_to != known else ""

        return eventually(another, bool, self.target.deadlines.settle)[0] or known

    @property
    def _listing_is_on_page(self) -> bool:
        return self.target.web is not None and "listing" not in self.source.shows

    def _check_pages_reached_the_target(self, *, held: bool | None) -> None:
        """Raises Inconclusive when a claim holds, but what a page wanted to change never reached the target."""
        if held and (hindrance := self.browsers.hindrance(writes=True)) is not None:
            raise hindrance

    def _catch_up(self) -> None:
        with contextlib.suppress(Inconclusive, BrokenPromise):
            self._changed_to(self.look())

    def let_listing_follow(self, now: State, *, arranging: bool) -> None:
        """Wait until the listing says what the rows say `now`; while `arranging`, only until that was once in vain."""
        rooms = set(self.people.rooms) - self.untouched(now)
        if self.database is not None and self._listing.follow(now, rooms, arranging=arranging):
            self._catch_up()

    def _changed_to(self, state: State) -> None:
        self.evidence.changed(differences(self.now, state, self.naming.ids))
        untouched = self.untouched(state)
        self.offences.compare(self.now, state)
        wrong_now = wrong_rows(state, [room for room in self.people.rooms if room not in untouched])
        self.evidence.rows_are_wrong([*wrong_now, *self.offences.changed])
        self.now = state
        self.worker.seen_people.see(*(len(state.rows.get(name, ())) for name in ("accounts", "rooms")))

    def _who_shows(self, facts: Sequence[Fact]) -> str:
        relation = facts[0].about.partition(".")[0]
        if self.database is not None and self.database.holds(relation):
            return "the database shows"
        return "the gateway shows" if relation in self.source.shows else "the page shows"

    def untouched(self, state: State) -> set[str]:
        """The rooms that were arranged, and have stayed exactly so."""
        if not self.arranged.rows:
            return set()
        return {
            room
            for room in self.people.rooms
            if self.arranged.room(room) and self.arranged.only([room]) == state.only([room])
        }

    def _name(self, state: State) -> None:
        for person in self.people.values():
            for room in state.rooms_of(person.account_id) if person.account else []:
                self.naming.ids.setdefault(("room", str(room["room_id"])), f"{person.name}'s room")
                if room["room_id"] not in self.people.rooms:
                    self.people.rooms.append(str(room["room_id"]))
                if not person.room_id:
                    self.people.moves_into(person, str(room["room_id"]))


def ago(*, hours: float = 0.0, minutes: float = 0.0) -> dt.datetime:
    """A moment in the past, by the database's clock."""
    return clock.database_now() - dt.timedelta(hours=hours, minutes=minutes)
