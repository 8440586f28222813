"""Which rows of a long patent list a page shows: fifty of all, or of those that were looked for."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from entries.models import IPAsset

PER_PAGE = 50
SEARCHED = ("number_raw", "title", "owners", "inventors", "publication_number", "classification", "family")


@dataclass(frozen=True, slots=True)
class Window:
    """`page` counts from 1; `words` are looked for in a row's texts; `wrong` keeps only rows with a fault."""

    page: int = 1
    words: str = ""
    wrong: bool = False

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Window:
        """From the address or a posted page; what makes no sense is the first page."""
        page = str(data.get("page", ""))
        number = int(page) if page.isascii() and page.isdigit() and len(page) < 5 else 1
        return cls(max(number, 1), str(data.get("q", "")).strip()[:60], bool(data.get("wrong")))

    @classmethod
    def of_place(cls, place: int) -> Window:
        """The page on which the row at `place` (from 1) stands."""
        return cls((max(place, 1) - 1) // PER_PAGE + 1)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words or self.wrong)

    @property
    def query(self) -> str:
        """For an address: empty for the first page of everything."""
        known = {"page": self.page if self.page > 1 else "", "q": self.words, "wrong": "1" if self.wrong else ""}
        found = urlencode({name: value for name, value in known.items() if value})
        return f"?{found}" if found else ""

    def turned(self, page: int) -> Window:
        return replace(self, page=page)

    def wants(self, asset: IPAsset | None, *, has_fault: bool) -> bool:
        if self.wrong and not has_fault:
            return False
        return not self.words or any(_plain(self.words) in _plain(getattr(asset, name)) for name in SEARCHED)

    def cut(self, rows: list[Any]) -> list[Any]:
        """Those of `rows` on this page; of a page past the end, the last one's."""
        start = (min(self.page, pages(len(rows))) - 1) * PER_PAGE
        return rows[start : start + PER_PAGE]


def pages(count: int) -> int:
    """How many pages so many rows fill; at least one."""
    return max(-(-count // PER_PAGE), 1)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
