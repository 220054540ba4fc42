"""Somebody in a scenario: their account, their room, their browser."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from greenroom.core.errors import BadFeature
from greenroom.drivers.account import Account
from greenroom.drivers.outcome import CarriedOut, Outcome
from greenroom.relations.state import State

if TYPE_CHECKING:  # whoever needs no page does not wait for the import of a browser's driver
    from greenroom.drivers.web.go_live_popup import WentLive
    from greenroom.people.browser import Browser


@dataclass
class Person:
    """One person by the name the feature calls them. `account` is None for somebody who is signed out."""

    name: str
    account: Account | None
    room_id: str = ""
    room_page: str = ""  # what stands for the room in the address of its page, where that is not its id
    session_id: str = ""
    former_session_id: str = ""
    former_as_it_was: State = field(default_factory=State)  # before the step in which another session followed
    came_in: set[str] = field(default_factory=set)  # who must have been inside the session that they host
    waiting: set[str] = field(default_factory=set)  # who has come to the lobby of their session, and not left it
    room_for: int | None = None  # so many people, of a lobby that they opened to so many
    visiting: str = ""  # whose room they look at, when not their own
    title: str = ""
    hidden: str = ""  # the session of theirs that visitors are not to see
    people_inside: int | None = None  # in their room, as they were told last
    people_listed: int | None = None  # in their room, as somebody has seen in the listing
    topics_listed: str = ""  # of their session, as somebody has seen in the listing
    planned: dt.datetime | None = None  # when a session of theirs is to begin or to end, by the target's clock
    browser: Browser | None = None
    begun: CarriedOut | None = None  # what they were told when their last session was made through the gateway
    ended: tuple[str, CarriedOut] | None = None  # the session that they have ended last, and what they were told then
    outcome: Outcome | None = None  # of the last thing they tried through the gateway
    outcomes: list[Outcome] = field(default_factory=list)  # of several things at once
    rounds: list[list[Outcome]] = field(default_factory=list)  # of several things at once, several times over
    on_page: WentLive | None = None  # of the last Go Live on the page

    @property
    def last_outcome(self) -> Outcome:
        """What came of the last thing they tried through the gateway. Raises BadFeature when they tried nothing."""
        if self.outcome is None:
            raise BadFeature(f"{self.name} has not tried anything before this step", hint="add a When in which they do")
        return self.outcome

    @property
    def every_round(self) -> list[list[Outcome]]:
        """What came of each round. Raises BadFeature when they did nothing in rounds."""
        if not self.rounds:
            raise BadFeature(
                f"{self.name} has done nothing in rounds before this step", hint='a When "..., in 5 rounds"'
            )
        return self.rounds

    @property
    def account_id(self) -> str:
        """The account's id, or "" for somebody who has none."""
        return self.account.account_id if self.account else ""

    @property
    def shown_name(self) -> str:
        """The name as the target shows it."""
        return self.account.name if self.account else self.name

    def values(self, **more: Any) -> dict[str, Any]:
        """What placeholders of a target file may say of this person and their room."""
        mine = self.account.values() if self.account else {}
        return {
            **mine,
            "room": self.room_id,
            "room_page": self.room_page,
            "title": self.title,
            "host": self.shown_name,
            "session": self.session_id,
            **more,
        }
