"""Why a control can't be used, for whoever reads that it can't: not there, hidden and by what, disabled, or covered."""

from __future__ import annotations

import re

from playwright.sync_api import Error, Locator

from greenroom.drivers.web.overlays import what_covers

_ROLE = re.compile(r"""role=(?P<role>[\w-]+)\[name=(?P<quote>['"])(?P<name>[^'"]+)(?P=quote)i?\]""")
_HIDDEN_BY = """control => {
  for (let it = control; it; it = it.parentElement) {
    const style = getComputedStyle(it), tag = `<${it.tagName.toLowerCase()}>`;
    const where = it === control ? "" : ` of the ${tag} around it`;
    if (it.tagName === "DIALOG" && !it.open) return "its dialog is closed";
    if (style.display === "none") return `display: none${where}`;
    if (it === control && style.visibility !== "visible") return `visibility: ${style.visibility}`;
    if (it.ariaHidden === "true") return `aria-hidden${where}`;
    if (it.inert) return `inert${where}`;
  }
  return "it has no size";
}"""


def control_words(selector: str) -> str:
    """A selector as a person says it, where it names a role: `button Go Live`; any other as it is."""
    found = _ROLE.fullmatch(selector.strip())
    return f"{found['role']} {found['name']}" if found else selector


def with_hidden(selector: str) -> str:
    """The same selector, and where it names a role, for what is hidden from everybody as well."""
    return f"{selector}[include-hidden=true]" if _ROLE.fullmatch(selector.strip()) else selector


def why_unusable(shown: Locator, found: Locator, failure: Error) -> str:
    """Why none of the `found` controls can be used, of which `shown` are those in sight; `failure` is what the browser
    said. "" where nothing tells."""
    try:
        if shown.count():
            return "it is disabled" if not shown.first.is_enabled(timeout=1000) else what_covers(failure).lstrip(", ")
        if found.count():
            return f"it is there and hidden ({found.first.evaluate(_HIDDEN_BY, timeout=1000)})"
        return "it is not on the page"
    except Error:  # the page has gone on meanwhile
        return ""
