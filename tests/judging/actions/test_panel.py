import pytest

from competitions.models import Role
from core.audit.models import AuditEntry
from core.errors import NotAllowed
from judging import errors
from judging.actions.assignment import invite_finalists
from judging.actions.panel import seat_judge, sign_declaration, unseat_judge
from judging.models import Assignment, Panel, PanelSeat
from tests.factories import moments
from tests.factories.accounts import UserFactory
from tests.factories.competitions import RoleFactory
from tests.factories.entries import build_accepted_entry

AT = moments.DURING_PRELIMINARY


def seat(cast, user, number, kind="preliminary", **fields):
    fields = {"actor": cast.organiser, "at": AT, **fields}
    return seat_judge(round=cast.edition.rounds.get(kind=kind), user=user, number=number, **fields)


def test_seats_share_one_panel_and_are_called_by_number(cast):
    first, second = seat(cast, cast.judge, 7), seat(cast, cast.chief, 12, is_chief=True)
    assert (first.label, second.label) == ("评委 07", "评委 12")
    assert Panel.objects.count() == 1
    assert (first.is_chief, second.is_chief, first.declared_at) == (False, True, None)


@pytest.mark.parametrize(
    ("who", "number", "chief", "refusal"),
    [
        ("judge", 8, False, errors.SeatTaken),
        ("judge2", 7, False, errors.SeatTaken),
        ("judge2", 0, False, errors.SeatTaken),
        ("judge2", 100, False, errors.SeatTaken),
        ("applicant", 8, False, errors.NotAJudge),
        ("judge2", 8, True, errors.NotAJudge),
    ],
)
def test_refused_seats_change_nothing(cast, who, number, chief, refusal):
    seat(cast, cast.judge, 7)
    lines = AuditEntry.objects.count()
    with pytest.raises(refusal):
        seat(cast, getattr(cast, who), number, is_chief=chief)
    assert PanelSeat.objects.count() == 1
    assert AuditEntry.objects.count() == lines


def test_only_the_organiser_seats_and_only_before_the_end(cast):
    with pytest.raises(NotAllowed):
        seat(cast, cast.judge, 1, actor=cast.chief)
    with pytest.raises(errors.RoundOver):
        seat(cast, cast.judge, 1, at=moments.PRELIMINARY_CLOSES)
    with pytest.raises(errors.WrongRound):
        seat(cast, cast.judge, 1, kind="public_vote")
    assert Panel.objects.count() == 0


def test_a_seat_without_assignments_can_be_taken_away(scene):
    free = scene.seats["judge2"]
    unseat_judge(seat=free, actor=scene.cast.organiser, at=AT)
    assert not PanelSeat.objects.filter(number=2).exists()
    with pytest.raises(errors.SeatInUse):
        unseat_judge(seat=scene.seats["judge"], actor=scene.cast.organiser, at=AT)
    assert PanelSeat.objects.filter(number=1).exists()


def test_the_declaration_is_signed_once_by_the_judge_alone(cast):
    own = seat(cast, cast.judge, 1)
    with pytest.raises(NotAllowed):
        sign_declaration(seat=own, actor=cast.organiser, at=AT)
    assert PanelSeat.objects.get().declared_at is None
    assert sign_declaration(seat=own, actor=cast.judge, at=AT).declared_at == AT
    assert sign_declaration(seat=own, actor=cast.judge, at=moments.DURING_FINAL).declared_at == AT
    assert AuditEntry.objects.filter(verb="judging.declaration.signed").count() == 1


def test_a_judge_seated_late_in_the_final_gets_the_finalists(cast):
    seat(cast, cast.judge, 1, kind="final")
    entries = [build_accepted_entry(cast.edition, number) for number in (1, 2)]
    final = cast.edition.rounds.get(kind="final")
    invite_finalists(round=final, entry_ids=[one.pk for one in entries], actor=cast.organiser, at=AT)
    late = UserFactory()
    RoleFactory(edition=cast.edition, user=late, kind=Role.Kind.JUDGE)
    seat(cast, late, 2, kind="final")
    assert list(Assignment.objects.filter(seat__judge=late).values_list("entry__number", flat=True)) == [1, 2]
