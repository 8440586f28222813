"""What every page shows: the edition, its menu and its footer. A link whose page does not exist is left out.

Everything is computed when a template asks for it: a page without header and footer costs no query.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from competitions.models import Edition, Role, Stage
from competitions.queries.access import find_edition, latest_public_edition, older_editions
from competitions.queries.schedule import find_stage, is_stage_open
from competitions.rules import held_roles
from core import clock

STAFF = {Role.Kind.ORGANISER, Role.Kind.EXAMINER, Role.Kind.AUDITOR}
JUDGES = {Role.Kind.JUDGE, Role.Kind.CHIEF_JUDGE}


def site(request: HttpRequest) -> dict[str, Any]:
    """`site` for every layout; the same as `own_site` for the sign-in pages, where allauth puts a `site` of its own."""
    found = Site(request)
    return {"site": found, "own_site": found}


class Site:
    """Variables of layouts/public.html and of the menus in every layout (templates/components/site_header.html)."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def edition(self) -> Edition | None:
        """The edition the address names, else the current public one; a page of nobody's edition shows no draft."""
        match = self._request.resolver_match
        slug = match.kwargs.get("edition") if match else None
        if slug:
            found = find_edition(slug)
            return found if found and found.is_published else None
        return latest_public_edition()

    @cached_property
    def home_url(self) -> str:
        return self._url("competitions:edition-home", self.edition.slug) if self.edition else "/"

    @cached_property
    def nav(self) -> list[dict[str, Any]]:
        if self.edition is None:
            return []
        slug = self.edition.slug
        older = older_editions(self.edition).exists()
        return self._links(
            ("首页", "competitions:edition-home", slug),
            ("通知公告", "competitions:announcement-list", slug),
            ("参赛项目", "voting:gallery", slug),
            ("网络投票", "voting:vote", slug) if self._has_vote else None,
            ("结果公示", "results:results", slug),
            ("往届回顾", "competitions:edition-archive", slug) if older else None,
        )

    @cached_property
    def footer(self) -> list[dict[str, Any]]:
        if self.edition is None:
            return []
        slug = self.edition.slug
        columns = (
            ("参赛与投票", self._links(
                ("报名参赛", "entries:register", slug),
                ("网络投票", "voting:vote", slug) if self._has_vote else None,
                ("投票进度", "voting:board", slug) if self._has_vote else None,
                ("投票回执查询", "voting:receipt-lookup", slug) if self._has_vote else None,
            )),
            ("公开信息", self._links(
                ("大赛规则", "competitions:edition-rules", slug),
                ("入围名单", "results:finalists", slug),
                ("公示与异议", "results:notice-list", slug),
                ("路演顺序抽签", "judging:draw-check", slug),
                ("结果公示", "results:results", slug),
                ("证书查验", "results:verify-lookup"),
            )),
        )  # fmt: skip
        return [{"title": title, "links": links} for title, links in columns if links]

    @cached_property
    def legal(self) -> list[dict[str, Any]]:
        slug = self.edition.slug if self.edition else None
        return self._links(
            ("无障碍声明", "accessibility"),
            ("个人信息保护", "competitions:edition-privacy", slug) if slug else ("隐私说明", "accounts:privacy"),
        )

    @cached_property
    def me(self) -> dict[str, Any] | None:
        """The menu of whoever is signed in (templates/components/user_menu.html)."""
        user = self._request.user
        if not user.is_authenticated:
            return None
        kinds = {role.kind for role in held_roles(user)}
        links = self._links(
            ("我的", "accounts:home"),
            ("组委会工作台", "console:chooser") if kinds & STAFF or user.power else None,
            ("评审", "judging:task-list") if kinds & JUDGES else None,
            ("系统管理权限", "accounts:power") if user.is_superuser else None,
            icons={"我的": "user", "组委会工作台": "home", "评审": "score", "系统管理权限": "shield"},
        )
        label = user.actor_label
        return {
            "name": label,
            "initial": label[:1],
            "links": links,
            "logout_url": self._url("account_logout"),
        }

    @cached_property
    def power(self) -> dict[str, Any] | None:
        """The system administrator's session that is open: until when, and the minutes left (begun ones count)."""
        user = self._request.user
        if not user.is_authenticated or user.power is None:
            return None
        until = user.power.expires_at
        return {"until": until, "minutes": max(1, -int((clock.now() - until).total_seconds() // 60))}

    @cached_property
    def login_url(self) -> str:
        return self._url("account_login")

    @cached_property
    def register_url(self) -> str:
        """Where to enter, while the registration is open."""
        if self.edition is None or not is_stage_open(self.edition, Stage.Kind.REGISTRATION, clock.now()):
            return ""
        return self._url("entries:register", self.edition.slug)

    @cached_property
    def _has_vote(self) -> bool:
        return self.edition is not None and find_stage(self.edition, Stage.Kind.PUBLIC_VOTE) is not None

    def _links(self, *wanted: tuple | None, icons: dict[str, str] | None = None) -> list[dict[str, Any]]:
        found = []
        for label, name, *args in filter(None, wanted):
            url = self._url(name, *args)
            if url:
                current = self._is_current(name, url)
                found.append({"label": label, "url": url, "current": current, "icon": (icons or {}).get(label, "")})
        return found

    def _is_current(self, name: str, url: str) -> bool:
        """The page itself, or a page below it (a notice below 通知公告); the home page is only itself."""
        if name in ("competitions:edition-home", "accounts:home"):
            return self._request.path == url
        return self._request.path.startswith(url)

    def _url(self, name: str, *args: str) -> str:
        try:
            return reverse(name, args=args)
        except NoReverseMatch:
            return ""
