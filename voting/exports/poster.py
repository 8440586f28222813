"""The pictures people share: a poster (1080 × 1560) and a card for link previews (1200 × 630), drawn by Pillow as PNG.

They carry cover, number, title, organisation and address: never a count, a place, a reward or a request to share.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageOps

from core.canonical import canonical_json
from core.cover_picture import cover_picture
from core.qr import qr_rows

VERSION = 1  # raise it when the drawing changes: names follow the content, and a name is for ever
POSTER, CARD = "poster", "card"
SIZES = {POSTER: (1080, 1560), CARD: (1200, 630)}
FONTS = Path(__file__).resolve().parents[2] / "core" / "fonts"
INK, MUTED, BRAND, PAPER, WHITE = "#12221d", "#54645d", "#0b6153", "#f5f8f6", "#ffffff"
MARGIN = 72
SERIES = "江门市高价值专利培育布局大赛"
_NEVER_FIRST = "，。、；：！？）》”’"


@dataclass(frozen=True, slots=True)
class ShareText:
    """What stands on the pictures of one entry. `cover` is the SHA-256 of the applicant's cover, empty for the leaf grid."""

    edition: str
    number: str
    title: str
    lead: str
    url: str
    field_code: str
    cover: str = ""

    def key(self, kind: str) -> str:
        """The name of the picture: follows everything that is on it."""
        return hashlib.sha256(canonical_json({**asdict(self), "kind": kind, "version": VERSION})).hexdigest()[:32]


def draw(text: ShareText, kind: str, cover: Image.Image | None) -> bytes:
    """The PNG of one kind; `cover` is the applicant's picture when there is one."""
    picture = _poster(text, cover) if kind == POSTER else _card(text, cover)
    out = io.BytesIO()
    picture.quantize(128, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE if cover is None else Image.Dither.FLOYDSTEINBERG).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()


def _poster(text: ShareText, cover: Image.Image | None) -> Image.Image:
    width, height = SIZES[POSTER]
    picture = Image.new("RGB", (width, height), PAPER)
    pen = ImageDraw.Draw(picture)
    picture.paste(_fitted(text, cover, (width, 540)), (0, 0))
    _plate(picture, text.number, (MARGIN, 590), 56)
    y = 720
    for line in wrapped(text.title, _font(60), width - 2 * MARGIN, most=3):
        pen.text((MARGIN, y), line, font=_font(60), fill=INK)
        y += 84
    for line in wrapped(text.lead, _font(34, bold=False), width - 2 * MARGIN, most=1):
        pen.text((MARGIN, y + 12), line, font=_font(34, bold=False), fill=MUTED)
    box = 316
    top = height - box - MARGIN
    pen.line([MARGIN, top - 48, width - MARGIN, top - 48], fill="#d5ddd8", width=2)
    picture.paste(qr_picture(text.url, box), (width - MARGIN - box, top))
    pen.text((MARGIN, top + 20), "扫码看项目并投票", font=_font(46), fill=BRAND)
    pen.text((MARGIN, top + 96), f"或在投票页搜索编号 {text.number}", font=_font(32, bold=False), fill=MUTED)
    pen.text((MARGIN, top + box - 96), text.edition, font=_font(32), fill=INK)
    pen.text((MARGIN, top + box - 46), SERIES, font=_font(28, bold=False), fill=MUTED)
    return picture


def _card(text: ShareText, cover: Image.Image | None) -> Image.Image:
    width, height = SIZES[CARD]
    picture = Image.new("RGB", (width, height), PAPER)
    pen = ImageDraw.Draw(picture)
    picture.paste(_fitted(text, cover, (width, 300)), (0, 0))
    _plate(picture, text.number, (60, 330), 44)
    y = 422
    for line in wrapped(text.title, _font(50), width - 120, most=2):
        pen.text((60, y), line, font=_font(50), fill=INK)
        y += 68
    pen.text((60, height - 62), wrapped(f"{text.lead}　{text.edition}", _font(30, bold=False), width - 120, most=1)[0],
             font=_font(30, bold=False), fill=MUTED)  # fmt: skip
    return picture


def _fitted(text: ShareText, cover: Image.Image | None, size: tuple[int, int]) -> Image.Image:
    whole = cover.convert("RGB") if cover is not None else cover_picture(text.number, text.field_code, -(-size[0] // 4))
    return ImageOps.fit(whole, size, Image.Resampling.LANCZOS)


def _plate(picture: Image.Image, number: str, at: tuple[int, int], size: int) -> None:
    """The number on its leaf: two opposite corners round."""
    pen, font = ImageDraw.Draw(picture), _font(size)
    width = round(pen.textlength(number, font=font)) + size
    box = (at[0], at[1], at[0] + width, at[1] + round(size * 1.6))
    pen.rounded_rectangle(box, radius=size // 2, fill=BRAND, corners=(True, False, True, False))
    pen.text(((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), number, font=font, fill=WHITE, anchor="mm")


def qr_picture(text: str, box: int) -> Image.Image:
    """The code of an address with its quiet zone, at most `box` pixels wide, whole pixels a module, centred on white."""
    rows = qr_rows(text)
    count = len(rows)
    bits = Image.new("1", (count, count), 1)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark == "1":
                bits.putpixel((x, y), 0)
    module = box // (count + 8)
    picture = Image.new("RGB", (box, box), WHITE)
    side = count * module
    picture.paste(bits.resize((side, side), Image.Resampling.NEAREST).convert("RGB"), ((box - side) // 2, (box - side) // 2))
    return picture


def wrapped(text: str, font: ImageFont.FreeTypeFont, width: int, *, most: int) -> list[str]:
    """`text` in at most `most` lines of `width` pixels; what is left out ends in an ellipsis. No line begins with a closing mark."""
    lines, line = [], ""
    for char in " ".join(text.split()):
        if font.getlength(line + char) > width and char not in _NEVER_FIRST:
            lines.append(line)
            line = ""
        line += char
    lines = [*lines, line] if line else lines
    if len(lines) <= most:
        return lines or [""]
    last = lines[most - 1]
    while last and font.getlength(last + "…") > width:
        last = last[:-1]
    return [*lines[: most - 1], last + "…"]


@lru_cache(maxsize=16)
def _font(size: int, bold: bool = True) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"NotoSansSC-{'Bold' if bold else 'Regular'}.ttf"), size)
