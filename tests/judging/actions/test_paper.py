"""A paper sheet counts once two people have looked at it, and once only."""

from __future__ import annotations

import pytest

from accounts.models import User
from competitions.models import Role
from core.errors import NotAllowed
from judging.actions.paper import confirm_paper, return_paper, type_paper
from judging.actions.sheet import save_sheet
from judging.errors import AssignmentClosed, MarksClosed, MarksInvalid, SheetLocked
from judging.errors.stage import (
    PaperChanged,
    PaperWaiting,
    SamePerson,
)
from judging.models import PaperSheet, ScoreSheet, ScoreSheetVersion
from judging.queries.roadshow import seat_marks
from tests.cast import Cast
from tests.factories.accounts import UserFactory
from tests.factories.competitions import RoleFactory
from tests.judging.hall import AT, TO_SCORING, Hall, build_hall

SHEET = {"A": "50.5", "B": "36"}


@pytest.fixture
def hall(cast: Cast) -> Hall:
    found = build_hall(cast)
    found.step(0, *TO_SCORING)
    return found


@pytest.fixture
def scorers(cast: Cast) -> tuple[User, User]:
    people = [UserFactory(name=name) for name in ("计一", "计二")]
    for person in people:
        RoleFactory(edition=cast.edition, user=person, kind=Role.Kind.SCORER, granted_by=cast.organiser)
    return people[0], people[1]


def typed(hall: Hall, who: User, seat: int = 4, **more: object) -> PaperSheet:
    given = {"marks": SHEET, "comment": "", "at": AT, **more}
    return type_paper(assignment=hall.final.assignment(seat, 0), actor=who, **given)


def test_the_second_person_makes_it_count(hall: Hall, scorers: tuple[User, User]) -> None:
    paper = typed(hall, scorers[0], comment="纸上的评语")
    assert seat_marks(hall.final.round.pk, [hall.final.entries[0].pk])[hall.final.entries[0].pk][4][1] is None
    paper = confirm_paper(paper=paper, actor=scorers[1], at=AT)
    sheet = ScoreSheet.objects.get(assignment=paper.assignment)
    assert (sheet.state, sheet.draft, sheet.comment) == ("locked", SHEET, "纸上的评语")
    assert (paper.state, paper.version, paper.version.total) == ("confirmed", ScoreSheetVersion.objects.get(), 86.5)


def test_nobody_confirms_the_own_typing(hall: Hall, scorers: tuple[User, User]) -> None:
    paper = typed(hall, scorers[0])
    with pytest.raises(SamePerson):
        confirm_paper(paper=paper, actor=scorers[0], at=AT)
    paper.refresh_from_db()
    assert (paper.state, ScoreSheetVersion.objects.count()) == ("typed", 0)


def test_a_returned_one_is_typed_anew(hall: Hall, scorers: tuple[User, User]) -> None:
    paper = typed(hall, scorers[0])
    with pytest.raises(PaperWaiting):
        typed(hall, scorers[1])
    return_paper(paper=paper, reason="第二项应为 35", actor=scorers[1], at=AT)
    with pytest.raises(PaperChanged):
        confirm_paper(paper=paper, actor=scorers[1], at=AT)
    again = typed(hall, scorers[1], marks={**SHEET, "B": "35"})
    assert ScoreSheetVersion.objects.count() == 0
    confirm_paper(paper=again, actor=scorers[0], at=AT)
    assert ScoreSheetVersion.objects.get().total == 85.5


def test_paper_and_tablet_count_once(cast: Cast, hall: Hall, scorers: tuple[User, User]) -> None:
    """The judge submits on the tablet while the paper waits: the paper is refused."""
    paper = typed(hall, scorers[0], seat=0)
    save_sheet(assignment=hall.final.assignment(0, 0), marks={"A": "40"}, comment="", feedback="", sequence=1, actor=cast.judge, at=AT)
    hall.mark_own(0)
    with pytest.raises(SheetLocked):
        confirm_paper(paper=paper, actor=scorers[1], at=AT)
    assert ScoreSheetVersion.objects.count() == 1


@pytest.mark.parametrize("who", ["organiser", "operator", "judge", "chief", "applicant", "foreigner"])
def test_only_scorers_type_and_confirm(cast: Cast, hall: Hall, scorers: tuple[User, User], who: str) -> None:
    paper = typed(hall, scorers[0])
    with pytest.raises(NotAllowed):
        typed(hall, cast.people[who], seat=3)
    with pytest.raises(NotAllowed):
        confirm_paper(paper=paper, actor=cast.people[who], at=AT)
    assert (PaperSheet.objects.count(), ScoreSheetVersion.objects.count()) == (1, 0)


def test_bad_marks_and_closed_scoring_are_refused(cast: Cast, hall: Hall, scorers: tuple[User, User]) -> None:
    with pytest.raises(MarksInvalid, match="还没有打分"):
        typed(hall, scorers[0], marks={"A": "50.5"})
    paper = typed(hall, scorers[0])
    hall.step(0, "close_scoring", actor=cast.chief, reason="不再等待")
    with pytest.raises(MarksClosed):
        confirm_paper(paper=paper, actor=scorers[1], at=AT)
    with pytest.raises(MarksClosed):
        typed(hall, scorers[0], seat=3)
    assert (PaperSheet.objects.count(), ScoreSheetVersion.objects.count()) == (1, 0)


def test_a_recused_judge_has_no_paper(hall: Hall, scorers: tuple[User, User]) -> None:
    row = hall.final.assignment(4, 0)
    row.state = "recused"
    row.save()
    with pytest.raises(AssignmentClosed):
        typed(hall, scorers[0])
    assert PaperSheet.objects.count() == 0
