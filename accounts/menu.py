"""The menu in the header of a signed-in person."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

ENTRIES = (("accounts:home", "我的", "home"), ("accounts:profile", "我的账户", "settings"))


def menu_for(user: Any, path: str) -> dict[str, Any] | None:
    """What components/user_menu.html needs, for `site.me`; None for a visitor. `path` marks the current page."""
    if not user.is_authenticated:
        return None
    links = [
        {"label": label, "url": reverse(name), "icon": icon, "current": path == reverse(name)}
        for name, label, icon in ENTRIES
    ]
    name = user.actor_label
    return {"name": name, "initial": name[:1].upper(), "links": links, "logout_url": reverse("account_logout")}
