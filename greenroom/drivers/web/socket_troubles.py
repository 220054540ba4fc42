"""Trouble for what a person's pages say over their WebSockets: what `[page_requests]` describes by `message`.

While there is any, a page asks before each message what becomes of it; those that are none of these go on as they are.
Sockets of workers are not found, and what they say meets no trouble.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Error as PlaywrightError

from greenroom.core.errors import NotApplicable
from greenroom.drivers.web.cut_sockets import CUT, NONE_OPENS, OPENS_AGAIN
from greenroom.drivers.web.page_messages import PageMessages
from greenroom.drivers.web.requests import PageMessage
from greenroom.drivers.web.troubles import Trouble
from greenroom.record.events import Exchange

if TYPE_CHECKING:
    from greenroom.drivers.web.tab import Tab

_ACTS: Mapping[Trouble, str] = {
    "answers 500": "answer",
    "answers 503": "answer",
    "refuses the connection": "refuse",
    "breaks off the connection": "cut",
    "never answers": "drop",
    "loses its answer": "lose",
    "is slow": "slow",
    "answers late": "late",
}
"""What becomes of a message. The other troubles are of proxies and limiters, which know of no messages."""
_BREAKS_OFF = frozenset({"refuse", "cut"})
_OF_ENDING = frozenset({"end", "end_fallback"})
_MAY_TAKE = 5000
"""How many milliseconds an answer that is to be lost is waited for, at the most."""

_WATCH = f"""() => {{
  if (window.greenroomHeld) return
  const send = WebSocket.prototype.send, latest = new WeakMap(), held = window.greenroomHeld = new Map()
  const cut = socket => ({CUT}).call([socket])
  const hear = (socket, data) => {{
    if (socket.readyState === 1) socket.dispatchEvent(new MessageEvent('message', {{ data, origin: socket.url }}))
  }}
  const listen = (socket, told) => {{
    const instead = event => {{ if (event.isTrusted) {{ event.stopImmediatePropagation(); told(event.data) }} }}
    socket.addEventListener('message', instead, true)
    return () => socket.removeEventListener('message', instead, true)
  }}
  const hold = (number, go) => held.set(number, [...held.get(number) ?? [], go])
  const acts = {{
    pass: (socket, data) => send.call(socket, data),
    drop: () => {{}},
    answer: (socket, data, {{ reply }}) => hear(socket, reply),
    cut,
    refuse: socket => {{ ({NONE_OPENS})(); cut(socket) }},
    lose: (socket, data, {{ mark }}) => {{
      listen(socket, told => String(told).includes(mark) && cut(socket))
      setTimeout(cut, {_MAY_TAKE}, socket)
      send.call(socket, data)
    }},
    slow: (socket, data, {{ number }}) => hold(number, () => socket.readyState === 1 && send.call(socket, data)),
    late: (socket, data, {{ number }}) => {{
      const kept = [], stop = listen(socket, told => kept.push(told))
      hold(number, () => {{ stop(); kept.forEach(told => hear(socket, told)) }})
      send.call(socket, data)
    }},
  }}
  window.greenroomPasses = false
  WebSocket.prototype.send = function (data) {{
    if (window.greenroomPasses && !latest.has(this)) return send.call(this, data)
    const words = typeof data === 'string' ? data : ''
    const asked = window.greenroomSays(this.url, words).catch(() => ({{ act: 'pass' }}))
    const done = Promise.all([asked, latest.get(this)]).then(([what]) => acts[what.act](this, data, what))
    latest.set(this, done)
    done.finally(() => latest.get(this) === done && latest.delete(this))
  }}
}}"""
"""Messages go in the order in which they are said. What a page hears meanwhile by the harness is not trusted as its
browser's own, by which the two are told apart."""
_ASKS = "() => { window.greenroomPasses = false }"
_LIFT = """([number, passes]) => {
  window.greenroomPasses = passes
  for (const go of window.greenroomHeld?.get(number) ?? []) go()
  window.greenroomHeld?.delete(number)
}"""


@dataclass
class SocketTrouble:
    """What becomes of messages called `name`; `waiting` of them, or of their answers, wait until it is over."""

    name: str
    messages: Sequence[PageMessage]
    trouble: Trouble
    is_due: Callable[[], bool]
    number: int
    waiting: int = 0


class SocketTroubles:
    """Trouble for the messages of one person's pages."""

    def __init__(self, tab: Tab) -> None:
        self._tab = tab
        self._rules: list[SocketTrouble] = []
        self._caused = 0
        self.messages = PageMessages(tab.target, tab.context)

    def cause(
        self, name: str, messages: Sequence[PageMessage], trouble: Trouble, is_due: Callable[[], bool]
    ) -> SocketTrouble:
        """Those of `messages` that are due meet `trouble` from now on. Raises NotApplicable where none can."""
        act = _ACTS.get(trouble)
        if act is None:
            raise NotApplicable("over-a-socket", f"the page says {name!r} over a WebSocket, where nothing {trouble}")
        if act == "answer" and not all(message.fails for message in messages):
            words = f"the page says {name!r} over a WebSocket, and no `fails` says how a failure is told"
            raise NotApplicable("over-a-socket", words)
        can = self._tab.target.can
        lasts = name == "end_fallback" or not can("client-fallback")  # the room stays as it is, with its host
        if act in _BREAKS_OFF and name in _OF_ENDING and lasts and can("host-presence"):
            words = f"the page says {name!r} over a WebSocket, and a host whose socket breaks off may be away"
            raise NotApplicable("over-a-socket", words)
        self._caused += 1
        rule = SocketTrouble(name, messages, trouble, is_due, self._caused)
        self._rules.append(rule)
        if self._caused == 1:
            self._tab.context.expose_binding("greenroomSays", self._becomes)
            self._tab.context.add_init_script(f"({_WATCH})()")
        self._in_all_frames(_WATCH)
        self._in_all_frames(_ASKS)
        return rule

    def lift(self, rule: SocketTrouble) -> None:
        """This one is over: what it held goes on, or is heard, and sockets can be opened."""
        if rule in self._rules:
            self._rules.remove(rule)
            rule.waiting = 0
            self._in_all_frames(_LIFT, [rule.number, not self._rules])
            if _ACTS[rule.trouble] == "refuse":
                self._tab.traffic.no_socket_opens = False
                self._in_all_frames(OPENS_AGAIN)

    def _in_all_frames(self, script: str, given: object = None) -> None:
        for frame in (frame for page in self._tab.context.pages for frame in page.frames):
            with suppress(PlaywrightError):  # it is gone, or goes on to another document
                frame.evaluate(script, given)

    def _becomes(self, source: object, url: str, words: str) -> dict[str, Any]:
        """What becomes of a message of the page: by the first of the troubles that it meets."""
        for rule in self._rules:
            found = (partial(self._meets, rule, message, told, url, words) for message in rule.messages
                     if (told := message.told_in(url, words)) is not None)  # fmt: skip
            meets = next(found, None)
            if meets is not None and rule.is_due():
                return meets()
        return {"act": "pass"}

    def _meets(
        self, rule: SocketTrouble, message: PageMessage, told: Mapping[str, str], url: str, words: str
    ) -> dict[str, Any]:
        act, redact = _ACTS[rule.trouble], self._tab.evidence.redactor.text
        rule.waiting += act in ("slow", "late")
        self._tab.traffic.no_socket_opens |= act == "refuse"
        met = {"method": "WEBSOCKET", "url": redact(url), "request_body": redact(words), "fault": rule.trouble}
        self._tab.evidence.exchange(Exchange(channel="page", origin="page", who=self._tab.who, **met))
        self._tab.traffic.stir()
        self.messages.hear(url, words)
        mark = next(iter(told.values()), "")
        return {"act": act, "number": rule.number, "reply": message.failure(told), "mark": mark}
