"""Publishing an approved result: the list goes public, a notice period begins, everybody is told their own outcome."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from competitions.models import Stage
from competitions.queries.schedule import find_stage, stage_window
from core.audit import journal
from core.dates import deadline
from core.errors import NotAllowed, WrongState
from core.outbox.send import queue_message
from core.webhooks.announce import announce
from core.webhooks.events import RESULT_PUBLISHED
from judging.actions.assignment import invite_finalists
from results.actions.approval import require_fresh
from results.actions.certificate import revoke_lost_certificates
from results.errors import NoticeTooShort, NotPublic
from results.models import Notice, Placing, ResultPublication, RoundResult
from results.queries.calendar import notice_end
from results.queries.recipients import recipients_of
from results.queries.state import advanced_placings, current_result, next_round, result_state
from results.states import PUBLISHED, RESULT

OBJECTIONS = (
    "对公示内容有异议的，请在公示期内通过本页“提出异议”在线提交，或以书面形式送达组委会，说明理由并附证据；"
    "单位提出的须上传加盖公章的异议书并写明联系人和联系方式，个人提出的须用真实姓名并留下联系方式。"
    "异议由未参加评审的仲裁委员复核，处理结果书面答复提出人。"
)


@transaction.atomic
def publish_result(
    *, result: RoundResult, notice_closes_at: datetime | None = None, actor: User, at: datetime
) -> RoundResult:
    """Makes an approved result public, with a notice open to objections until `notice_closes_at`.

    Without one the notice lasts as `default_notice_end` says. Finalists are given to the next round's panel; every
    entrant gets a mail with their own outcome; certificates of a corrected result whose award is lost are revoked.
    Refuses a result that is not approved or whose inputs are different now, an edition that is not public, and a notice
    that ends before it begins.
    """
    result = RoundResult.objects.select_for_update(of=("self",)).select_related("round__edition").get(pk=result.pk)
    if not actor.has_perm("results.publish_result", result):
        raise NotAllowed
    edition = result.round.edition
    if not edition.is_published:
        raise NotPublic
    state = result_state(result)
    RESULT.target("publish", state)
    require_fresh(result, doing="公布")
    closes_at = notice_closes_at or default_notice_end(result, at)
    if closes_at <= at:
        raise NoticeTooShort
    replaced = current_result(result.round)
    ResultPublication.objects.create(result=result, by=actor, at=at)
    _invite(result, actor, at)
    notice = _publish_notice(result, replaced, closes_at, actor, at)
    revoke_lost_certificates(result=result, actor=actor, at=at)
    _tell_entrants(result, notice, replaced is not None, at)
    journal.record(
        verb="results.result.published",
        obj=result,
        actor=actor,
        at=at,
        edition=edition.slug,
        before={"state": state, "replaces": replaced.sha256 if replaced else ""},
        after={"version": result.version, "sha256": result.sha256, "notice_closes_at": closes_at},
    )
    data = {"round": result.round.kind, "version": result.version, "result": result.public_id, "sha256": result.sha256}
    announce(event=RESULT_PUBLISHED, edition=edition.slug, data=data, at=at)
    return result


@transaction.atomic
def send_finalists(*, result: RoundResult, actor: User, at: datetime) -> RoundResult:
    """Gives the finalists of the published result to the next round's panel once more, when seats came later.

    Safe to repeat. Refuses a result that is not in force.
    """
    if not actor.has_perm("results.publish_result", result):
        raise NotAllowed
    state = result_state(result)
    if state != PUBLISHED:
        raise WrongState(state=RESULT.labels[state], verb="下发入围名单")
    _invite(result, actor, at)
    return result


def _invite(result: RoundResult, actor: User, at: datetime) -> None:
    following = next_round(result.round)
    if following is not None:
        entry_ids = [placing.entry_id for placing in advanced_placings(result)]
        invite_finalists(round=following, entry_ids=entry_ids, actor=actor, at=at)


def default_notice_end(result: RoundResult, at: datetime) -> datetime:
    """The end of the edition's notice stage for the awards, when it is still to come; else by the edition's notice period."""
    stage = find_stage(result.round.edition, Stage.Kind.NOTICE) if next_round(result.round) is None else None
    end = stage_window(stage).ends_at if stage else None
    return end if end is not None and end > at else notice_end(result.round.edition, at)


def _publish_notice(
    result: RoundResult, replaced: RoundResult | None, closes_at: datetime, actor: User, at: datetime
) -> Notice:
    edition = result.round.edition
    following = next_round(result.round)
    what = f"{following.name}入围名单" if following else f"{result.round.name}结果"
    correction = "更正" if replaced else ""
    listed = f"入围{following.name}的项目名单" if following else f"{result.round.name}的名次和获奖名单"
    paragraphs = [
        f"根据大赛规则，{edition.name}{result.round.name}已经结束。经组委会两人核准，现将{listed}予以公示。",
        f"公示期至 {deadline(closes_at)}。{OBJECTIONS}",
    ]
    if replaced:
        paragraphs.insert(1, f"本公示更正此前公布的第 {replaced.version} 版结果，原因：{result.reason}")
    return Notice.objects.create(
        edition=edition,
        kind=Notice.Kind.FINALISTS if following else Notice.Kind.AWARDS,
        result=result,
        title=f"{edition.short_name}{what}{correction}公示",
        body="\n\n".join(paragraphs),
        opens_at=at,
        closes_at=closes_at,
        published_at=at,
        published_by=actor,
    )


def _tell_entrants(result: RoundResult, notice: Notice, is_correction: bool, at: datetime) -> None:
    placings = list(
        Placing.objects.filter(result=result).select_related("entry", "group").prefetch_related("awards__award_type")
    )
    addresses = recipients_of(placing.entry_id for placing in placings)
    edition = result.round.edition
    for placing in placings:
        context = {
            "edition": edition,
            "round": result.round,
            "next_round": next_round(result.round),
            "placing": placing,
            "entry": placing.entry,
            "awards": [decision.award_type.name for decision in placing.awards.all()],
            "notice": notice,
            "is_correction": is_correction,
        }
        for recipient in addresses.get(placing.entry_id, []):
            queue_message(
                channel="mail", recipient=recipient, template="result-published", context=context, at=at, edition=edition.slug
            )
