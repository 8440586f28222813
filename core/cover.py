"""Leaf-grid covers: the picture an entry gets when its applicant uploaded none (DESIGN.md §3).

The palette follows the technical field, the arrangement follows the entry number, so a cover never changes
between pages, servers or days. Only presentation attributes are written: a strict CSP blocks style attributes.
"""

from dataclasses import dataclass
from zlib import crc32

WAVES = "M0 30c17-20 33-20 50 0s33 20 50 0M0 55c17-20 33-20 50 0s33 20 50 0M0 80c17-20 33-20 50 0s33 20 50 0"
DOTS = "".join(f"M{x} {y}h.01" for y in (20, 50, 80) for x in (20, 50, 80))
FILLED = {
    "a": "M0 0A100 100 0 0 1 100 100A100 100 0 0 1 0 0Z",
    "b": "M100 0A100 100 0 0 1 0 100A100 100 0 0 1 100 0Z",
    "1": "M0 0H100A100 100 0 0 1 0 100Z",
    "2": "M100 0V100A100 100 0 0 1 0 0Z",
    "3": "M100 100H0A100 100 0 0 1 100 0Z",
    "4": "M0 100V0A100 100 0 0 1 100 100Z",
    "s": "M0 0H100V100H0Z",
    "o": "M24 50a26 26 0 1 0 52 0a26 26 0 1 0-52 0Z",
}


@dataclass(frozen=True, slots=True)
class Palette:
    """Five colours of one technical field; `deep`, `mid`, `pale` fill tiles, `spot` fills the one disc."""

    ground: str
    deep: str
    mid: str
    pale: str
    spot: str


PALETTES = {
    "equipment": Palette("#dfe9f3", "#1d5c9c", "#4b86c2", "#b3cbe4", "#143f6c"),
    "electronics": Palette("#dcebe7", "#0b6153", "#3a927e", "#a5d1c4", "#dca52f"),
    "materials": Palette("#efe8dc", "#7d5506", "#c28a16", "#dccba8", "#384841"),
    "health": Palette("#f6e6df", "#ad3418", "#cf6243", "#eec4b4", "#384841"),
    "energy": Palette("#e1eedb", "#35701d", "#5b9a3f", "#b9d7ab", "#0b6153"),
    "agriculture": Palette("#f5edd6", "#5b9a3f", "#c28a16", "#dfd3a2", "#224a12"),
}
# Eight sets: tiles of the upper and the lower row, then the colour of each tile by its initial (spot is `o`).
SETS = (
    ("waosb41a", "mdoppmdm"),
    ("sbd2w3oa", "dmpdpdom"),
    ("bs3woa2d", "mpdmoddd"),
    ("dab142wo", "pdmpddmo"),
    ("1wao3bs4", "dpmoddpm"),
    ("a3wb1oas", "dpmmdopd"),
    ("2obws14d", "modpdmdp"),
    ("4ds3aw1o", "dppmmmdo"),
)
SHAPES = {"wide": (4, 2, range(8)), "tall": (2, 3, (0, 1, 4, 5, 2, 3))}


def palette_for(field_code: str) -> Palette:
    """The palette of a field; a code the design does not know gets one of the six, always the same one."""
    known = PALETTES.get(field_code)
    if known:
        return known
    return list(PALETTES.values())[crc32(field_code.encode()) % len(PALETTES)]


def arrangement_for(number: str) -> tuple[str, str]:
    """The tile set of an entry number such as "054"."""
    return SETS[crc32(number.encode()) % len(SETS)]


def cover_svg(number: str, field_code: str, shape: str = "wide") -> str:
    """The cover of one entry as an SVG element, decorative and hidden from screen readers.

    `shape` is "wide" (4×2 tiles, cards and the entry page) or "tall" (2×3 tiles, lists on phones); another shape
    is refused with ValueError.
    """
    if shape not in SHAPES:
        raise ValueError(f"a cover is wide or tall, not {shape!r}")
    columns, rows, cells = SHAPES[shape]
    palette, (tiles, colours) = palette_for(field_code), arrangement_for(number)
    paint = {"d": palette.deep, "m": palette.mid, "p": palette.pale, "o": palette.spot}
    parts = [
        tile_svg(tiles[cell], paint[colours[cell]], 100 * (place % columns), 100 * (place // columns))
        for place, cell in enumerate(cells)
    ]
    width, height = 100 * columns, 100 * rows
    return (
        f'<svg viewBox="0 0 {width} {height}" preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false">'
        f'<rect width="{width}" height="{height}" fill="{palette.ground}"/>{"".join(parts)}</svg>'
    )


def tile_svg(tile: str, colour: str, x: int, y: int) -> str:
    """One tile of 100 × 100 units with its upper left corner at (x, y)."""
    place = f' transform="translate({x} {y})"' if x or y else ""
    if tile == "w":
        return f'<path{place} fill="none" stroke="{colour}" stroke-width="9" d="{WAVES}"/>'
    if tile == "d":
        return f'<path{place} fill="none" stroke="{colour}" stroke-width="12" stroke-linecap="round" d="{DOTS}"/>'
    return f'<path{place} fill="{colour}" d="{FILLED[tile]}"/>'
