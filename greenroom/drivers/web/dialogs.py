"""The browser's own dialogs (alert, confirm, prompt): answered as a person does who means it, and kept where selectors
find what they said.

Such a dialog is no part of the page, and is gone once it is answered. Each is shown in an element of its own instead,
`[data-dialog=alert]`, `[data-dialog=confirm]` or `[data-dialog=prompt]`, until the next press.
"""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Error, Page

_ANSWER = "Symbol.for('greenroom.answer')"
SHOWN = "[data-dialog]"
"""What a page has said in dialogs since the last press."""
_SCRIPT = """
(() => {
  const shown = new Set();
  const clear = () => { for (const box of shown) box.remove(); shown.clear(); };
  const show = (kind, text) => {
    const box = document.createElement("div");
    box.dataset.dialog = kind;
    box.textContent = String(text ?? "");
    const look = { position: "fixed", left: "0", bottom: "0", padding: "4px", color: "#000", background: "#ffc" };
    Object.assign(box.style, look, { zIndex: "2147483647", pointerEvents: "none" });
    document.documentElement.append(box);
    shown.add(box);
  };
  for (const press of ["pointerdown", "keydown"]) addEventListener(press, clear, { capture: true });
  window.alert = (text) => show("alert", text);
  window.confirm = (text) => { show("confirm", text); return true; };
  window.prompt = (text, given) => { show("prompt", text); return window[%s] ?? given ?? ""; };
})();
""".replace("%s", _ANSWER)


def answer_dialogs(context: BrowserContext) -> None:
    """From now on every page of the context answers its dialogs: what is asked is confirmed."""
    context.add_init_script(_SCRIPT)


def answer_next(page: Page, text: str) -> None:
    """What a page's prompts are answered with until it is loaded anew. Raises Playwright's errors."""
    page.evaluate(f"text => {{ window[{_ANSWER}] = text }}", text)


def said_in_dialogs(page: Page) -> str:
    """What the page has said in dialogs since the last press, "" for nothing."""
    try:
        return " ".join(" ".join(page.locator(SHOWN).all_text_contents()).split())
    except Error:
        return ""
