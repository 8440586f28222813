"""The leaf-grid cover of core/cover.py as a picture, for posters and share cards, where no SVG can be used."""

from __future__ import annotations

from PIL import Image, ImageChops, ImageDraw

from core.cover import SHAPES, arrangement_for, palette_for

_CORNERS = {"1": (0, 0), "2": (1, 0), "3": (1, 1), "4": (0, 1)}
_LEAVES = {"a": ((0, 1), (1, 0)), "b": ((0, 0), (1, 1))}
OVERSAMPLED = 2


def cover_picture(number: str, field_code: str, tile: int, shape: str = "wide") -> Image.Image:
    """The cover of an entry with tiles of `tile` pixels: 4×2 of them (wide) or 2×3 (tall). Always the same for one number."""
    columns, rows, cells = SHAPES[shape]
    palette, (tiles, colours) = palette_for(field_code), arrangement_for(number)
    paint = {"d": palette.deep, "m": palette.mid, "p": palette.pale, "o": palette.spot}
    size = tile * OVERSAMPLED
    picture = Image.new("RGB", (columns * size, rows * size), palette.ground)
    for place, cell in enumerate(cells):
        box = (place % columns * size, place // columns * size)
        picture.paste(paint[colours[cell]], box, _mask(tiles[cell], size))
    return picture.resize((columns * tile, rows * tile), Image.Resampling.LANCZOS)


def _mask(kind: str, size: int) -> Image.Image:
    """Where one tile has colour."""
    if kind in _CORNERS:
        return _disc(size, *_CORNERS[kind])
    if kind in _LEAVES:
        one, two = _LEAVES[kind]
        return ImageChops.multiply(_disc(size, *one), _disc(size, *two))
    mask = Image.new("L", (size, size), 255 if kind == "s" else 0)
    _PATTERNS.get(kind, _nothing)(ImageDraw.Draw(mask), size / 100)
    return mask


def _nothing(draw: ImageDraw.ImageDraw, unit: float) -> None:
    return


def _spot(draw: ImageDraw.ImageDraw, unit: float) -> None:
    draw.ellipse([24 * unit, 24 * unit, 76 * unit, 76 * unit], fill=255)


def _dots(draw: ImageDraw.ImageDraw, unit: float) -> None:
    for x in (20, 50, 80):
        for y in (20, 50, 80):
            draw.ellipse([(x - 6) * unit, (y - 6) * unit, (x + 6) * unit, (y + 6) * unit], fill=255)


def _waves(draw: ImageDraw.ImageDraw, unit: float) -> None:
    for y in (30, 55, 80):
        draw.line(_wave(y, unit), fill=255, width=round(9 * unit), joint="curve")


_PATTERNS = {"o": _spot, "d": _dots, "w": _waves}


def _disc(size: int, column: int, row: int) -> Image.Image:
    """The quarter disc of a tile around one of its corners."""
    mask = Image.new("L", (size, size), 0)
    x, y = column * size, row * size
    ImageDraw.Draw(mask).ellipse([x - size, y - size, x + size, y + size], fill=255)
    return mask


def _wave(y: int, unit: float) -> list[tuple[float, float]]:
    """One line of core.cover.WAVES: two cubic curves over a tile's width."""
    points = []
    for start, bend in ((0, -20), (50, 20)):
        for step in range(21):
            t = step / 20
            x = start + 3 * (1 - t) ** 2 * t * 17 + 3 * (1 - t) * t**2 * 33 + t**3 * 50
            points.append((x * unit, (y + 3 * (1 - t) * t * bend) * unit))
    return points
