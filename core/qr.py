"""QR codes: drawn into a page as SVG, or as rows of modules for printed documents."""

from __future__ import annotations

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString


def qr_svg(text: str, label: str, colour: str = "#12221d") -> SafeString:
    """The code of `text` as an SVG element without inline styles; `label` is read aloud. It fills its box."""
    drawn = segno.make(text, error="m", micro=False).svg_inline(border=0, dark=colour, omitsize=True, svgclass=None, lineclass=None)
    head = format_html('<svg role="img" aria-label="{}" shape-rendering="crispEdges" ', label)
    return SafeString(drawn.replace("<svg ", head, 1))


def qr_rows(text: str) -> list[str]:
    """The code of `text` as rows of 0 and 1 without a quiet zone, to be drawn by whoever prints it."""
    return ["".join("1" if dark else "0" for dark in row) for row in segno.make(text, error="m", micro=False).matrix]
