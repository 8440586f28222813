"""What becomes of an objection: who may look into it, what a ruling does to the result, before and after certificates."""

from __future__ import annotations

from datetime import timedelta

import pytest

from competitions.models import Role
from core.errors import Blocked, NotAllowed, WrongState
from core.outbox.models import Message
from entries.models import Entry
from results.actions.approval import approve_result
from results.actions.arbitration import (
    admit_objection,
    answer_objection,
    carry_out_ruling,
    decline_objection,
    dismiss_objection,
    reveal_party,
    uphold_objection,
)
from results.actions.certificate import issue_certificates
from results.actions.notice import close_notice
from results.actions.publication import publish_result
from results.errors import EffectOpen, EntryUnnamed, NothingToCarryOut, NoticeOpen, ReasonMissing
from results.models import Certificate, Notice, ObjectionStep, RoundResult
from results.queries.impartiality import arbitrators_for
from results.queries.objections import objection_counts
from results.queries.state import current_result
from tests.factories import moments
from tests.factories.competitions import RoleFactory
from tests.factories.objections import build_arbitrator, build_objection
from tests.factories.results import AFTER_FINAL, approve_and_publish, certify, end_notice, publish_final

AFTER = moments.NOTICE_CLOSES + timedelta(hours=1)
AT = AFTER_FINAL + timedelta(days=1)
# 90 × 5; (88.5 + 91 + 90) ÷ 3, struck out and everybody else as announced; (71 + 72 + 73) ÷ 3; 89 × 3 ÷ 3; (81 + 82 + 83) ÷ 3
FIGURES = [
    ("002", 1, "90.00", ""), ("001", 2, "89.83", "struck"), ("003", 3, "72.00", ""), ("011", 1, "89.00", ""), ("012", 2, "82.00", ""),
]  # fmt: skip


@pytest.fixture
def arbitrator(cast):
    return build_arbitrator(cast.edition)


@pytest.fixture
def notice(cast):
    return Notice.objects.get(result=publish_final(cast))


def filled_up(cast, *, backfill):
    """The notice of a final whose golds go to the next in line when they fall vacant, or stay empty."""
    final = cast.edition.rounds.get(kind="final")
    final.rules = {**final.rules, "awards": [{"code": "gold", "name": "金奖", "backfill": backfill}]}
    final.save(update_fields=["rules"])
    return Notice.objects.get(result=publish_final(cast))


def under_way(cast, notice, arbitrator, **changes):
    filed = build_objection(notice, cast.organiser, AT, entry=Entry.objects.get(number=1), **changes)
    return admit_objection(objection=filed, investigator=arbitrator, actor=cast.organiser, at=AT)


def test_an_objection_found_to_be_nothing_is_answered(cast, notice, arbitrator):
    filed = under_way(cast, notice, arbitrator)
    assert Message.objects.filter(recipient="arbitrator@example.invalid").count() == 1
    dismiss_objection(objection=filed, ruling="录像与记录一致。", actor=arbitrator, at=AT)
    with pytest.raises(ReasonMissing):
        answer_objection(objection=filed, answer=" ", actor=cast.organiser, at=AT)
    done = answer_objection(objection=filed, answer="经复核不成立。", actor=cast.organiser, at=AT)
    assert done.state == "answered"
    assert [step.target for step in ObjectionStep.objects.all()] == ["filed", "investigating", "dismissed", "answered"]
    mail = Message.objects.get(subject=f"异议 {filed.number} 的答复")
    assert "经复核不成立。" in mail.body and "录像与记录一致" not in mail.body
    close_notice(notice=notice, actor=cast.organiser, at=AFTER)
    assert len(issue_certificates(result=notice.result, actor=cast.organiser, at=AFTER)) == 4


def test_who_judged_approved_or_has_an_interest_may_not_look_into_it(cast, notice, arbitrator):
    filed = build_objection(notice, cast.organiser, AT, entry=Entry.objects.get(number=1))
    for person in (cast.organiser2, cast.judge):
        RoleFactory(edition=cast.edition, user=person, kind=Role.Kind.ARBITRATOR, granted_by=cast.organiser)
    codes = {}
    for one in (cast.organiser2, cast.judge, cast.stranger):
        with pytest.raises(Blocked) as caught:
            admit_objection(objection=filed, investigator=one, actor=cast.organiser, at=AT)
        codes[one.name] = [reason.code for reason in caught.value.reasons]
    assert codes == {"江越": ["had_a_hand"], "钟评": ["was_judge"], "外人": ["no_arbitrator"]}
    assert [one.user.name for one in arbitrators_for(filed) if not one.reasons] == ["仲平"]
    filed.refresh_from_db()
    assert filed.state == "filed" and filed.investigator is None


def test_only_the_investigator_rules(cast, notice, arbitrator):
    filed = under_way(cast, notice, arbitrator)
    other = build_arbitrator(cast.edition, "另仲", "another@example.invalid")
    for person in (cast.organiser, cast.auditor, other):
        with pytest.raises(NotAllowed):
            dismiss_objection(objection=filed, ruling="不成立", actor=person, at=AT)
    RoleFactory(edition=cast.edition, user=arbitrator, kind=Role.Kind.JUDGE, granted_by=cast.organiser)
    with pytest.raises(Blocked):
        dismiss_objection(objection=filed, ruling="不成立", actor=arbitrator, at=AT)
    filed.refresh_from_db()
    assert filed.state == "investigating"


@pytest.mark.parametrize(("backfill", "golds"), [(True, ["002", "003", "011", "012"]), (False, ["002", "011", "012"])])
def test_upheld_before_certificates_makes_a_new_version_first(cast, arbitrator, backfill, golds):
    """001 is disqualified: 003 gets the gold of the group where the rule says so, else it stays empty; nothing was issued yet."""
    notice = filled_up(cast, backfill=backfill)
    filed = under_way(cast, notice, arbitrator)
    upheld = uphold_objection(objection=filed, effect="disqualify", ruling="核心专利已宣告无效。", actor=arbitrator, at=AT)
    with pytest.raises(EffectOpen):
        answer_objection(objection=upheld, answer="成立。", actor=cast.organiser, at=AT)
    second = carry_out_ruling(objection=upheld, actor=cast.organiser, at=AT)
    assert second.reason == f"异议 {filed.number} 成立：核心专利已宣告无效。" and second.corrects == notice.result
    assert [(row.entry.code, row.place, str(row.total), row.outcome) for row in second.placings.select_related("entry")] == FIGURES
    with pytest.raises(NothingToCarryOut):
        carry_out_ruling(objection=upheld, actor=cast.organiser, at=AT)
    with pytest.raises(EffectOpen):
        answer_objection(objection=upheld, answer="成立。", actor=cast.organiser, at=AT)
    approve_and_publish(second, cast, AT)
    answer_objection(objection=upheld, answer="成立，已更正。", actor=cast.organiser, at=AT)
    with pytest.raises(NoticeOpen):
        issue_certificates(result=second, actor=cast.organiser, at=AT)
    issued = certify(second, cast, AFTER)
    assert sorted(one.award.placing.entry.code for one in issued) == golds
    assert Entry.objects.get(number=1).state == "disqualified"
    counts = objection_counts(notice.objections.all())
    assert (counts.upheld, counts.answered, counts.open) == (1, 1, 0)


@pytest.mark.parametrize(("backfill", "new"), [(True, ["003"]), (False, [])])
def test_upheld_after_certificates_revokes_the_one_and_keeps_the_others(cast, arbitrator, backfill, new):
    """A letter that came in time turns up after the certificates were issued."""
    notice = filled_up(cast, backfill=backfill)
    end_notice(notice.result, cast, AFTER)
    issued = issue_certificates(result=notice.result, actor=cast.organiser, at=AFTER)
    letter = build_objection(notice, cast.organiser, AFTER, entry=Entry.objects.get(number=1), received_at=AT)
    admit_objection(objection=letter, investigator=arbitrator, actor=cast.organiser, at=AFTER)
    uphold_objection(objection=letter, effect="disqualify", ruling="权属有争议。", actor=arbitrator, at=AFTER)
    second = carry_out_ruling(objection=letter, actor=cast.organiser, at=AFTER)
    assert [(row.entry.code, row.place, str(row.total), row.outcome) for row in second.placings.select_related("entry")] == FIGURES
    for who in (cast.organiser, cast.organiser2):
        approve_result(result=second, actor=who, at=AFTER)
    assert Certificate.objects.filter(revoked_at__isnull=False).count() == 0
    publish_result(result=second, actor=cast.organiser, at=AFTER, notice_closes_at=AFTER + timedelta(days=5))
    revoked = Certificate.objects.get(revoked_at__isnull=False)
    assert revoked.award.placing.entry.code == "001" and letter.number in revoked.revoked_reason
    assert len(issued) == 4 and current_result(second.round) == second
    answer_objection(objection=letter, answer="成立。", actor=cast.organiser, at=AFTER)
    end_notice(second, cast, AFTER + timedelta(days=6))
    fresh = issue_certificates(result=second, actor=cast.organiser, at=AFTER + timedelta(days=6))
    assert [one.award.placing.entry.code for one in fresh] == new


def test_an_upheld_objection_without_effect_is_answered_at_once(cast, notice, arbitrator):
    filed = under_way(cast, notice, arbitrator)
    uphold_objection(objection=filed, effect="none", ruling="公示用了旧名称。", actor=arbitrator, at=AT)
    with pytest.raises(NothingToCarryOut):
        carry_out_ruling(objection=filed, actor=cast.organiser, at=AT)
    answer_objection(objection=filed, answer="已改正名称。", actor=cast.organiser, at=AT)
    assert objection_counts(notice.objections.all()).upheld == 1
    assert RoundResult.objects.filter(round=notice.result.round).count() == 1


def test_a_disqualification_names_its_entry(cast, notice, arbitrator):
    filed = build_objection(notice, cast.organiser, AT)
    admit_objection(objection=filed, investigator=arbitrator, actor=cast.organiser, at=AT)
    with pytest.raises(EntryUnnamed):
        uphold_objection(objection=filed, effect="disqualify", ruling="应取消。", actor=arbitrator, at=AT)
    filed.refresh_from_db()
    assert (filed.state, filed.effect) == ("investigating", "")


def test_steps_follow_the_table(cast, notice, arbitrator):
    filed = build_objection(notice, cast.organiser, AT)
    for act in (
        lambda: decline_objection(objection=filed, reason="", actor=cast.organiser, at=AT),
        lambda: decline_objection(objection=filed, reason="无证据", actor=arbitrator, at=AT),
        lambda: answer_objection(objection=filed, answer="答复", actor=cast.organiser, at=AT),
    ):
        with pytest.raises((ReasonMissing, NotAllowed, WrongState)):
            act()
    assert ObjectionStep.objects.count() == 1


def test_looking_at_who_objected_is_written_down(cast, notice, arbitrator, django_assert_num_queries):
    filed = build_objection(notice, cast.organiser, AT)
    assert reveal_party(objection=filed, actor=arbitrator, at=AT).name == "示例个人"
    with pytest.raises(NotAllowed):
        reveal_party(objection=filed, actor=cast.stranger, at=AT)
