"""The rows a new edition gets from its preset; part of `create_edition`, in its transaction."""

from __future__ import annotations

from datetime import date

from competitions.actions.rubric import write_criteria
from competitions.models import AwardQuota, AwardType, Edition, EntryRules, Group, Round, Rubric, Stage, Track
from competitions.pure.edition_preset import EditionPreset, RoundPreset


def write_preset(edition: Edition, preset: EditionPreset, first_day: date) -> None:
    """Entry rules, tracks with groups, stages from `first_day` of the registration on, rounds with rubrics, awards."""
    EntryRules.objects.create(edition=edition, **preset.entry_rules)
    groups = _write_tracks(edition, preset)
    _write_stages(edition, preset, first_day)
    for position, one in enumerate(preset.rounds, start=1):
        _write_round(edition, one, position)
    _write_awards(edition, preset, groups)


def _write_tracks(edition: Edition, preset: EditionPreset) -> list[Group]:
    groups = []
    for place, (code, name) in enumerate(preset.tracks, start=1):
        track = Track.objects.create(edition=edition, code=code, name=name, position=place)
        for rank, (group_code, group_name) in enumerate(preset.groups, start=1):
            groups.append(Group.objects.create(track=track, code=group_code, name=group_name, position=rank))
    return groups


def _write_stages(edition: Edition, preset: EditionPreset, first_day: date) -> None:
    for position, one in enumerate(preset.stages, start=1):
        opens_at, closes_at = one.window(first_day)
        Stage.objects.create(
            edition=edition,
            kind=one.kind,
            name=one.name,
            note=one.note,
            position=position,
            opens_at=opens_at,
            closes_at=closes_at,
        )


def _write_round(edition: Edition, preset: RoundPreset, position: int) -> None:
    round_ = Round.objects.create(
        edition=edition,
        kind=preset.kind,
        name=preset.name,
        stage=edition.stages.get(kind=preset.kind),
        position=position,
        rules=dict(preset.rules),
        judges_per_entry=preset.judges_per_entry,
    )
    if preset.rubric:
        write_criteria(Rubric.objects.create(round=round_, name=preset.rubric_name), preset.rubric)


def _write_awards(edition: Edition, preset: EditionPreset, groups: list[Group]) -> None:
    for position, one in enumerate(preset.awards, start=1):
        award_type = AwardType.objects.create(edition=edition, code=one.code, name=one.name, position=position)
        AwardQuota.objects.bulk_create(
            AwardQuota(award_type=award_type, group=group, quota=one.quota) for group in groups
        )
