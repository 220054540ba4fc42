"""A PNG that looks a little like the viewer page, without a browser and without a picture library."""

from __future__ import annotations

import struct
import zlib
from functools import cache

Colour = tuple[int, int, int]

INK: Colour = (33, 37, 41)
PAPER: Colour = (248, 249, 250)
CARD: Colour = (255, 255, 255)
LINE: Colour = (206, 212, 218)
DANGER: Colour = (201, 42, 42)
NOTICE: Colour = (255, 243, 191)


@cache
def viewer_page(width: int = 640, height: int = 400, notice: Colour = NOTICE) -> bytes:
    """The bytes of a PNG: a dark bar, a card with lines of text, a notice and a red button."""
    canvas = [bytearray(PAPER * width) for _ in range(height)]

    def box(left: int, top: int, right: int, bottom: int, colour: Colour) -> None:
        for row in canvas[top:bottom]:
            row[3 * left : 3 * right] = bytes(colour * (right - left))

    box(0, 0, width, 44, INK)
    box(20, 14, 150, 30, LINE)
    box(39, 69, 421, 361, LINE)
    box(40, 70, 420, 360, CARD)
    box(60, 90, 320, 108, INK)
    for top in range(130, 230, 22):
        box(60, top, 400 - top % 60, top + 8, LINE)
    box(60, 250, 400, 290, notice)
    box(72, 265, 300, 275, INK)
    box(60, 310, 180, 344, DANGER)
    box(82, 323, 158, 331, CARD)
    box(440, 70, 600, 360, CARD)
    for top in range(90, 340, 40):
        box(455, top, 479, top + 24, LINE)
        box(490, top + 8, 570, top + 16, LINE)
    return png(canvas)


def png(canvas: list[bytearray]) -> bytes:
    """`canvas`, rows of red, green and blue, as PNG."""
    raw = b"".join(b"\0" + row for row in canvas)
    size = struct.pack(">IIBBBBB", len(canvas[0]) // 3, len(canvas), 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", size) + _chunk(b"IDAT", zlib.compress(raw, 6)) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
