"""Closing a public notice once its period is over and every objection is settled."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from core.audit import journal
from core.dates import deadline
from core.errors import Blocked, NotAllowed, Reason, WrongState
from results.models import Notice, NoticeClosing
from results.queries.objections import objection_counts, open_objections


@transaction.atomic
def close_notice(*, notice: Notice, actor: User, at: datetime) -> Notice:
    """Ends a notice; awards and certificates of its result may follow.

    Refuses, with all reasons, before its period is over and while an objection to it is open (domain.md §9.1); and twice.
    """
    notice = Notice.objects.select_for_update(of=("self",)).select_related("edition", "result__round").get(pk=notice.pk)
    if not actor.has_perm("results.publish_result", notice.edition):
        raise NotAllowed
    if NoticeClosing.objects.filter(notice=notice).exists():
        raise WrongState(state="已结束", verb="结束公示")
    reasons = closing_reasons(notice, at)
    if reasons:
        raise Blocked(reasons)
    NoticeClosing.objects.create(notice=notice, by=actor, at=at)
    counts = objection_counts(notice.objections.all())
    journal.record(
        verb="results.notice.closed", obj=notice, actor=actor, at=at, edition=notice.edition.slug,
        after={"title": notice.title, "objections": counts.filed, "upheld": counts.upheld},
    )  # fmt: skip
    return notice


def closing_reasons(notice: Notice, at: datetime) -> list[Reason]:
    """Everything that keeps the notice open at `at`."""
    reasons = []
    if at < notice.closes_at:
        reasons.append(Reason("period", f"公示期到 {deadline(notice.closes_at)} 才结束。"))
    waiting = list(open_objections(notice).values_list("number", flat=True))
    if waiting:
        reasons.append(Reason("objections", f"还有 {len(waiting)} 件异议没有答复：{'、'.join(waiting)}。"))
    return reasons
