"""A new edition after the pattern of an earlier one, by parts; nothing of entrants, votes, marks or results comes along."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from accounts.models import User
from competitions.actions import copy_parts as copy
from competitions.actions.edition import create_edition
from competitions.actions.page import write_page
from competitions.actions.role import grant_role
from competitions.clone_parts import ClonePart, clone_parts
from competitions.errors import ClonePartsMissing
from competitions.models import Edition, EditionPage
from competitions.pure.edition_preset import PRESETS
from competitions.queries import clone as told
from competitions.queries.page_text import page_template
from core.audit import journal
from core.errors import NotAllowed


@transaction.atomic
def clone_edition(
    *, source: Edition, parts: Collection[str], first_day: date, slug: str, name: str, short_name: str, ordinal: int,
    year: int, actor: User, at: datetime,
) -> Edition:
    """An unpublished edition with the chosen `parts` (keys of competitions.clone_parts) of `source` and the preset's values
    for the rest; every date lies as far behind the source's as `first_day` behind the first day of its registration.

    Values taken over still wait for confirmation. Whoever holds a role taken over is told by mail. Refuses what
    `create_edition` refuses, parts that need one which was not chosen, and whoever may not manage the source.
    """  # fmt: skip
    if not actor.has_perm("competitions.manage_edition", source) or not actor.has_perm("competitions.add_edition"):
        raise NotAllowed
    missing = told.missing_needs(parts)
    if missing:
        raise ClonePartsMissing(missing="".join(missing))
    made = create_edition(
        preset=next(iter(PRESETS)), slug=slug, name=name, short_name=short_name, ordinal=ordinal, year=year, actor=actor, at=at
    )
    days = told.shift_of(source, first_day)
    chosen = [part for part in clone_parts() if part.key in parts]
    for part in chosen:
        part.copy(source, made, days)
    made = Edition.objects.get(pk=made.pk)
    if "pages" not in parts:
        for kind in EditionPage.Kind.values:
            write_page(edition=made, kind=kind, body=page_template(made, kind), actor=actor, at=at)
    if "roles" in parts:
        _grant(source, made, actor, at)
    journal.record(
        verb="competitions.edition.cloned", obj=made, actor=actor, at=at, edition=made.slug,
        after={"source": source.slug, "parts": [part.key for part in chosen], "days": days},
    )  # fmt: skip
    return made


def _grant(source: Edition, made: Edition, actor: User, at: datetime) -> None:
    held = set(made.roles.values_list("user", "kind"))
    for role in told.cloned_roles(source):
        if (role.user_id, role.kind) not in held:
            grant_role(edition=made, user=role.user, kind=role.kind, reason=f"沿用{source.short_name}", actor=actor, at=at)


def _nothing(source: Edition, target: Edition, days: int) -> None:
    """Roles are granted by the action: it knows who grants them."""


PARTS = (
    ClonePart("basics", "基本信息", "口号、介绍、主办承办单位、联系方式", 10, copy.copy_basics, told.told_basics),
    ClonePart("schedule", "赛程", "各阶段，日期整体顺延", 20, copy.copy_schedule, told.told_schedule),
    ClonePart("groups", "赛道与组别", "", 30, copy.copy_groups, told.told_groups),
    ClonePart("entry-rules", "参赛条件", "", 40, copy.copy_entry_rules, told.told_entry_rules),
    ClonePart("vote-rules", "投票规则", "", 50, copy.copy_vote_rules, told.told_vote_rules),
    ClonePart("rounds", "计分与晋级", "", 60, copy.copy_rounds, told.told_rounds, ("groups", "awards")),
    ClonePart("rubrics", "评分标准", "", 70, copy.copy_rubrics, told.told_rubrics, ("groups",)),
    ClonePart("awards", "奖项与名额", "", 80, copy.copy_awards, told.told_awards, ("groups",)),
    ClonePart("pages", "规则与告知", "", 90, copy.copy_pages, told.told_pages),
    ClonePart("roles", "成员与角色", "不含评委、评委组长和辅导专家", 110, _nothing, told.told_roles),
)
