"""Writing by an input method, as in Japanese: Enter takes the word that it proposes, and means nothing else."""

from __future__ import annotations

from playwright.sync_api import Locator

# What Chromium tells a page of such an Enter: the key goes down while a word is being composed, and up when it is not.
_ENTER = """field => {
  const tell = (Kind, name, more) =>
    field.dispatchEvent(new Kind(name, { bubbles: true, cancelable: true, composed: true, ...more }));
  const enter = { key: "Enter", code: "Enter" };
  field.focus();
  tell(CompositionEvent, "compositionstart", { data: "" });
  tell(KeyboardEvent, "keydown", { ...enter, keyCode: 229, which: 229, isComposing: true });
  tell(CompositionEvent, "compositionend", { data: field.value });
  tell(KeyboardEvent, "keyup", { ...enter, keyCode: 13, which: 13 });
}"""


def take_word(field: Locator) -> None:
    """Take the word that is proposed in this field. Raises Playwright's errors."""
    field.evaluate(_ENTER)
