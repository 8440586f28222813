"""Panels, assignments and sheets."""

from __future__ import annotations

from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from judging import states
from judging.models import Assignment, CriterionScore, Panel, PanelSeat, ScoreSheet, ScoreSheetVersion
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
