"""Appeals of entrants against votes that were left out."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import User
from core.audit.journal import record
from core.outbox.send import queue_message
from entries.models import Entry
from voting.errors import AppealIsAnswered, AppealIsOpen, NotFinalYet, NothingToAppeal
from voting.models import VoteAppeal
from voting.queries.campaign import is_final
from voting.queries.case_report import removed_votes


@transaction.atomic
def file_appeal(*, entry: Entry, text: str, actor: User, at: datetime) -> VoteAppeal:
    """Files an appeal for an entry that lost votes. The final tally itself never changes: what an appeal wins is put right in the
    result, by an objection.

    Refuses before the final tally (NotFinalYet), without a vote left out (NothingToAppeal), while another appeal of the entry
    waits for its answer (AppealIsOpen).
    """
    if not is_final(entry.edition):
        raise NotFinalYet
    if not any(one.entry == entry.code for one in removed_votes(entry.edition)):
        raise NothingToAppeal
    try:
        with transaction.atomic():
            appeal = VoteAppeal.objects.create(entry=entry, text=text, filed_at=at, filed_by=actor)
    except IntegrityError:
        raise AppealIsOpen from None
    record(verb="voting.appeal.filed", obj=appeal, actor=actor, at=at, edition=entry.edition.slug, after={"entry": entry.code})
    return appeal


@transaction.atomic
def answer_appeal(*, appeal: VoteAppeal, answer: str, actor: User, at: datetime) -> VoteAppeal:
    """Answers an appeal and mails the answer to whoever filed it. Refuses a second answer (AppealIsAnswered)."""
    appeal = VoteAppeal.objects.select_for_update(of=("self",)).select_related("entry__edition", "filed_by").get(pk=appeal.pk)
    if appeal.answered_at is not None:
        raise AppealIsAnswered
    appeal.answer, appeal.answered_at, appeal.answered_by = answer, at, actor
    appeal.save(update_fields=["answer", "answered_at", "answered_by"])
    edition = appeal.entry.edition
    record(verb="voting.appeal.answered", obj=appeal, actor=actor, at=at, edition=edition.slug, after={"answer": answer})
    if appeal.filed_by.email:
        context = {"edition": edition, "entry": appeal.entry, "appeal": appeal}
        queue_message(
            channel="mail", recipient=appeal.filed_by.email, template="vote_appeal_answered", context=context, at=at, edition=edition.slug
        )
    return appeal
