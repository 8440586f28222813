"""Terms that were put off for one applicant."""

from __future__ import annotations

from datetime import datetime

from accounts.models import Organisation
from competitions.models import Edition, Stage
from competitions.queries.schedule import find_stage, is_stage_open, view_stage
from entries.models import DeadlineExtension, Entry, EntryApplicant

Kind = DeadlineExtension.Kind


def lead_of(entry: Entry) -> Organisation:
    """The organisation that leads the entry."""
    return Organisation.objects.get(applications__entry=entry, applications__part=EntryApplicant.Part.LEAD)


def registration_extended_to(edition: Edition, organisation: Organisation) -> datetime | None:
    """Until when the registration is open for this organisation by a decision of the organiser; None without one."""
    rows = DeadlineExtension.objects.filter(edition=edition, organisation=organisation, kind=Kind.REGISTRATION)
    latest = rows.order_by("-granted_at", "-pk").first()
    return latest.until if latest else None


def is_registration_open(edition: Edition, organisation: Organisation, at: datetime) -> bool:
    """Whether the organisation may begin, fill in and submit at `at`: the stage is open, or it has closed and the
    organisation's own term has not. Half-open: at the very moment of the end it is over. A pause holds for everybody."""
    if is_stage_open(edition, Stage.Kind.REGISTRATION, at):
        return True
    stage = find_stage(edition, Stage.Kind.REGISTRATION)
    if stage is None or not edition.is_published or view_stage(stage, at).phase != "closed":
        return False
    until = registration_extended_to(edition, organisation)
    return until is not None and at < until


def may_still_register(entry: Entry, at: datetime) -> bool:
    """As `is_registration_open` for the organisation that leads the entry; one question less while the stage is open."""
    if is_stage_open(entry.edition, Stage.Kind.REGISTRATION, at):
        return True
    return is_registration_open(entry.edition, lead_of(entry), at)


def registration_end(entry: Entry, at: datetime) -> datetime | None:
    """Until when the draft can be submitted: the stage's end, or the applicant's own when that is later."""
    stage = find_stage(entry.edition, Stage.Kind.REGISTRATION)
    ends_at = view_stage(stage, at).ends_at if stage else None
    lead = {"organisation__applications__entry": entry, "organisation__applications__part": EntryApplicant.Part.LEAD}
    rows = DeadlineExtension.objects.filter(edition_id=entry.edition_id, kind=Kind.REGISTRATION, **lead)
    latest = rows.order_by("-granted_at", "-pk").first()
    own = latest.until if latest else None
    return max(ends_at, own) if ends_at and own else ends_at or own


def supplement_ends(entry: Entry) -> tuple[datetime | None, datetime | None]:
    """(attachments, new filings): until when an accepted entry may still be supplemented; None when not at all."""
    rules = entry.edition.entry_rules
    rows = DeadlineExtension.objects.filter(entry=entry, kind=Kind.SUPPLEMENT)
    latest = rows.order_by("-granted_at", "-pk").first()
    own = latest.until if latest else None

    def later(end: datetime | None) -> datetime | None:
        return max(end, own) if end and own else own or end

    return later(rules.attachments_until), later(rules.filings_until)
