"""What an edition's organiser decides about the messages the platform sends by itself."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from core.actor import Actor
from core.audit import journal
from core.errors import Refusal
from core.outbox.kinds import KINDS, edition_kinds
from core.outbox.models import MessageSetting
from core.outbox.own_wording import refuse_wording, wording_of


class KindFixed(Refusal):
    code = "message_kind_fixed"
    message = "“{name}”不能{verb}：参赛单位凭它知道自己的权利和期限。"


@transaction.atomic
def set_message(
    *, edition: str, kind: str, is_off: bool, note: str, subject: str = "", body: str = "", actor: Actor, at: datetime
) -> MessageSetting:
    """Switches an optional kind off or on, keeps the organiser's paragraph (`note`, plain text, may be empty) and their own
    words (`subject` and `body`; both empty: the platform's words again).

    Refuses (KindFixed) to switch off what is not optional, a paragraph or words where none fit, and what
    `refuse_wording` refuses.
    """
    found = KINDS.get(kind)
    if found is None or found not in edition_kinds() or (is_off and not found.is_optional):
        raise KindFixed(name=found.name if found else kind, verb="停发")
    if note and not found.has_note:
        raise KindFixed(name=found.name, verb="加说明")
    wording = wording_of(kind)
    if (subject.strip() or body.strip()) and wording is None:
        raise KindFixed(name=found.name, verb="改写")
    if wording is not None and (subject.strip() or body.strip()):
        subject, body = subject.strip() or wording.subject, body.strip() or wording.body
        refuse_wording(wording, subject, body)
    setting, _ = MessageSetting.objects.select_for_update().get_or_create(edition=edition, kind=kind)
    before = {name: getattr(setting, name) for name in ("is_off", "note", "subject", "body")}
    after = {"is_off": is_off, "note": note.strip(), "subject": " ".join(subject.split()), "body": body.strip()}
    if before == after:
        return setting
    for name, value in after.items():
        setattr(setting, name, value)
    setting.save()
    journal.record(
        verb="core.messagekind.changed", obj=setting, actor=actor, at=at, edition=edition, before={"kind": kind, **before}, after=after
    )
    return setting
