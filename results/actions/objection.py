"""Filing an objection: in time, by a unit with its seal or a person with their real name, acknowledged with a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from competitions.models import Edition
from core.actor import Actor
from core.audit import journal
from core.dates import deadline, moment
from core.errors import NotAllowed
from core.files import CheckedFile
from core.outbox.send import queue_message
from entries.models import Entry
from results.actions.letters import tell_organisers
from results.actions.material import take_materials
from results.errors import ObjectionNotFound, ObjectionNotYet, ObjectionTooLate, ObjectionUnsigned
from results.models import Notice, Objection, ObjectionFile, ObjectionMaterial, ObjectionParty, ObjectionStep
from results.queries.objections import is_contact_of
from results.states import FILED, OBJECTION

Kind = Objection.Kind


@dataclass(frozen=True, slots=True)
class Party:
    """Who objects: `name` of the unit or the person, the unit's `contact_name`, mobile and mail address."""

    name: str
    mobile: str
    email: str
    contact_name: str = ""


@transaction.atomic
def file_objection(
    *,
    notice: Notice,
    kind: str,
    party: Party,
    grounds: str,
    entry: Entry | None = None,
    files: Sequence[tuple[str, CheckedFile]] = (),
    materials: Sequence[ObjectionMaterial] = (),
    received_at: datetime | None = None,
    actor: Actor,
    at: datetime,
) -> Objection:
    """Takes an objection to a notice, gives it a number and mails the acknowledgement (domain.md §2.9).

    `kind` is unit or person; `files` are pairs of kind (signed, evidence) and checked file, `materials` those sent
    ahead. An organiser may enter a
    letter that reached the committee in time: `received_at` says when. Refuses what comes before or after the notice's
    period, and a unit's objection without the sealed scan.
    """
    if received_at is not None and not (isinstance(actor, User) and actor.has_perm("results.handle_objection", notice.edition)):
        raise NotAllowed
    came = received_at or at
    if came < notice.opens_at or came > at:
        raise ObjectionNotYet(opens=moment(notice.opens_at))
    if came >= notice.closes_at:
        raise ObjectionTooLate(title=notice.title, closes=deadline(notice.closes_at), came=moment(came))
    signed = ObjectionFile.Kind.SIGNED in {*(one for one, _ in files), *(one.kind for one in materials)}
    if kind == Kind.UNIT and not signed:
        raise ObjectionUnsigned
    edition = Edition.objects.select_for_update().get(pk=notice.edition_id)
    objection = Objection.objects.create(
        edition=edition, notice=notice, number=_next_number(edition), kind=kind, entry=entry, grounds=grounds.strip(),
        filed_at=came, registered_by=actor if received_at is not None and isinstance(actor, User) else None,
    )  # fmt: skip
    ObjectionParty.objects.create(
        objection=objection, name=party.name, contact_name=party.contact_name, mobile=party.mobile, email=party.email
    )
    for file_kind, checked in files:
        _keep(objection, file_kind, checked)
    take_materials(objection=objection, materials=materials)
    ObjectionStep.objects.create(objection=objection, verb="file", target=FILED, at=at)
    journal.record(
        verb="results.objection.filed", obj=objection, actor=actor, at=at, edition=edition.slug,
        after={"number": objection.number, "kind": kind, "entry": entry.code if entry else "", "files": len(files) + len(materials)},
    )  # fmt: skip
    tell_party(objection, "objection_filed", at)
    context = {"objection": objection, "notice": notice}
    tell_organisers(edition=edition, template="objection_received", context=context, but=actor, at=at)
    return objection


@transaction.atomic
def withdraw_objection(*, objection: Objection, contact: str, reason: str = "", actor: Actor, at: datetime) -> Objection:
    """Whoever filed it takes it back while nothing is ruled: `contact`, the mobile or mail address it was filed with, proves
    that they are the one. The arbitrator who has it is told.

    Refuses another contact, and (WrongState) an objection that is ruled or settled.
    """
    rows = Objection.objects.select_for_update(of=("self",)).select_related("edition", "notice", "investigator")
    objection = rows.get(pk=objection.pk)
    if not is_contact_of(objection, contact):
        raise ObjectionNotFound
    source = objection.state
    objection.state = OBJECTION.target("withdraw", source)
    objection.save(update_fields=["state"])
    ObjectionStep.objects.create(
        objection=objection, verb="withdraw", source=source, target=objection.state, at=at, note=reason.strip()
    )
    journal.record(
        verb="results.objection.withdrawn", obj=objection, actor=actor, at=at, edition=objection.edition.slug,
        before={"state": source}, after={"number": objection.number, "state": objection.state},
    )  # fmt: skip
    tell_party(objection, "objection_withdrawn", at)
    if objection.investigator is not None and objection.investigator.email:
        queue_message(
            channel="mail", recipient=objection.investigator.email, template="objection_withdrawn", at=at,
            context={"edition": objection.edition, "objection": objection, "notice": objection.notice},
            edition=objection.edition.slug,
        )  # fmt: skip
    return objection


def tell_party(objection: Objection, template: str, at: datetime, *, text: str = "") -> None:
    """Mails whoever objected, as long as their address is kept."""
    party = ObjectionParty.objects.filter(objection=objection).first()
    if party is None or not party.email:
        return
    context = {"edition": objection.edition, "objection": objection, "party": party, "notice": objection.notice, "text": text}
    queue_message(
        channel="mail", recipient=party.email, template=template, context=context, at=at, edition=objection.edition.slug
    )


def _keep(objection: Objection, kind: str, checked: CheckedFile) -> ObjectionFile:
    return ObjectionFile.objects.create(
        objection=objection, kind=kind, file=checked.stored(), original_name=checked.original_name,
        media_type=checked.media_type, size=checked.size, sha256=checked.sha256,
    )  # fmt: skip


def _next_number(edition: Edition) -> str:
    """YY26-01-003: year, ordinal of the edition, running number. The caller holds the edition's row."""
    prefix = f"YY{edition.year % 100:02d}-{edition.ordinal:02d}-"
    taken = Objection.objects.filter(number__startswith=prefix).values_list("number", flat=True)
    return f"{prefix}{max((int(one.removeprefix(prefix)) for one in taken), default=0) + 1:03d}"
