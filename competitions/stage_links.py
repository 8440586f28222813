"""The one next step of the home page: it changes with the stage, and a page that does not exist is never linked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from competitions.models import Stage
from competitions.queries.schedule import StageView

Kind = Stage.Kind


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page: words, address, icon of the sprite."""

    label: str
    url: str
    icon: str = ""


def link(label: str, name: str, *args: Any, icon: str = "") -> Link | None:
    """A link to the named page, or None while there is no such page."""
    try:
        return Link(label, reverse(name, args=args), icon)
    except NoReverseMatch:
        return None


def present(links: Iterable[Link | None]) -> list[Link]:
    """The links whose page exists."""
    return [one for one in links if one is not None]


def next_steps(slug: str, views: list[StageView]) -> list[Link]:
    """What a visitor can do now, the most important first: vote, enter, see the results, look at the entries."""
    phases = {view.stage.kind: view.phase for view in views}
    opened = {view.stage.kind for view in views if view.has_opened}
    steps: list[Link | None] = []
    if phases.get(Kind.PUBLIC_VOTE) == "open":
        steps.append(link("给项目投票", "voting:vote", slug, icon="ballot"))
    if phases.get(Kind.REGISTRATION) == "open":
        steps.append(link("我要报名", "entries:register", slug, icon="edit"))
    if Kind.NOTICE in opened or phases.get(Kind.FINAL) == "closed":
        steps.append(link("看结果", "results:results", slug, icon="trophy"))
    elif phases.get(Kind.PRELIMINARY) == "closed":
        steps.append(link("看入围名单", "results:finalists", slug, icon="flag"))
    if Kind.PUBLIC_VOTE in opened:
        steps.append(link("浏览参赛项目", "voting:gallery", slug, icon="grid"))
    steps.append(link("看大赛规则", "competitions:edition-rules", slug, icon="doc"))
    return present(steps)[:2]
