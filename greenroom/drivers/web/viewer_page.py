"""The page of a room, on which its host ends it. What is seen there comes back as values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from greenroom.core.deadlines import eventually
from greenroom.core.errors import BrokenPromise, Inconclusive, NotApplicable
from greenroom.drivers.web.frames import count_text, holds_text
from greenroom.drivers.web.links import go_to_listing
from greenroom.drivers.web.presses import is_touched, press_twice
from greenroom.drivers.web.readiness import NOT_READY
from greenroom.drivers.web.tab import Tab
from greenroom.drivers.web.transparency import can_be_seen
from greenroom.targetfile.web import FlowStep

Values = Mapping[str, Any]

_A_MOMENT = 1.0


class ViewerPage:
    """A room's page in a person's browser."""

    def __init__(self, tab: Tab) -> None:
        self._tab, self._page = tab, tab.web.viewer
        self._has_entered = True

    def open(self, values: Values) -> None:
        """Open the room by its link. A page may go on to the listing, or send a visitor to sign in."""
        page = self._page
        self._tab.goto(page.path, page.ready, values, service=page.service, unless=lambda: self._is_another(values))
        self._enter(values)

    def open_unready(self, values: Values) -> None:
        """Open the room by its link, and wait for nothing that the page has to ask for."""
        self._tab.goto(self._page.path, "", values, service=self._page.service)

    def was_opened(self) -> None:
        """The page has come here by itself, as after Go Live: nobody has done yet what comes before the controls."""
        self._has_entered = not self._page.enter

    def open_from_mail(self, values: Values) -> None:
        """Open the room by its link in a mail that is read on another site's page: with more in its query, which is not
        the page's. One that does not know the link then is still opened: what is on it is for a claim."""
        place, mark, route = self._page.path.partition("#")
        path = f"{place}{'&' if '?' in place else '?'}utm_source=mail{mark}{route}"
        ready = self._page.ready if self._page.enter else ""
        self._tab.goto(path, ready, values, service=self._page.service, how="follow")
        self._enter(values)

    def open_address(self, address: str, values: Values) -> None:
        """Open the address of a room that somebody else was at, with all that it holds. A page may go on to the
        listing, or send a visitor to sign in."""
        page, service = self._page, self._page.service
        before = urlsplit(self._tab.target.addresses[service]).path.rstrip("/")
        path = urlsplit(address)._replace(scheme="", netloc="").geturl().removeprefix(before)
        self._tab.goto(path, page.ready, values, service=service, unless=lambda: self._is_another(values))
        self._enter(values)

    def arrive(self, values: Values) -> None:
        """The room was entered by a link of the page: wait until it can be used. A visitor may be sent to sign in."""
        sent_on = self._is_not_for_visitors
        self._tab.wait_ready(self._page.ready, values, unless=lambda: sent_on() or self._looks_up(values))
        self._enter(values)

    def open_forged(self, values: Values) -> None:
        """Open the room as someone whose navigation state claims that they host it, as it is handed over by the browser
        itself, and by a router that keeps it under a name of its own, as React Router does."""
        script = "state => history.replaceState({ ...history.state, usr: state, ...state }, '', location.href)"
        self._tab.look("the room", lambda: self._tab.page.evaluate(script, self._page.forged_state))
        self.reload(values)

    def reload(self, values: Values) -> None:
        """Press F5. After an end, a page may go on to the listing, or be another than that of a room."""
        was_elsewhere = not self.is_room() and self._tab.sees(self._page.has_ended, values)

        def is_another() -> bool:
            return self._is_another(values) or (was_elsewhere and self._tab.sees(self._page.has_ended, values))

        self._tab.reload(self._page.ready, values, unless=is_another)
        if not was_elsewhere:
            self._enter(values)

    def back_and_forward(self, values: Values) -> None:
        """Go to the listing, by a link where the page shows one, back, and forward again until the room is shown once
        more."""
        listing = self._tab.web.listing
        if not go_to_listing(self._tab):
            self._tab.goto(listing.path, listing.ready, service=listing.service)
        self._tab.go_back()
        self._wait_again(self._page.ready, values)
        self._tab.go_forward()
        self._wait_again(listing.ready, values)
        self._tab.go_back()
        self._wait_again(self._page.ready, values)
        self._enter(values)

    def hindrance(self) -> Inconclusive | None:
        """What kept the page from seeing all, if anything did."""
        return self._tab.hindrance()

    def settle(self, values: Values) -> Inconclusive | None:
        """Wait until the page has all its answers; what keeps it from being judged, if anything does. After an end, a
        page may have gone on to the listing."""
        signs = (self._page.opened or self._page.ready, self._page.has_ended, self._tab.web.listing.ready)
        return self._tab.settle() or self._tab.check_shown(values, *signs, unless=lambda: self._is_another(values))

    def room_shown(self) -> str:
        """The id of the room whose page this is, by its address; "" when it is another page, or no id is in it."""
        found = self._address()
        return unquote(found.groupdict().get("room", "")) if found else ""

    def is_room(self) -> bool:
        """Whether this is the page of a room, by its address, which may hold another name of the room than its id."""
        return self._address() is not None

    def offers_end(self, values: Values, within: float | None = None) -> bool:
        """Whether End Room becomes visible within the deadline, and can be seen."""
        self._enter_late(values)
        return self._tab.appears(self._page.end_room, values, within=within) and self._can_see_end(values)

    def _can_see_end(self, values: Values) -> bool:
        place, tab = self._tab.shown(self._page.end_room, values).first, self._tab
        return can_be_seen(place, tab.target.deadlines.control, tab.let_pass, has_mouse=not is_touched(tab.page))

    def comes_to_show_end(self, values: Values, within: float) -> bool:
        """Whether End Room becomes visible within so many seconds, and were it for a moment only."""
        return self._tab.appears(self._page.end_room, values, within=within)

    def shows_end_now(self, values: Values) -> bool:
        """Whether End Room is visible right now."""
        return self._tab.sees(self._page.end_room, values)

    def end_is_enabled(self, values: Values, within: float) -> bool:
        """Whether End Room is there and can be pressed within the deadline, where it is in a menu once that is open."""
        self._enter_late(values)
        if not self._tab.appears(self._page.end_room, values, within=within):
            return False
        button = self._tab.shown(self._page.end_room, values).first
        return self._tab.look("End Room", lambda: button.is_enabled(timeout=within * 1000))

    def check_is_no_form(self) -> None:
        """Raises NotApplicable when a form has met trouble: the page is gone, and can say nothing."""
        if self._tab.form_is_troubled:
            raise NotApplicable("form", "the page sends a form: the browser tells what becomes of it, and not the page")

    @property
    def asks_before_an_end(self) -> bool:
        """Whether the page itself asks before it ends a room."""
        return bool(self._page.end_confirm)

    def press_end(self, values: Values, before_confirming: Callable[[], None] | None = None) -> None:
        """Press End Room, and confirm where the page asks, once `before_confirming` is done. Raises BrokenPromise when
        a control is not there."""
        self._enter_late(values)
        if not self._tab.appears(self._page.end_room, values):
            raise BrokenPromise(f"the host should see End Room\n  found     no End Room on {self._tab.there()}")
        self._tab.play([FlowStep(click=self._page.end_room)], values)
        if before_confirming is not None:
            before_confirming()
        self._tab.play(self._page.end_confirm, values)

    @property
    def tells_coming_in(self) -> bool:
        """Whether the target says that guests come in by the page, and how."""
        return self._page.come_in is not None

    def come_in(self, values: Values) -> None:
        """Come in, as a guest who has opened the page. Raises BrokenPromise when there is no way to."""
        self._tab.play(self._page.come_in or [], values)

    def come_in_again(self, values: Values) -> None:
        """Come in again, as a guest who has reloaded the page. Where it shows no control to come in by, it has let the
        guest in already, and nothing is done. Raises BrokenPromise when a later control of the flow is missing."""
        self.settle(values)
        flow = self._page.come_in or []
        if flow and self._tab.sees(_control_of(flow[0]), values):
            self._tab.play(flow, values)

    @property
    def tells_leaving(self) -> bool:
        """Whether the target says how a guest leaves on the page."""
        return bool(self._page.leave)

    def shows_leaving(self, values: Values) -> bool:
        """Whether the control with which guests leave is visible right now. False where nothing says how they do."""
        return bool(self._page.leave) and self._tab.sees(_control_of(self._page.leave[0]), values)

    def shows_outside(self, values: Values) -> bool:
        """Whether the control with which guests leave is not there, or goes within the deadline. Whoever is told to
        wait may leave what they wait in."""
        gone = self._tab.vanishes(_control_of(self._page.leave[0]), values)
        return gone or (bool(self._page.waits) and self._tab.sees(self._page.waits, values))

    def leave(self, values: Values) -> None:
        """Leave, as a guest who is inside. Raises BrokenPromise when there is no way to."""
        self._tab.play(self._page.leave, values)

    def press_end_twice(self, values: Values) -> None:
        """Double-click what ends the room as fast as a hand can: End Room, or where the page asks, the confirmation.
        Raises BrokenPromise when it is not there."""
        self._enter_late(values)
        if not self._tab.appears(self._page.end_room, values):
            raise BrokenPromise(f"the host should see End Room\n  found     no End Room on {self._tab.there()}")
        flow = [FlowStep(click=self._page.end_room), *self._page.end_confirm]
        last = max(number for number, step in enumerate(flow) if step.click)
        self._tab.play(flow[:last], values)
        control = self._tab.shown(flow[last].click or "", values).first
        self._tab.look("End Room", lambda: press_twice(self._tab.page, control, hold=flow[last].hold))

    def says_ended(self, values: Values, within: float | None = None) -> bool:
        """Whether the page says that the room has ended, within the deadline."""
        return self._tab.appears(self._page.has_ended, values, within=within)

    def says_how_it_ended(self, values: Values) -> tuple[bool, bool]:
        """Whether the page says within the deadline that the room has ended, and whether until then it has said that
        ending failed: a notice may be there for a few seconds only, and another try may follow."""
        failures: list[bool] = []

        def has_ended() -> bool:
            failures.append(self.shows_failure_now(values))
            return self._tab.sees(self._page.has_ended, values)

        seconds = self._tab.target.deadlines.control
        ended, _ = eventually(has_ended, bool, seconds, pause=self._tab.let_pass)
        return ended, any(failures)

    def takes_end_back(self, values: Values) -> bool:
        """Whether what says that the room has ended goes within the deadline."""
        return self._tab.vanishes(self._page.has_ended, values)

    def tells_to_wait(self, values: Values) -> bool:
        """Whether the page says that the guest waits, within the deadline. Raises NotApplicable where it is not
        described what would."""
        return self._tab.appears(self._waits(), values)

    def tells_no_longer_to_wait(self, values: Values) -> bool:
        """Whether what says that the guest waits goes within the deadline. Raises NotApplicable as above."""
        return self._tab.vanishes(self._waits(), values)

    def _waits(self) -> str:
        if not self._page.waits:
            raise NotApplicable("web", "the target does not say what a guest sees who waits: [web.viewer] waits")
        return self._page.waits

    def comes_to_show(self, text: str) -> bool:
        """Whether a text becomes visible anywhere on the page within the deadline."""
        seconds = self._tab.target.deadlines.control
        return eventually(lambda: self.shows_text(text), bool, seconds, pause=self._tab.let_pass)[0]

    def shows_text(self, text: str) -> bool:
        """Whether a text is visible anywhere on the page right now."""
        return bool(self._tab.look("the page", lambda: count_text(self._tab.page, text)))

    def holds_text(self, text: str) -> bool:
        """Whether a text is anywhere on the page right now, in sight or not."""
        return self._tab.look("the page", lambda: holds_text(self._tab.page, text))

    def says_end_failed(self, values: Values, within: float | None = None) -> bool:
        """Whether the page says that ending failed, within the deadline."""
        return self._tab.appears(self._page.end_failed, values, within=within)

    def shows_failure_now(self, values: Values) -> bool:
        """Whether the page shows a failure right now."""
        return self._tab.sees(self._page.end_failed, values)

    def takes_failure_back(self, values: Values) -> bool:
        """Whether no failure is shown, or what is shown goes within the deadline."""
        return not self._page.end_failed or self._tab.vanishes(self._page.end_failed, values)

    def _wait_again(self, ready: str, values: Values) -> None:
        """Wait for a page that the history leads to, and that was there before. Raises BrokenPromise when it waits for
        nothing any more, and is another one."""
        try:
            self._tab.wait_ready(ready, values)
        except Inconclusive as slow:
            if slow.cause != NOT_READY or self._tab.settle() is not None:
                raise
            found = f"back and forward should show what was there before\n  found     {self._tab.there()}"
            raise BrokenPromise(found) from None

    def _enter(self, values: Values) -> None:
        """What a person does before the controls appear; later, where the page still looks up who hosts the room."""
        if not self._page.enter or self._is_listing() or self._is_not_for_visitors():
            return
        self._has_entered = not self._looks_up(values)
        if self._has_entered:
            self._tab.play(self._page.enter, values)

    def _enter_late(self, values: Values) -> None:
        if not self._has_entered:
            self._tab.wait_ready(self._page.ready, values)
            self._tab.play(self._page.enter, values)
            self._has_entered = True
        elif self._has_closed(values):
            self._tab.play(self._page.enter, values)

    def _has_closed(self, values: Values) -> bool:
        """Whether what had shown the controls, such as a menu, has closed again, and can be opened once more. Controls
        that show below the pointer are out of sight for a moment when the page draws itself anew."""
        first = next((each.click for each in self._page.enter[:1]), None)
        if not first or self._tab.appears(self._page.end_room, values, within=_A_MOMENT):
            return False
        return self._tab.sees(first, values)

    def _address(self) -> re.Match[str] | None:
        """What the browser's address has in place of the placeholders of a room's, by their names."""
        path = re.sub(r"\\{(\w+)\\}", lambda hole: rf"(?P<{hole[1]}>[^/?&#]+)", re.escape(self._page.path))
        url = urlsplit(self._tab.page.url)._replace(scheme="", netloc="").geturl()
        return re.search(rf"{path}/?(?:$|[?&#])", url)

    def _is_another(self, values: Values) -> bool:
        """Whether this is no viewer that could be used, and rightly so: it is the listing, it is where a visitor signs
        in or says that there is nothing for one, or its requests meet trouble and it says that it does not know the
        host yet."""
        return self._is_listing() or self._is_not_for_visitors() or self._looks_up(values)

    def _is_not_for_visitors(self) -> bool:
        """Whether nobody is signed in, and is sent to do so, or told by the page's status that there is nothing."""
        return self._tab.was_sent_to_sign_in() or (self._tab.hides and not self._tab.is_signed_in)

    def _is_listing(self) -> bool:
        listing = self._tab.web.listing
        return self._tab.is_at(listing.path, listing.ready, service=listing.service)

    def _looks_up(self, values: Values) -> bool:
        shown = (self._page.unknown_host, self._page.end_room)  # a page may not know, and offer End Room all the same
        return self._tab.is_troubled and any(self._tab.sees(each, values) for each in shown)


def _control_of(act: FlowStep) -> str:
    return act.click or act.check or act.fill or ""
