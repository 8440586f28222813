"""A finalist gives the place up: the next in rank moves up where the rule says so, and nowhere else."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.models import AuditEntry, Message
from judging.actions.finalist import accept_place, forfeit_place, set_terms
from judging.errors.stage import ReplyOver
from judging.models import Assignment, FinalistReply
from judging.queries.finalist import finalist_board, is_backfilled
from judging.queries.participants import participants as judged
from results.actions.computation import compute_round
from results.actions.publication import send_finalists
from results.queries.drift import input_drift
from results.queries.participants import participants
from tests.factories.entries import EntryApplicantFactory
from tests.factories.results import AFTER_PRELIMINARY, approve_and_publish, build_preliminary, seat_panel
from tests.judging.actions.test_finalist import slides
from tests.results.actions.test_worked_cases import FOUR, NO_VOTES, advance

AT = AFTER_PRELIMINARY
LATER = AT + timedelta(days=5)


def published(cast, *, backfill: bool):
    """Two of four go on; 002 is led by the applicant, the dates of the final are over two days after the list."""
    round_ = build_preliminary(cast.edition, FOUR, NO_VOTES)
    advance(round_, 2, backfill=backfill)
    final = cast.edition.rounds.get(kind="final")
    seat_panel(final, 3)
    result = compute_round(round=round_, actor=cast.organiser, at=AT)
    approve_and_publish(result, cast, AT)
    end = AT + timedelta(days=2)
    set_terms(round=final, reply_by=end, deck_by=end, actor=cast.organiser, at=AT)
    entry = result.placings.get(entry__number=2).entry
    entry.applicants.all().delete()
    EntryApplicantFactory(entry=entry, organisation=cast.organisation)
    forfeit_place(entry=entry, reason="主研人员出差", waiver=slides(), actor=cast.applicant, at=AT + timedelta(days=1))
    return round_, final, result


def test_nothing_moves_up_where_the_rule_does_not_say_so(cast):
    round_, final, result = published(cast, backfill=False)
    assert is_backfilled(final) is False
    second = compute_round(round=round_, reason="002 号弃赛", actor=cast.organiser, at=LATER)
    approve_and_publish(second, cast, LATER)
    assert {row.entry.code: row.outcome for row in second.placings.all()} == {
        "001": "advanced", "002": "forfeited", "003": "eliminated", "004": "eliminated",
    }  # fmt: skip
    assert [one.code for one in judged(final)] == ["001"]
    assert not FinalistReply.objects.exclude(backfilled_at=None).exists()
    assert not Message.objects.filter(kind="finalist-backfilled").exists()


def test_the_next_in_rank_is_invited_with_dates_of_its_own(cast):
    round_, final, result = published(cast, backfill=True)
    assert is_backfilled(final) is True
    assert input_drift(round_, result) == ["002 号项目由“参评”变为“弃赛”。"]
    second = compute_round(round=round_, reason="002 号弃赛", actor=cast.organiser, at=LATER)
    approve_and_publish(second, cast, LATER)
    assert {row.entry.code: (row.place, row.outcome) for row in second.placings.all()} == {
        "001": (1, "advanced"), "002": (2, "forfeited"), "003": (3, "advanced"), "004": (4, "eliminated"),
    }  # fmt: skip
    assert [one.code for one in judged(final)] == ["001", "003"]
    assert Assignment.objects.filter(seat__panel__round=final, entry__number=3, state="assigned").count() == 3
    reply = FinalistReply.objects.get(entry__number=3)
    assert (reply.state, reply.backfilled_at, reply.reply_by, reply.deck_by) == ("invited", LATER, *[LATER + timedelta(days=3)] * 2)
    assert AuditEntry.objects.filter(verb="judging.finalist.backfilled").count() == 1
    mail = Message.objects.get(kind="finalist-backfilled")
    assert mail.recipient == reply.entry.organisations.get().contact_email and "003" in mail.subject
    assert input_drift(round_, second) == []


def test_the_own_dates_hold_for_who_moved_up_and_for_nobody_else(cast):
    round_, final, _ = published(cast, backfill=True)
    approve_and_publish(compute_round(round=round_, reason="弃赛", actor=cast.organiser, at=LATER), cast, LATER)
    who = {"presenter": "梁工", "presenter_title": "总监"}
    third, first = (one.entry for one in sorted(finalist_board(final).rows, key=lambda row: -row.entry.number) if one.state == "invited")
    for entry in (third, first):
        entry.applicants.all().delete()
        EntryApplicantFactory(entry=entry, organisation=cast.organisation)
    with pytest.raises(ReplyOver):
        accept_place(entry=first, **who, actor=cast.applicant, at=LATER)
    assert accept_place(entry=third, **who, actor=cast.applicant, at=LATER).state == "accepted"
    with pytest.raises(ReplyOver):
        accept_place(entry=third, **who, actor=cast.applicant, at=LATER + timedelta(days=3))


def test_sending_the_old_list_again_gives_the_place_back_to_nobody(cast):
    _, final, result = published(cast, backfill=True)
    send_finalists(result=result, actor=cast.organiser, at=LATER)
    assert [one.code for one in judged(final)] == ["001"]
    assert not FinalistReply.objects.exclude(backfilled_at=None).exists()


def test_in_the_final_itself_who_gave_up_did_not_come(cast):
    round_, final, _ = published(cast, backfill=False)
    assert {one.entry.code: one.status for one in participants(final)} == {"001": "competing", "002": "withdrawn"}
    assert {one.entry.code: one.status for one in participants(round_)}["002"] == "declined"
