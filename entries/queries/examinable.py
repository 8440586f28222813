"""Whether an entry can be examined at a moment: within the stage, or later by a decision of the organiser.

An entry that was reinstated, or whose applicant was given a longer term, comes back when the stage may be over. Until it
is passed or rejected it can be examined, whatever the stage says; a stage that has not begun or is paused holds it up.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from competitions.models import Stage
from competitions.queries.schedule import find_stage, is_stage_open, view_stage
from entries.models import DeadlineExtension, Entry, EntryApplicant, EntryTransition

FINAL = ("accept", "reject")


def is_examinable(entry: Entry, at: datetime) -> bool:
    """Whether examiners may pick the entry up and decide it at `at`."""
    return bool(examinable_among([entry], at))


def examinable_among(entries: Sequence[Entry], at: datetime) -> set[int]:
    """Primary keys of those of one edition's `entries` that examiners may pick up and decide at `at`."""
    if not entries or is_stage_open(entries[0].edition, Stage.Kind.FORMALITY, at):
        return {one.pk for one in entries}
    return late_among(entries, at)


def is_late(entry: Entry, at: datetime) -> bool:
    """Whether the stage is over and the entry may be examined all the same."""
    return bool(late_among([entry], at))


def late_among(entries: Sequence[Entry], at: datetime) -> set[int]:
    """Primary keys of those of one edition's `entries` that may be examined although the stage is over."""
    edition = entries[0].edition
    stage = find_stage(edition, Stage.Kind.FORMALITY)
    if stage is None or not edition.is_published or view_stage(stage, at).phase != "closed":
        return set()
    pks = [one.pk for one in entries]
    steps = EntryTransition.objects.filter(entry__in=pks, verb__in=(*FINAL, "reinstate")).order_by("pk")
    leads = EntryApplicant.objects.filter(entry__in=pks, part=EntryApplicant.Part.LEAD).values_list("entry_id", "organisation_id")
    lead_of = dict(leads)
    longer = list(DeadlineExtension.objects.filter(edition=edition, organisation__in=lead_of.values()))
    verdict: dict[int, EntryTransition] = {}
    late: set[int] = set()
    for step in steps:
        if step.verb in FINAL:
            verdict[step.entry_id] = step
            late.discard(step.entry_id)
        else:
            late.add(step.entry_id)
    for pk in pks:
        since = verdict[pk].at if pk in verdict else None
        if any(
            one.organisation_id == lead_of.get(pk) and one.entry_id in (None, pk) and (since is None or one.granted_at > since)
            for one in longer
        ):
            late.add(pk)
    return late


def examination_end(entry: Entry, at: datetime) -> datetime | None:
    """When the examination of this entry ends; None while the stage is paused, without a stage, and for a late entry."""
    stage = find_stage(entry.edition, Stage.Kind.FORMALITY)
    if stage is None or is_late(entry, at):
        return None
    return view_stage(stage, at).ends_at

