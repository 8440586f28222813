"""Which characters the printed documents can show: those that one of the fonts of core/fonts has."""

from __future__ import annotations

import struct
from functools import lru_cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
SEGMENTED = 12  # the cmap format that reaches beyond the basic plane
ENTRY, GROUP = 8, 12


def unprintable(text: str) -> list[str]:
    """The characters of `text` that no certificate can print, in order, once each; empty when all can."""
    known = covered()
    return list(dict.fromkeys(sign for sign in text if ord(sign) not in known and not sign.isspace()))


def unprintable_sentence(text: str, what: str) -> str:
    """What to tell whoever typed `text` as `what` (项目名称); empty when all of it prints."""
    signs = unprintable(text)
    if not signs:
        return ""
    named = "、".join(f"“{sign}”（U+{ord(sign):04X}）" for sign in signs)
    return f"{what}中的{named}在证书字体中没有，印不出来。名称照常保存；请联系组委会核对字形，或改用证照上的通用写法。"


@lru_cache(maxsize=1)
def covered() -> frozenset[int]:
    """Code points of all vendored fonts together."""
    return frozenset().union(*(_code_points(path.read_bytes()) for path in sorted(FONTS.glob("*.ttf"))))


def _code_points(font: bytes) -> set[int]:
    """The cmap of a TrueType file (OpenType 1.9, table cmap, format 12 or 4)."""
    tables = struct.unpack(">H", font[4:6])[0]
    start = next(
        offset
        for tag, _, offset, _ in struct.iter_unpack(">4sIII", font[12 : 12 + 16 * tables])
        if tag == b"cmap"
    )
    count = struct.unpack(">H", font[start + 2 : start + 4])[0]
    found: set[int] = set()
    for _, _, offset in struct.iter_unpack(">HHI", font[start + 4 : start + 4 + ENTRY * count]):
        at = start + offset
        if struct.unpack(">H", font[at : at + 2])[0] == SEGMENTED:
            groups = struct.unpack(">I", font[at + 12 : at + 16])[0]
            for first, last, _ in struct.iter_unpack(">III", font[at + 16 : at + 16 + GROUP * groups]):
                found.update(range(first, last + 1))
    return found
