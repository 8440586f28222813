"""Copying settings from one edition into a fresh one: what `clone_edition` does, part by part, in its transaction."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from competitions.actions.rubric import write_criteria
from competitions.models import AwardQuota, AwardType, Edition, Group, Rubric, Track
from competitions.models.round import Round
from competitions.queries.clone import GROUPS_OF_RULES, active_pages
from competitions.queries.rule_set import rubric_rows

BASICS = ("slogan", "summary", "host_text", "contact_phone", "contact_hours", "contact_email", "filing_number")
ENTRY_RULES = (
    "min_assets", "max_companions", "core_types", "core_must_be_granted", "startup_revenue_limit", "max_entries_enterprise",
    "max_entries_individual", "max_entries_university", "max_entries_other", "needs_award_declaration", "needs_recommendation",
    "max_correction_rounds", "correction_days",
)  # fmt: skip
ENTRY_DATES = ("core_granted_from", "attachments_until", "filings_until")
ROUND = (
    "name", "rules", "judges_per_entry", "is_blind", "hides_numbers", "calibration_count", "spread_alarm", "distance_alarm",
    "talk_seconds", "answer_seconds", "warn_seconds",
)  # fmt: skip


def copy_basics(source: Edition, target: Edition, days: int) -> None:
    _take(source, target, BASICS)


def copy_schedule(source: Edition, target: Edition, days: int) -> None:
    """The same stages, every window moved by `days`; gates, pauses and extensions are not taken over."""
    moved = timedelta(days=days)
    for stage in source.stages.all():
        values = {"name": stage.name, "note": stage.note, "position": stage.position}
        window = {"opens_at": stage.opens_at + moved, "closes_at": stage.closes_at + moved}
        target.stages.update_or_create(kind=stage.kind, defaults=values | window)


def copy_groups(source: Edition, target: Edition, days: int) -> None:
    """Tracks and groups; the preset's quotas go on for every group."""
    quotas = dict(AwardQuota.objects.filter(award_type__edition=target).values_list("award_type", "quota"))
    target.tracks.all().delete()
    for track in source.tracks.prefetch_related("groups"):
        copied = Track.objects.create(edition=target, code=track.code, name=track.name, position=track.position)
        for group in track.groups.all():
            made = Group.objects.create(track=copied, code=group.code, name=group.name, position=group.position)
            AwardQuota.objects.bulk_create(AwardQuota(award_type_id=kind, group=made, quota=n) for kind, n in quotas.items())


def copy_entry_rules(source: Edition, target: Edition, days: int) -> None:
    rules, taken = target.entry_rules, source.entry_rules
    dates = {name: getattr(taken, name) for name in ENTRY_DATES}
    for name, value in dates.items():
        setattr(rules, name, value and value + timedelta(days=days))
    _take(taken, rules, ENTRY_RULES)


def copy_vote_rules(source: Edition, target: Edition, days: int) -> None:
    _copy_rounds(source, target, [Round.Kind.PUBLIC_VOTE])


def copy_rounds(source: Edition, target: Edition, days: int) -> None:
    _copy_rounds(source, target, GROUPS_OF_RULES)


def copy_rubrics(source: Edition, target: Edition, days: int) -> None:
    """The scoring tables of every round the new edition has, those of a track for the track of the same code."""
    tracks = {track.code: track for track in target.tracks.all()}
    rounds = {round_.kind: round_ for round_ in target.rounds.all()}
    Rubric.objects.filter(round__in=rounds.values()).delete()
    rubrics = Rubric.objects.filter(round__edition=source, round__kind__in=rounds).select_related("round", "track")
    for rubric in rubrics.prefetch_related("criteria"):
        track = tracks.get(rubric.track.code) if rubric.track else None
        if track is not None or rubric.track is None:
            made = Rubric.objects.create(round=rounds[rubric.round.kind], track=track, name=rubric.name)
            write_criteria(made, rubric_rows(rubric))


def copy_awards(source: Edition, target: Edition, days: int) -> None:
    groups = {(group.track.code, group.code): group for group in Group.objects.filter(track__edition=target).select_related("track")}
    target.award_types.all().delete()
    for kind in source.award_types.prefetch_related("quotas__group__track"):
        values = {name: getattr(kind, name) for name in ("code", "name", "amount", "is_stackable", "may_stay_vacant", "position")}
        made = AwardType.objects.create(edition=target, **values)
        rows = [(groups.get((row.group.track.code, row.group.code)), row.quota) for row in kind.quotas.all()]
        AwardQuota.objects.bulk_create(AwardQuota(award_type=made, group=group, quota=n) for group, n in rows if group)


def copy_pages(source: Edition, target: Edition, days: int) -> None:
    """The texts in force as drafts: dates and names in them have to be looked through before they are published."""
    for page in active_pages(source):
        draft = target.pages.filter(kind=page.kind, published_at__isnull=True).first()
        if draft is not None:
            draft.body = page.body
            draft.save(update_fields=["body"])


def _copy_rounds(source: Edition, target: Edition, kinds: Any) -> None:
    stages = {stage.kind: stage for stage in target.stages.all()}
    for round_ in source.rounds.filter(kind__in=kinds).select_related("stage"):
        made, _ = Round.objects.get_or_create(
            edition=target, kind=round_.kind, defaults={"stage": stages[round_.stage.kind], "position": round_.position}
        )
        _take(round_, made, ROUND)


def _take(source: Any, target: Any, names: tuple[str, ...]) -> None:
    for name in names:
        setattr(target, name, getattr(source, name))
    target.save()
