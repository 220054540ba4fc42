"""Lists that bring more as one scrolls, below what is there or in its place."""

from __future__ import annotations

from collections.abc import Iterable

from playwright.sync_api import Locator

# Every box that an entry lies in, the innermost first. One goes on by what is seen less an entry, which may be cut off.
_SCROLL = """(entries, how) => {
  const around = box => box.assignedSlot ?? box.parentElement ?? box.getRootNode().host;
  const boxes = new Set();
  for (const entry of entries) for (let box = entry; box; box = around(box)) boxes.add(box);
  boxes.delete(document.scrollingElement);
  const tallest = Math.max(0, ...entries.map(entry => entry.getBoundingClientRect().height));
  let hasMoved = false;
  for (const box of [...boxes, document.scrollingElement]) {
    if (how === "on" && hasMoved) break;
    const before = box.scrollTop;
    const seen = box.clientHeight, step = Math.max(seen / 2, seen - tallest);
    const top = { end: box.scrollHeight, top: 0, on: before + step }[how];
    box.scrollTo({ top, behavior: "instant" });
    hasMoved ||= Math.abs(box.scrollTop - before) >= 1;
  }
  return new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(() => drawn(hasMoved))));
}"""


def to_the_end(entries: Locator) -> bool:
    """Scroll whatever the entries lie in to its end. Whether there was anything left to scroll. Returns when the page
    has had the time to notice. Raises Playwright's errors."""
    return bool(entries.evaluate_all(_SCROLL, "end"))


def to_the_top(entries: Locator) -> bool:
    """Scroll whatever the entries lie in to its beginning; as `to_the_end`."""
    return bool(entries.evaluate_all(_SCROLL, "top"))


def onwards(entries: Locator) -> bool:
    """Scroll on to what comes next, one list after the other; as `to_the_end`."""
    return bool(entries.evaluate_all(_SCROLL, "on"))


def seen_in_all(counts: Iterable[int]) -> int:
    """How many there are of what was counted place after place, where what was seen at one may be seen at the next
    again. Those that are apart are seen apart."""
    most = times = before = 0
    for count in counts:
        most, times = max(most, count), times + (count > 0 and before == 0)
        before = count
    return max(most, times)
