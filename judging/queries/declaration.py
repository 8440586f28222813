"""What a judge is shown before the first entry: the organisations of the round, to step back from.

In a blind round the names stand by themselves, in no relation to an entry: no number, no title, no group, and in the order of
their own letters (ADR 0032). Ticking one records a conflict with every entry of it, and no answer says which these are.
"""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Membership, Organisation
from competitions.models import Round
from entries import states as entry_states
from entries.models import Entry, EntryApplicant
from judging.models import ConflictOfInterest, JudgeProfile, PanelSeat
from judging.pure.conflict import same_body
from judging.queries.participants import invited_ids


@dataclass(frozen=True, slots=True)
class Body:
    """An organisation that takes part. `titles` is empty in a blind round; `hint` says what in the judge's own profile it
    agrees with, `is_declared` that every entry of it is excluded for this judge already."""

    public_id: str
    name: str
    titles: tuple[str, ...]
    hint: str
    is_declared: bool


def profile_of(seat: PanelSeat) -> JudgeProfile | None:
    """The judge's profile once it says what the comparison needs: the kind and the employer."""
    found = JudgeProfile.objects.filter(user=seat.judge_id).first()
    return found if found is not None and found.kind and found.employer else None


def field_of(round: Round) -> list[int]:
    """Primary keys of the entries the round is about; the preliminary is about every accepted one, a later round about
    those invited and, before that, about every accepted one too."""
    accepted = Entry.objects.filter(edition_id=round.edition_id, state=entry_states.ACCEPTED)
    invited = [] if round.kind == Round.Kind.PRELIMINARY else invited_ids(round)
    return list((accepted.filter(pk__in=invited) if invited else accepted).values_list("pk", flat=True))


def bodies_of(seat: PanelSeat) -> list[Body]:
    """The organisations of the round's entries: those the profile hints at first, then by name."""
    round = seat.panel.round
    rows = list(_applicants(round))
    profile = JudgeProfile.objects.filter(user=seat.judge_id).first()
    own = set(Membership.objects.filter(user=seat.judge_id).values_list("organisation_id", flat=True))
    barred = set(ConflictOfInterest.objects.filter(judge=seat.judge_id).values_list("entry_id", flat=True))
    grouped: dict[Organisation, list[Entry]] = {}
    for row in rows:
        grouped.setdefault(row.organisation, []).append(row.entry)
    found = [
        Body(
            body.public_id,
            body.name,
            () if round.is_blind else tuple(f"{one.code} {one.title}" for one in entries),
            _hint(body, profile, own),
            all(one.pk in barred for one in entries),
        )
        for body, entries in grouped.items()
    ]
    return sorted(found, key=lambda one: (not one.hint, one.name))


def entries_of(seat: PanelSeat, bodies: set[str]) -> list[Entry]:
    """The round's entries of the organisations with these public ids, without those excluded for the judge already."""
    barred = ConflictOfInterest.objects.filter(judge=seat.judge_id).values("entry_id")
    rows = _applicants(seat.panel.round).filter(organisation__public_id__in=bodies).exclude(entry_id__in=barred)
    return list({row.entry_id: row.entry for row in rows}.values())


def _applicants(round: Round):
    rows = EntryApplicant.objects.filter(entry_id__in=field_of(round), joined_at__isnull=False).select_related("organisation", "entry__edition")
    return rows.order_by("entry__number", "pk")


def _hint(body: Organisation, profile: JudgeProfile | None, own: set[int]) -> str:
    if body.pk in own:
        return "您是该单位的成员"
    if profile is not None and same_body(profile.employer, body.name):
        return "与您的现工作单位相符"
    if profile is not None and any(same_body(past, body.name) for past in profile.past_employers.splitlines()):
        return "与您的曾工作单位相符"
    return ""
