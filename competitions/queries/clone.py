"""What a clone of an edition would take over, in sentences, before anything is made."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from competitions.clone_parts import ClonePart, clone_parts
from competitions.models import Edition, EditionPage, Role, Round, Stage
from core.clock import local_day
from core.dates import moment

GROUPS_OF_RULES = (Round.Kind.PRELIMINARY, Round.Kind.SEMI_FINAL, Round.Kind.FINAL)
# Judges, their chief and coaches are chosen anew for every edition.
CLONED_ROLES = (
    Role.Kind.ORGANISER, Role.Kind.EXAMINER, Role.Kind.DISTRICT_CLERK, Role.Kind.STAGE_OPERATOR, Role.Kind.SCORER,
    Role.Kind.ARBITRATOR, Role.Kind.AUDITOR,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartPreview:
    """A chosen part with what would be taken over."""

    part: ClonePart
    sentences: list[str]


def preview(source: Edition, parts: Collection[str], days: int) -> list[PartPreview]:
    """The chosen parts in order."""
    return [PartPreview(part, part.told(source, days)) for part in clone_parts() if part.key in parts]


def missing_needs(parts: Collection[str]) -> list[str]:
    """A sentence for each chosen part that cannot go without another one."""
    known = {part.key: part for part in clone_parts()}
    return [
        f"复制“{part.name}”须同时复制“{known[need].name}”。"
        for part in known.values()
        if part.key in parts
        for need in part.needs
        if need not in parts
    ]


def shift_of(source: Edition, first_day: date) -> int:
    """By how many days the dates of a clone lie behind those of the source, its registration beginning on `first_day`."""
    stage = source.stages.filter(kind=Stage.Kind.REGISTRATION).first() or source.stages.first()
    return (first_day - local_day(stage.opens_at)).days if stage else 0


def active_pages(edition: Edition) -> list[EditionPage]:
    """Rules page and privacy notice in force, else as drafted."""
    found: dict[str, EditionPage] = {}
    for page in edition.pages.order_by("version"):
        known = found.get(page.kind)
        if page.published_at is not None or known is None or known.published_at is None:
            found[page.kind] = page
    return list(found.values())


def cloned_roles(edition: Edition) -> list[Role]:
    """Roles in force that a clone may take over."""
    roles = edition.roles.filter(kind__in=CLONED_ROLES, ended_at__isnull=True)
    return list(roles.select_related("user").order_by("kind", "user__name"))


def told_basics(edition: Edition, days: int) -> list[str]:
    return [text for text in (edition.slogan, edition.host_text.replace("\n", "；"), edition.contact_phone) if text]


def told_schedule(edition: Edition, days: int) -> list[str]:
    moved = timedelta(days=days)
    return [f"{one.name}：{_moved(one.opens_at, moved)} 至 {_moved(one.closes_at, moved)}" for one in edition.stages.all()]


def told_groups(edition: Edition, days: int) -> list[str]:
    return [f"{track.name}：{'、'.join(group.name for group in track.groups.all())}" for track in edition.tracks.all()]


def told_entry_rules(edition: Edition, days: int) -> list[str]:
    rules = edition.entry_rules
    return [f"专利 {rules.min_assets} 至 {rules.max_companions + 1} 件，补正 {rules.max_correction_rounds} 次、每次 {rules.correction_days} 天；其中的日期顺延 {days} 天。"]


def told_vote_rules(edition: Edition, days: int) -> list[str]:
    return [round_.name for round_ in edition.rounds.filter(kind=Round.Kind.PUBLIC_VOTE)]


def told_rounds(edition: Edition, days: int) -> list[str]:
    rounds = edition.rounds.filter(kind__in=GROUPS_OF_RULES)
    return [f"{one.name}：计分、并列、晋级规则，每个项目 {one.judges_per_entry} 位评委" for one in rounds]


def told_rubrics(edition: Edition, days: int) -> list[str]:
    rounds = edition.rounds.prefetch_related("rubrics__criteria")
    return [f"{one.name}：{rubric.name}，{rubric.criteria.count()} 项" for one in rounds for rubric in one.rubrics.all()]


def told_awards(edition: Edition, days: int) -> list[str]:
    return [f"{one.name}：共 {sum(row.quota for row in one.quotas.all())} 个" for one in edition.award_types.prefetch_related("quotas")]


def told_pages(edition: Edition, days: int) -> list[str]:
    return [f"{page.get_kind_display()}（作为草稿，其中的日期和名称须核对）" for page in active_pages(edition)]


def told_roles(edition: Edition, days: int) -> list[str]:
    return [f"{role.get_kind_display()}：{role.user.actor_label}" for role in cloned_roles(edition)]


def _moved(at: datetime, by: timedelta) -> str:
    return moment(at + by)
