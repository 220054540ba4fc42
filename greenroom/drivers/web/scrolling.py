"""Lists that bring more as one scrolls, below what is there or in its place."""

from __future__ import annotations

from collections.abc import Iterable

from playwright.sync_api import Locator

_ARRIVED = """
  return new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(() => drawn(hasMoved))));"""
_BOXES = """
  let hasMoved = false;
  const around = box => box.assignedSlot ?? box.parentElement ?? box.getRootNode().host;
  const boxes = [];
  for (let box = entry; box; box = around(box)) boxes.push(box);
  if (!boxes.includes(document.scrollingElement)) boxes.push(document.scrollingElement);
  const go = (box, top) => {
    const before = box.scrollTop;
    box.scrollTo({ top, behavior: "instant" });
    if (Math.abs(box.scrollTop - before) >= 1) hasMoved = true;
  };"""
_TO_THE_END = f"entry => {{{_BOXES} boxes.forEach(box => go(box, box.scrollHeight)); {_ARRIVED} }}"
_TO_THE_TOP = f"entry => {{{_BOXES} boxes.forEach(box => go(box, 0)); {_ARRIVED} }}"
# Half of what is seen: what is drawn as one scrolls may have been measured too high or too low.
_ONWARDS = f"""entry => {{{_BOXES}
  for (const box of boxes) if (!hasMoved) go(box, box.scrollTop + box.clientHeight / 2); {_ARRIVED}
}}"""


def to_the_end(entry: Locator, milliseconds: int) -> None:
    """Scroll whatever the entry lies in to its end. Returns when the page has had the time to notice; waits so long for
    the entry. Raises Playwright's errors."""
    entry.evaluate(_TO_THE_END, timeout=milliseconds)


def to_the_top(entry: Locator, milliseconds: int) -> None:
    """Scroll whatever the entry lies in to its beginning; as `to_the_end`."""
    entry.evaluate(_TO_THE_TOP, timeout=milliseconds)


def onwards(entry: Locator, milliseconds: int) -> bool:
    """Scroll on by half of what is seen; as `to_the_end`. Whether there was anything left to scroll."""
    return bool(entry.evaluate(_ONWARDS, timeout=milliseconds))


def seen_in_all(counts: Iterable[int]) -> int:
    """How many there are of what was counted place after place, where what was seen at one may be seen at the next
    again. Those that are apart are seen apart."""
    most = times = before = 0
    for count in counts:
        most, times = max(most, count), times + (count > 0 and before == 0)
        before = count
    return max(most, times)
