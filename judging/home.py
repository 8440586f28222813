"""What judging shows on pages of the apps below: the judge's cards on /my/, the figure on the edition's home page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from accounts.home_sections import Card
from accounts.models import User
from competitions.home_figures import Figure
from competitions.models import Edition
from competitions.queries.schedule import view_stage
from judging import states
from judging.models import PanelSeat
from judging.queries.task import judge_seats, judge_tasks, task_counts


def judge_cards(user: User, at: datetime) -> list[Card]:
    """One card a panel the person sits on, with what is left to do."""
    return [_card(seat, at) for seat in judge_seats(user)]


def judge_labels(users: Sequence[User]) -> dict[int, str]:
    """评委, for whoever has a seat."""
    seated = PanelSeat.objects.filter(judge__in=[user.pk for user in users]).values_list("judge_id", flat=True)
    return dict.fromkeys(seated, "评委")


def judge_figure(edition: Edition, at: datetime) -> list[Figure]:
    """The number of judges of the edition; nothing while there are none."""
    count = PanelSeat.objects.filter(panel__round__edition=edition).values("judge").distinct().count()
    return [Figure("评审专家", str(count), "位")] if count else []


def _card(seat: PanelSeat, at: datetime) -> Card:
    round = seat.panel.round
    counts = task_counts(judge_tasks(seat)) if seat.declared_at else {}
    due = sum(counts.get(word, 0) for word in (states.EMPTY, states.DRAFT, states.LOCKED))
    done = f"{counts.get(states.LOCKED, 0)} / {due} 项已提交" if seat.declared_at else "请先签署回避与保密声明"
    return Card(
        title=f"{round.edition.short_name}{round.name}评审",
        url=f"{reverse('judging:task-list')}?round={round.edition.slug}-{round.kind}",
        action="进入评审",
        lines=(seat.label, done),
        status=("stage", view_stage(round.stage, at).phase),
    )
