"""What every page of the back office shows: the menu, the editions to choose from, the stage, the search.

Everything is computed when a template asks for it: a page with another layout costs no query.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest

from competitions.models import Edition
from competitions.queries.access import find_edition
from competitions.queries.schedule import rounds_of, schedule
from console.links import address, link_for
from console.menu import MENU, MenuItem
from console.queries.editions import editions_of, stage_badge
from console.queries.facts import Facts
from console.queries.waiting import waiting
from core import clock
from core.statuses import Status


def console(request: HttpRequest) -> dict[str, Any]:
    return {"console": Console(request)}


class Console:
    """Variables of layouts/console.html. The edition is the one the address names (`/org/<slug>/…`)."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def edition(self) -> Edition | None:
        """The edition of the page; None on pages of no edition. Pages check themselves who may open them."""
        match = self._request.resolver_match
        slug = match.kwargs.get("slug") if match else None
        mine = [one for one in self._mine if one.slug == slug]
        if mine or not slug:
            return mine[0] if mine else None
        return find_edition(slug)

    @cached_property
    def nav(self) -> list[dict[str, Any]]:
        """The sections of the menu with the links this person may open."""
        if self.edition is None:
            return []
        sections: list[dict[str, Any]] = [{"title": title, "items": self._items(items)} for title, items in MENU]
        found = [section for section in sections if section["items"]]
        self._mark_current([item for section in found for item in section["items"]])
        return found

    @cached_property
    def home_url(self) -> str:
        """The dashboard; without the right to it, the person's own page."""
        if self.edition is None:
            return address("console:chooser")
        return link_for(self._user, self.edition, "console:dashboard") or address("accounts:home")

    @cached_property
    def editions(self) -> list[dict[str, Any]]:
        """The editions to choose from; the one of the page is among them."""
        current = self.edition
        found: list[dict[str, Any]] = [
            {"name": one.short_name, "url": address("console:dashboard", one.slug), "current": one == current}
            for one in self._mine
        ]
        if current and current not in self._mine:
            found.append({"name": current.short_name, "url": self._request.path, "current": True})
        return found

    @cached_property
    def stage(self) -> Status | None:
        if self.edition is None:
            return None
        return stage_badge(self.edition, self._facts.views if self._facts else schedule(self.edition, clock.now()))

    @cached_property
    def search_url(self) -> str:
        return link_for(self._user, self.edition, "entries:entry-list") if self.edition else ""

    @cached_property
    def inbox_url(self) -> str:
        return link_for(self._user, self.edition, "console:outbox") if self.edition else ""

    @cached_property
    def inbox_count(self) -> int:
        """Messages that were given up."""
        return self._waiting("failed") if self.inbox_url else 0

    @property
    def _user(self) -> Any:
        return self._request.user

    @cached_property
    def _mine(self) -> list[Edition]:
        return editions_of(self._user) if self._user.is_authenticated else []

    @cached_property
    def _rounds(self) -> dict[str, str]:
        return {one.kind: one.name for one in rounds_of(self.edition)} if self.edition else {}

    @cached_property
    def _facts(self) -> Facts | None:
        """What the page has read already (the dashboard): then the menu does not ask again."""
        return getattr(self._request, "console_facts", None)

    @cached_property
    def _counts(self) -> dict[str, int]:
        if self._facts:
            return self._facts.waiting
        return waiting(self.edition) if self.edition else {}

    def _waiting(self, name: str) -> int:
        return self._counts.get(name, 0)

    def _items(self, items: tuple[MenuItem, ...]) -> list[dict[str, Any]]:
        found = []
        for item in items:
            url = self._url(item)
            if url:
                label = f"{self._rounds[item.kind]}{item.label}" if item.kind else item.label
                count = self._waiting(item.counts) if item.counts else 0
                found.append({"label": label, "url": url, "icon": item.icon, "count": count, "current": False})
        return found

    def _url(self, item: MenuItem) -> str:
        assert self.edition is not None
        if not item.kind:
            return link_for(self._user, self.edition, item.url)
        return link_for(self._user, self.edition, item.url, item.kind) if item.kind in self._rounds else ""

    def _mark_current(self, items: list[dict[str, Any]]) -> None:
        """The page itself, or the nearest one above it; the dashboard is only itself."""
        path, home = self._request.path, self.home_url
        above = [item for item in items if path.startswith(item["url"]) and (item["url"] != home or path == home)]
        if above:
            max(above, key=lambda item: len(item["url"]))["current"] = True
