"""What waits for somebody: the queues of the dashboard, each leading to its page. An empty queue stays and says 已清空."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count

from competitions.models import Edition
from competitions.queries.publish_guard import unconfirmed
from console.links import link_for
from console.queries.facts import Facts
from core.dates import moment
from judging import states
from judging.models import Assignment
from judging.queries.access import SCORED
from results.queries.objections import open_in_edition
from results.states import APPROVED, PROPOSED, PUBLISHED

NORMAL, SOON, TODAY, OVERDUE, CLEARED = "normal", "soon", "today", "overdue", "cleared"
NEAR = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Task:
    """A queue: how many wait, what it is, a fact about it, where it is worked on, and how urgent it is."""

    count: int
    label: str
    hint: str
    url: str
    term: str


def work(user: Any, facts: Facts, at: datetime) -> list[Task]:
    """The queues this person may work on."""
    edition = facts.edition
    ends = {view.stage.kind: view.shown_end for view in facts.views if view.has_opened}

    def link(name: str, *args: str) -> str:
        return link_for(user, edition, name, *args)

    tasks = [
        _formality(facts.standing.to_examine, link("entries:formality-queue"), ends.get("formality"), at, edition.year),
        _cases(facts, link("voting:case-list"), at) if "public_vote" in ends else None,
        *_sheets(facts, user, ends, at),
        *_results(facts, user),
        _objections(facts, link("results:notices")),
        _confirmations(edition, link("competitions:setup")),
        _messages(facts, link("console:outbox")),
    ]
    return [task for task in tasks if task and task.url]


def term_of(count: int, until: datetime | None, at: datetime) -> str:
    """The word for how near the end is."""
    if not count:
        return CLEARED
    if until is None:
        return NORMAL
    if until <= at:
        return OVERDUE
    if until - at <= timedelta(days=1):
        return TODAY
    return SOON if until - at <= NEAR else NORMAL


def _formality(count: int, url: str, until: datetime | None, at: datetime, year: int) -> Task:
    hint = f"{moment(until, year)} 前完成" if until else "形式审查尚未开始"
    return Task(count, "形式审查", hint, url, term_of(count, until, at))


def _cases(facts: Facts, url: str, at: datetime) -> Task:
    hours = (at - facts.oldest_case) // timedelta(hours=1) if facts.oldest_case else 0
    hint = f"最早一项已等 {hours} 小时" if hours > 0 else "由另一位组委会成员复核"
    return Task(facts.case_count, "异常投票待复核", hint, url, TODAY if facts.case_count else CLEARED)


def _sheets(facts: Facts, user: Any, ends: dict[str, datetime], at: datetime) -> list[Task]:
    """Sheets still due, a queue for each scored round whose stage has opened."""
    due = Assignment.objects.filter(seat__panel__round__edition=facts.edition, state=states.ASSIGNED, seat__is_present=True)
    rows = due.exclude(sheet__state=states.LOCKED).order_by().values_list("seat__panel__round__kind").annotate(n=Count("pk"))
    missing = dict(rows)
    names = {kind: name for kind, name in facts.round_names.items() if kind in SCORED}
    return [
        Task(
            missing.get(kind, 0), f"{name}评分未提交", "按评委和项目逐份计", link_for(user, facts.edition, "judging:progress", kind),
            term_of(missing.get(kind, 0), ends[kind], at),
        )
        for kind, name in names.items()
        if kind in ends
    ]  # fmt: skip


def _results(facts: Facts, user: Any) -> list[Task]:
    """Results that were computed and wait for a person."""
    words = {PROPOSED: "结果待核准", APPROVED: "结果待公布"}
    return [
        Task(
            1, f"{facts.round_names[kind]}{words[latest.state]}", f"已有 {latest.approvals} 人核准",
            link_for(user, facts.edition, "results:ranking", kind), TODAY,
        )
        for kind, latest in facts.results.items()
        if latest.state in words
    ]  # fmt: skip


def _objections(facts: Facts, url: str) -> Task | None:
    """Objections nobody has settled; asked only once something is on notice."""
    if not url or all(latest.state != PUBLISHED for latest in facts.results.values()):
        return None
    count = open_in_edition(facts.edition).count()
    return Task(count, "异议待处理", "全部答复后才能结束公示", url, TODAY if count else CLEARED)


def _confirmations(edition: Edition, url: str) -> Task:
    count = len(unconfirmed(edition)) if url else 0
    return Task(count, "预设值待确认", "规则和名额以组委会确认为准", url, NORMAL if count else CLEARED)


def _messages(facts: Facts, url: str) -> Task:
    return Task(facts.failed, "未送达的消息", "核对地址后重新发送", url, SOON if facts.failed else CLEARED)
