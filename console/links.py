"""Links of the back office: only to pages that exist and that the person may open."""

from __future__ import annotations

from typing import Any

from django.urls import NoReverseMatch, reverse

from competitions.models import Edition
from console.menu import MENU

PERMISSIONS = {item.url: item.permission for _, items in MENU for item in items} | {
    "competitions:edition-create": "",
    "competitions:setup-schedule": "competitions.manage_edition",
    "competitions:announcement-new": "competitions.manage_edition",
    "results:export": "results.export_result",
}


def address(name: str, *args: Any) -> str:
    """The address of a page, empty while there is no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def link_for(user: Any, edition: Edition, name: str, *args: Any) -> str:
    """The address of a page of the edition, empty when it does not exist or `user` may not open it."""
    if not user.has_perm(PERMISSIONS[name], edition):
        return ""
    return address(name, edition.slug, *args)
