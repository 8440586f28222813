"""At least one row of everything that an organiser lists and that no competition brings along by itself."""

from __future__ import annotations

from datetime import timedelta

from competitions.models import ExclusionRecord, Group
from core.outbox.models import Broadcast, Message
from core.webhooks.models import Webhook, WebhookDelivery
from entries.models import DeadlineExtension, Entry
from judging.models import ConflictDismissal, ConflictOfInterest, Draw, DrawPosition, PanelSeat
from results.models import RoundResult
from tests.cast import Cast
from tests.factories.judging import invited
from tests.factories.objections import build_objection
from tests.factories.results import AFTER_FINAL as AT
from voting.models import VoteAppeal, VoteCase


def fill_lists(cast: Cast, result: RoundResult) -> None:
    """`result` is the published one of the final."""
    edition, slug, entry = cast.edition, cast.edition.slug, Entry.objects.get(number=1)
    DeadlineExtension.objects.create(
        edition=edition, organisation=cast.organisation, entry=entry, kind="correction", until=AT, reason="邮寄延误", granted_at=AT, granted_by=cast.organiser
    )
    VoteCase.objects.create(edition=edition, verb="void", reason="R1", evidence="同一程序", proposed_at=AT, proposed_by=cast.organiser)
    VoteAppeal.objects.create(entry=entry, text="请复核", filed_at=AT, filed_by=cast.applicant)
    invited(cast, "a-token")
    judge, other = (seat.judge for seat in PanelSeat.objects.filter(panel__round__kind="final").order_by("number")[:2])
    ConflictOfInterest.objects.create(judge=judge, entry=entry, source="declared", reason="师生", at=AT, recorded_by=judge)
    ConflictDismissal.objects.create(judge=other, entry=entry, reason="同名不同人", at=AT + timedelta(hours=1), by=cast.organiser)
    build_objection(result.notices.get(), cast.stranger, AT)
    Message.objects.create(recipient="li@example.invalid", channel="mail", subject="通知", body="正文", queued_at=AT, due_at=AT, edition=slug)
    Broadcast.objects.create(edition=slug, audience="finalists", audience_words="入围单位", subject="日程", body="正文", count=3, sent_at=AT, sent_by="江晓")
    hook = Webhook.objects.create(edition=slug, url="https://example.invalid/hook", wrapped_secret="x", created_at=AT, created_by="江晓")
    WebhookDelivery.objects.create(webhook=hook, event="ping", body="{}", queued_at=AT, due_at=AT)
    ExclusionRecord.objects.create(name="示例乙", until_year=2028, reason="弄虚作假", added_at=AT, added_by=cast.organiser)
    draw_by_hand(cast, Group.objects.get(track__edition=edition, code="startup"), [3, 1, 2])


def draw_by_hand(cast: Cast, group: Group, numbers: list[int], **changes: object) -> Draw:
    """A draw of the final with the entries in this order."""
    entries = [Entry.objects.get(number=number) for number in numbers]
    labels = [{"label": one.code, "entry": one.public_id, "organisations": []} for one in entries]
    values = {"method": "hand", "state": "published", "labels": labels, "prepared_at": AT, "prepared_by": cast.operator, "drawn_at": AT, **changes}
    draw = Draw.objects.create(round=cast.edition.rounds.get(kind="final"), group=group, **values)
    for position, entry in enumerate(entries, start=1):
        DrawPosition.objects.create(draw=draw, entry=entry, position=position)
    return draw
