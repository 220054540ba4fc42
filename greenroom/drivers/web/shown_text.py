"""What an element says: its text, also that of web components, which hold theirs in a shadow root of their own, with
the emoji that it draws as pictures, and without the marks that nobody sees."""

from __future__ import annotations

from playwright.sync_api import Locator

_UNSEEN = dict.fromkeys([0xAD, 0x200B, 0x200E, 0x200F, 0x2060, *range(0x2066, 0x206A)])
"""Where a line may break, and where what runs the other way begins and ends: pages put it around what they show."""

_TEXT = """
  const emoji = alt => /\\p{Extended_Pictographic}|\\p{Regional_Indicator}|\\u20e3/u.test(alt) && !/\\p{L}/u.test(alt);
  const parts = node => node.shadowRoot ? node.shadowRoot.childNodes
    : node.localName === 'slot' && node.assignedNodes().length ? node.assignedNodes() : node.childNodes;
  const text = node => node.nodeType === Node.TEXT_NODE ? node.data
    : ['style', 'script', 'template'].includes(node.localName) ? ''
    : node.localName === 'img' && emoji(node.alt) ? node.alt : [...parts(node)].map(text).join('');
"""
_TEXT_OR_NAME = f"""element => {{ {_TEXT}
  const spoken = one => one.alt || one.getAttribute('aria-label') || one.title || '';
  const named = element.querySelector('[alt], [aria-label], [title]');
  return text(element).trim() ? text(element) : spoken(element) || (named ? spoken(named) : '');
}}"""


def text_or_name(place: Locator, seconds: float) -> str:
    """Its text; of a picture, or of a control without text, what it says in place of one."""
    return _seen(place.evaluate(_TEXT_OR_NAME, timeout=seconds * 1000))


def texts(places: Locator) -> list[str]:
    """The text of each that is there."""
    found: list[str] = places.evaluate_all(f"all => {{ {_TEXT} return all.map(text); }}")
    return [_seen(text) for text in found]


def _seen(text: object) -> str:
    return str(text).translate(_UNSEEN)
