"""Breaks off the WebSockets that a page has open. A browser that only takes itself to be offline keeps those, and sends
what the page says by them; one whose network is gone breaks them off. Sockets of workers are not found."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page
from playwright.sync_api import Error as PlaywrightError

CUT = """function () {
  const cut = new WeakSet()
  const broken = { code: 1006, wasClean: false, reason: '' } // and not as one that is closed in order
  for (const [name, value] of Object.entries(broken)) {
    const genuine = Object.getOwnPropertyDescriptor(CloseEvent.prototype, name)
    const get = function () { return cut.has(this.target) ? value : genuine.get.call(this) }
    Object.defineProperty(CloseEvent.prototype, name, { ...genuine, get })
  }
  for (const socket of this) {
    try { if (socket.readyState > 1) continue } catch { continue } // the prototype of a page's own kind of socket
    cut.add(socket)
    socket.close()
    socket.dispatchEvent(new Event('error'))
  }
}"""
_SAY = """function (url, text) {
  for (const socket of this) {
    try { if (socket.readyState !== 1 || socket.url.split('?')[0] !== url) continue } catch { continue }
    socket.send(text)
    return true
  }
  return false
}"""
NONE_OPENS = """() => {
  const genuine = window.WebSocket
  window.greenroomOpens = () => { window.WebSocket = genuine }
  window.WebSocket = new Proxy(genuine, {
    construct(kind, given, asked) {
      const socket = Reflect.construct(kind, given, asked)
      socket.close() // before it is open: the page is told that it could not be opened
      return socket
    },
  })
}"""
OPENS_AGAIN = "() => window.greenroomOpens?.()"


def cut_sockets(page: Page) -> None:
    """Every WebSocket of the page's documents is closed as by a connection that breaks: the page is told so, and what
    it says by them goes nowhere. New ones may be opened."""
    with suppress(PlaywrightError):  # the page is gone, or no Chromium: then it has no sockets, or keeps them
        _cut(page.context.new_cdp_session(page))  # it ends with the page: to detach it would take the page online again


def keep_sockets_cut(page: Page) -> Callable[[], None]:
    """The same, and the documents that are there can't open any until what is returned is called."""
    for frame in page.frames:
        with suppress(PlaywrightError):  # it is gone
            frame.evaluate(NONE_OPENS)
    cut_sockets(page)
    return lambda: _open_again(page)


def cut_all_sockets(context: BrowserContext) -> None:
    """Those of each page that is open."""
    for page in context.pages:
        cut_sockets(page)


def _open_again(page: Page) -> None:
    for frame in page.frames:
        with suppress(PlaywrightError):
            frame.evaluate(OPENS_AGAIN)


def say_by_sockets(page: Page, url: str, text: str) -> bool:
    """Say `text` over a WebSocket that the page has opened at `url`, whatever its query is, as its own script could;
    whether there is one."""
    with suppress(PlaywrightError):
        return any(_of_sockets(page.context.new_cdp_session(page), _SAY, url.partition("?")[0], text))
    return False


def _cut(session: CDPSession) -> None:
    _of_sockets(session, CUT)


def _of_sockets(session: CDPSession, function: str, *given: str) -> list[Any]:
    """What the function says of the sockets of each document; they are its `this`."""
    contexts: list[int] = []
    said: list[Any] = []

    def on_created(event: dict[str, Any]) -> None:
        context = event["context"]
        if context.get("auxData", {}).get("isDefault"):
            contexts.append(context["id"])

    session.on("Runtime.executionContextCreated", on_created)
    session.send("Runtime.enable")
    for context in contexts:
        kind = session.send("Runtime.evaluate", {"expression": "WebSocket.prototype", "contextId": context})
        if "objectId" in kind["result"]:
            found = session.send("Runtime.queryObjects", {"prototypeObjectId": kind["result"]["objectId"]})
            sockets = found["objects"]["objectId"]
            call = {"functionDeclaration": function, "objectId": sockets, "returnByValue": True}
            answer = session.send("Runtime.callFunctionOn", call | {"arguments": [{"value": one} for one in given]})
            said.append(answer["result"].get("value"))
    session.send("Runtime.disable")
    return said
