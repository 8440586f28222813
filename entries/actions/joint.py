"""Joint entry: the lead invites, the other organisation accepts or declines. Who has not accepted does not take part."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from accounts.actions.consent import give_consent
from accounts.models import Organisation, User
from accounts.queries.organisations import owners_of
from core.actor import Actor
from core.audit import journal
from core.errors import NotAllowed
from core.outbox.send import queue_message
from entries.actions.entry import close_edit, refuse_locked
from entries.actions.transition import lock_entry
from entries.errors import JointAnswered, JointUnanswerable, NobodyToInvite, OrganisationTaken
from entries.joint_link import joint_url
from entries.models import Entry, EntryApplicant, JointInvitation
from entries.queries.editing import refuse_edit
from entries.queries.joint import may_stand_for
from entries.queries.registration import privacy_notice

TERM = "applicants"


def send_invitation(applicant: EntryApplicant, email: str, actor: User, at: datetime) -> JointInvitation:
    """Writes or renews the invitation of a joint applicant and mails its link, inside the caller's transaction.

    To `email`, the owners of the organisation and its contact, once each. Refuses when nobody can be reached (NobodyToInvite).
    """
    known = owners_of(applicant.organisation).exclude(email=None).values_list("email", flat=True)
    recipients = dict.fromkeys(filter(None, [email, *known, applicant.organisation.contact_email]))
    if not recipients:
        raise NobodyToInvite(organisation=applicant.organisation.name)
    invitation, _ = JointInvitation.objects.update_or_create(
        applicant=applicant,
        defaults={"email": email, "invited_at": at, "invited_by": actor, "declined_at": None, "reason": ""},
    )
    for recipient in recipients:
        _mail(recipient, "joint_invited", invitation, at, link=joint_url(invitation.public_id))
    return invitation


@transaction.atomic
def invite_again(*, applicant: EntryApplicant, actor: User, at: datetime) -> JointInvitation:
    """Sends the invitation of a joint applicant once more, also after a no. Refuses one that has joined (JointAnswered)
    and an entry whose applicants are not open to change."""
    locked = _open(applicant.entry, at)
    found = _locked(applicant)
    if found.joined_at is not None:
        raise JointAnswered
    earlier = JointInvitation.objects.filter(applicant=found).first()
    invitation = send_invitation(found, earlier.email if earlier else "", actor, at)
    _journal("entries.joint.invited", found, locked, actor, at)
    return invitation


@transaction.atomic
def accept_joint(
    *, invitation: JointInvitation, organisation: Organisation, revenue: Decimal | None, actor: User, at: datetime
) -> EntryApplicant:
    """`organisation`, managed by `actor`, takes part with its own figure of revenue (yuan, None when it has none).

    Whoever typed the partner may have made a record nobody acts for: an organisation with the same credit code stands in
    its place. The consent to the edition's privacy notice is kept. Refuses a person who does not manage the organisation
    (NotAllowed), another code (JointUnanswerable), an organisation that takes part already, an answered invitation, and
    an entry that is not open to change.
    """
    locked = _open(invitation.applicant.entry, at)
    found = _locked(invitation.applicant)
    current = JointInvitation.objects.get(pk=invitation.pk)
    if found.joined_at is not None or current.declined_at is not None:
        raise JointAnswered
    if not actor.has_perm("accounts.manage_organisation", organisation):
        raise NotAllowed
    if not may_stand_for(organisation, found):
        raise JointUnanswerable(organisation=organisation.name, invited=found.organisation.name)
    if locked.applicants.filter(organisation=organisation).exclude(pk=found.pk).exists():
        raise OrganisationTaken(organisation=organisation.name)
    typed = found.organisation
    found.organisation, found.joined_at, found.revenue = organisation, at, revenue
    found.save(update_fields=["organisation", "joined_at", "revenue"])
    _drop_typed(typed)
    JointInvitation.objects.filter(pk=current.pk).update(answered_by=actor)
    notice = privacy_notice(locked.edition, at)
    give_consent(
        user=actor,
        document=f"joint:{locked.edition.slug}",
        version=notice.version if notice else 1,
        subject=locked.public_id,
        actor=actor,
        at=at,
    )
    _end(locked, found, "entries.joint.accepted", actor, at)
    _tell_lead("joint_accepted", current, found, at)
    return found


@transaction.atomic
def decline_joint(*, invitation: JointInvitation, reason: str, actor: User, at: datetime) -> EntryApplicant:
    """The invited organisation does not take part, or leaves while the entry is still open; the lead is told.

    `actor` must manage the organisation once it has members. Refuses a second no, and an entry that is not open.
    """
    locked = _open(invitation.applicant.entry, at)
    found = _locked(invitation.applicant)
    current = JointInvitation.objects.get(pk=invitation.pk)
    if current.declined_at is not None:
        raise JointAnswered
    has_people = found.organisation.memberships.exists()
    if has_people and not actor.has_perm("accounts.manage_organisation", found.organisation):
        raise NotAllowed
    EntryApplicant.objects.filter(pk=found.pk).update(joined_at=None)
    found.joined_at = None
    current.declined_at, current.reason, current.answered_by = at, reason.strip(), actor
    current.save(update_fields=["declined_at", "reason", "answered_by"])
    _end(locked, found, "entries.joint.declined", actor, at)
    _tell_lead("joint_declined", current, found, at)
    return found


def _open(entry: Entry, at: datetime) -> Entry:
    """The entry locked, while its applicants may change: a draft in time, or a return that names them."""
    locked = lock_entry(entry)
    refuse_edit(locked, at)
    refuse_locked(locked, {TERM: "联合单位"})
    return locked


def _locked(applicant: EntryApplicant) -> EntryApplicant:
    return EntryApplicant.objects.select_related("organisation", "entry").get(pk=applicant.pk)


def _end(entry: Entry, applicant: EntryApplicant, verb: str, actor: Actor, at: datetime) -> None:
    """The lead's open form stays valid: an answer changes nothing it shows as its own."""
    _journal(verb, applicant, entry, actor, at)
    close_edit(entry, changed=[TERM], before={}, after={}, actor=actor, at=at, bumps=False)


def _journal(verb: str, applicant: EntryApplicant, entry: Entry, actor: Actor, at: datetime) -> None:
    journal.record(
        verb=verb,
        obj=entry,
        actor=actor,
        at=at,
        edition=entry.edition.slug,
        after={"organisation": applicant.organisation.public_id},
    )


def _drop_typed(typed: Organisation) -> None:
    """The record the lead typed, when nobody acts for it and no other entry needs it."""
    if not typed.memberships.exists() and not typed.applications.exists():
        typed.delete()


def _tell_lead(template: str, invitation: JointInvitation, applicant: EntryApplicant, at: datetime) -> None:
    lead = applicant.entry.applicants.filter(part=EntryApplicant.Part.LEAD).select_related("organisation").get()
    person = applicant.entry.created_by
    for recipient in dict.fromkeys(filter(None, [lead.organisation.contact_email, person.email])):
        _mail(recipient, template, invitation, at, partner=applicant.organisation)


def _mail(recipient: str, template: str, invitation: JointInvitation, at: datetime, **context: object) -> None:
    entry = invitation.applicant.entry
    lead = entry.applicants.filter(part=EntryApplicant.Part.LEAD).select_related("organisation").get()
    known = {"invitation": invitation, "entry": entry, "edition": entry.edition, "lead": lead.organisation}
    queue_message(
        channel="mail",
        recipient=recipient,
        template=template,
        context={**known, "partner": invitation.applicant.organisation, **context},
        at=at,
        edition=entry.edition.slug,
    )
