"""What judging shows on pages of the apps below: the judge's cards on /my/, the figure on the edition's home page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from accounts.home_sections import Card
from accounts.models import User
from competitions.home_figures import Figure
from competitions.models import Edition
from competitions.queries.schedule import find_stage, view_stage
from judging import states
from judging.models import PanelSeat
from judging.queries.finalist import own_finalists
from judging.queries.task import judge_seats, seat_counts


def judge_cards(user: User, at: datetime) -> list[Card]:
    """One card a panel the person sits on, with what is left to do."""
    seats = judge_seats(user, with_overrides=False)
    counts = seat_counts(seats)
    return [_card(seat, counts[seat.pk], at) for seat in seats]


def finalist_cards(user: User, at: datetime) -> list[Card]:
    """One card a finalist the person's organisation leads: the answer, the deck, and until when."""
    return [
        Card(
            title=f"{entry.code} 号项目参加{round.edition.short_name}{round.name}",
            url=reverse("judging:final-entry", args=[entry.public_id]),
            action="办理决赛事项",
            lines=(finalist.word, "路演文稿已提交" if finalist.deck else "路演文稿未提交"),
            status=("stage", view_stage(round.stage, at).phase),
        )
        for entry, round, finalist in own_finalists(user)
    ]


def judge_labels(users: Sequence[User]) -> dict[int, str]:
    """评委, for whoever has a seat."""
    seated = PanelSeat.objects.filter(judge__in=[user.pk for user in users]).values_list("judge_id", flat=True)
    return dict.fromkeys(seated, "评委")


def judge_figure(edition: Edition, at: datetime) -> list[Figure]:
    """The number of judges of the edition; nothing while there are none."""
    count = PanelSeat.objects.filter(panel__round__edition=edition).values("judge").distinct().count()
    return [Figure("评审专家", str(count), "位")] if count else []


def _card(seat: PanelSeat, counts: Counter[str], at: datetime) -> Card:
    round = seat.panel.round
    stage = find_stage(round.edition, round.stage.kind) or round.stage  # read with its overrides once a page
    due = sum(counts[word] for word in (states.EMPTY, states.DRAFT, states.LOCKED))
    done = f"{counts[states.LOCKED]} / {due} 项已提交" if seat.declared_at else "请先签署回避与保密声明"
    return Card(
        title=f"{round.edition.short_name}{round.name}评审",
        url=f"{reverse('judging:task-list')}?round={round.edition.slug}-{round.kind}",
        action="进入评审",
        lines=(seat.label, done),
        status=("stage", view_stage(stage, at).phase),
    )
