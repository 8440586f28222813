"""QR codes: drawn into a page as SVG, or as rows of modules for printed documents.

The SVG has presentation attributes only, so that the strict CSP lets it through.
"""

from __future__ import annotations

from functools import lru_cache

import segno
from django.utils.html import format_html
from django.utils.safestring import SafeString

QUIET = 2


def qr_rows(text: str) -> list[str]:
    """The code of `text` as rows of 0 and 1 without a quiet zone, to be drawn by whoever prints it."""
    return ["".join("1" if dark else "0" for dark in row) for row in segno.make(text, error="m", micro=False).matrix]


@lru_cache(maxsize=512)
def qr_svg(text: str, label: str = "二维码") -> SafeString:
    """The code of `text` (an address) with error correction M, named `label` for those who hear the page. Remembered by the
    process: to draw it takes a tenth of a page that many look at."""
    rows = qr_rows(text)
    path = "".join(
        f"M{QUIET + column} {QUIET + line}.5h1" for line, row in enumerate(rows) for column, dark in enumerate(row) if dark == "1"
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
