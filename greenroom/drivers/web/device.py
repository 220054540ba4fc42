"""What a person looks at pages with: a computer or a small phone, and where in the world it is set to be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # a scenario without a page does not wait for the import of a browser's driver
    from playwright.sync_api import BrowserContext

_PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
_ON_ITS_SIDE = {"viewport": {"width": 740, "height": 360}}
# Which language pages are to be in is asked for apart from the one in which the browser writes numbers and dates:
# a translated page would have other words than the selectors know. Capital letters are left out by Chromium when it
# stands in for a browser of another language.
_SCRIPT = """(() => {
  const own = OWN, asked = ASKED;
  const tell = (name, value) =>
    Object.defineProperty(Navigator.prototype, name, { configurable: true, get: () => value });
  tell("language", asked);
  tell("languages", Object.freeze([asked]));
  for (const name of ["toLocaleUpperCase", "toLocaleLowerCase"]) {
    const real = String.prototype[name];
    const write = { [name](language = own) { return real.call(this, language); } }[name];
    Object.defineProperty(String.prototype, name, { value: write, writable: true, configurable: true });
  }
})()"""


@dataclass(frozen=True, slots=True)
class Device:
    """`language` is that of its numbers, dates and capital letters, "" that of the target file; pages are asked for in
    that of the target file always. `time_zone` has a name of the IANA's database, "" is this machine's. What moves on a
    page is shown where the device `shows_movement`, and nowhere else, so that nobody waits for it."""

    is_phone: bool = False
    on_its_side: bool = False
    has_no_mouse: bool = False
    shows_movement: bool = False
    language: str = ""
    time_zone: str = ""

    def options(self) -> dict[str, Any]:
        """What Playwright is told when it makes the browser's context."""
        options: dict[str, Any] = dict(_PHONE) if self.is_phone else {}
        if self.on_its_side:
            options |= _ON_ITS_SIDE
        if self.time_zone:
            options["timezone_id"] = self.time_zone
        if self.language:
            options["locale"] = self.language
        if self.shows_movement:
            options["reduced_motion"] = "no-preference"
        return options

    def prepare(self, context: BrowserContext, language_of_pages: str) -> None:
        """Have pages write in the device's language; to be called before the first of them is opened."""
        if self.language:
            script = _SCRIPT.replace("OWN", json.dumps(self.language)).replace("ASKED", json.dumps(language_of_pages))
            context.add_init_script(script)

    def headers(self, language_of_pages: str) -> Mapping[str, str]:
        """What each request is to say that the browser would say otherwise."""
        return {"Accept-Language": language_of_pages} if self.language else {}


COMPUTER = Device()
PHONE = Device(is_phone=True)
PHONE_ON_ITS_SIDE = Device(is_phone=True, on_its_side=True)
KEYBOARD = Device(has_no_mouse=True)
