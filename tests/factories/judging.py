"""Panels, assignments and sheets."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts.models import User
from competitions.models import Role
from core.secret_token import token_digest
from judging import states
from judging.models import (
    Assignment,
    CriterionScore,
    JudgeInvitation,
    JudgeProfile,
    Panel,
    PanelSeat,
    ScoreSheet,
    ScoreSheetVersion,
)
from tests.cast import Cast
from tests.factories import moments
from tests.factories.accounts import UserFactory
from tests.factories.competitions import RoundFactory
from tests.factories.entries import EntryFactory


class PanelFactory(DjangoModelFactory):
    class Meta:
        model = Panel

    round = factory.SubFactory(RoundFactory)
    name = "评审组"


class PanelSeatFactory(DjangoModelFactory):
    class Meta:
        model = PanelSeat

    panel = factory.SubFactory(PanelFactory)
    judge = factory.SubFactory(UserFactory)
    number = factory.Sequence(lambda n: n + 1)
    declared_at = moments.PRELIMINARY_OPENS


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = Assignment

    seat = factory.SubFactory(PanelSeatFactory)
    entry = factory.SubFactory(EntryFactory)
    assigned_at = moments.PRELIMINARY_OPENS


class ScoreSheetFactory(DjangoModelFactory):
    class Meta:
        model = ScoreSheet

    assignment = factory.SubFactory(AssignmentFactory)


def lock_sheet_at(assignment: Assignment, marks: dict[str, str]) -> ScoreSheet:
    """A locked sheet with the given marks by criterion code of the round's rubric, written without the action."""
    criteria = {c.code: c for c in assignment.seat.panel.round.rubrics.get().criteria.all()}
    sheet = ScoreSheetFactory(assignment=assignment, state=states.LOCKED, draft=marks)
    version = ScoreSheetVersion.objects.create(
        sheet=sheet,
        number=1,
        total=sum((Decimal(m) * criteria[c].weight for c, m in marks.items()), Decimal(0)),
        submitted_at=moments.DURING_PRELIMINARY,
        digest="0" * 64,
    )
    for code, mark in marks.items():
        CriterionScore.objects.create(version=version, criterion=criteria[code], score=Decimal(mark))
    return sheet


def invited(cast: Cast, token: str, *, email: str = "invited@example.invalid", mobile: str = "", **fields: Any) -> JudgeInvitation:
    """An open invitation whose link ends in `token`."""
    values = {"kind": Role.Kind.JUDGE, "name": "新评", "invited_by": cast.organiser, "sent_at": moments.DURING_REGISTRATION}
    values["expires_at"] = moments.DURING_FINAL + timedelta(days=14)
    return JudgeInvitation.objects.create(
        edition=cast.edition, email=email, mobile=mobile, token_hash=token_digest(token), **{**values, **fields}
    )


def with_profile(judge: User, **fields: Any) -> JudgeProfile:
    """What the declaration asks for before it."""
    values = {"kind": "technical", "employer": "示例研究院", "updated_at": moments.PRELIMINARY_OPENS, **fields}
    return JudgeProfile.objects.create(user=judge, **values)
