"""QR codes as inline SVG: presentation attributes only, so that the strict CSP lets them through."""

from __future__ import annotations

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString

QUIET = 2


def qr_svg(text: str, label: str = "二维码") -> SafeString:
    """The code of `text` (an address) with error correction M, named `label` for those who hear the page."""
    rows = [[bool(dark) for dark in row] for row in segno.make(text, error="m", micro=False).matrix]
    path = "".join(
        f"M{QUIET + column} {QUIET + line}.5h1" for line, row in enumerate(rows) for column, dark in enumerate(row) if dark
    )
    size = len(rows) + 2 * QUIET
    return format_html(
        '<svg role="img" aria-label="{}" shape-rendering="crispEdges" viewBox="0 0 {} {}">'
        '<path stroke="#12221d" d="{}"/></svg>',
        label,
        size,
        size,
        path,
    )
