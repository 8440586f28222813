"""Who hears of what changed in results: the organisers who have to act, whoever objected, and the holders of certificates."""

from __future__ import annotations

import pytest

from accounts.models import User
from core.outbox.models import Message
from core.outbox.setting import set_message
from entries.models import Entry
from results.actions.approval import approve_result
from results.actions.arbitration import (
    admit_objection,
    carry_out_ruling,
    dismiss_objection,
    uphold_objection,
)
from results.actions.certificate import reissue_certificate, revoke_certificate
from results.actions.computation import compute_round
from tests.cast import Cast
from tests.factories.competitions import RoleFactory
from tests.factories.objections import PERSON, build_arbitrator, build_objection
from tests.factories.results import AFTER_FINAL as AT
from tests.factories.results import (
    approve_and_publish,
    certify,
    publish_final,
    publish_preliminary,
    score_final,
)

pytestmark = pytest.mark.django_db
TWO = ("organiser@example.invalid", "organiser2@example.invalid")


def letters(kind: str) -> list[tuple[str, str, str]]:
    return list(Message.objects.filter(kind=kind).order_by("pk").values_list("recipient", "subject", "body"))


def test_the_second_person_is_called_and_then_the_first_told_that_it_may_be_published(cast: Cast) -> None:
    publish_preliminary(cast)
    result = compute_round(round=score_final(cast.edition), actor=cast.organiser, at=AT)
    Message.objects.all().delete()
    approve_result(result=result, actor=cast.organiser, at=AT)
    ((to, subject, body),) = letters("result_approved")
    assert (to, subject) == (TWO[1], "决赛结果第 1 版：请另一位组委会成员核准。")
    assert cast.organiser.actor_label in body and f"/org/{cast.edition.slug}/results/final/" in body
    approve_result(result=result, note="已核对。", actor=cast.organiser2, at=AT)
    assert letters("result_approved")[1][:2] == (TWO[0], "决赛结果第 1 版：两人核准已完成，可以公布。")


def test_nobody_whose_role_ended_or_who_has_no_address_is_written_to(cast: Cast) -> None:
    result = publish_final(cast)
    RoleFactory(edition=cast.edition, user=cast.stranger, kind="organiser", granted_by=cast.organiser, ended_at=AT, ended_by=cast.organiser)
    User.objects.filter(pk=cast.organiser2.pk).update(email=None, mobile="+8613800138111")
    build_objection(result.notices.get(), cast.applicant, AT)
    assert [to for to, *_ in letters("objection_received")] == [TWO[0]]


def test_each_step_of_an_objection_is_told_to_who_waits_for_it(cast: Cast) -> None:
    notice, arbitrator = publish_final(cast).notices.get(), build_arbitrator(cast.edition)
    filed = build_objection(notice, cast.applicant, AT)
    assert {to for to, *_ in letters("objection_received")} == set(TWO)
    assert all(filed.number in subject and PERSON.name not in body for _, subject, body in letters("objection_received"))
    admit_objection(objection=filed, investigator=arbitrator, actor=cast.organiser, at=AT)
    ((to, subject, body),) = letters("objection_admitted")
    assert (to, subject) == (PERSON.email, f"异议 {filed.number} 已进入复核") and arbitrator.name not in body
    dismiss_objection(objection=filed, ruling="录像与记录一致。", actor=arbitrator, at=AT)
    assert {to for to, *_ in letters("objection_ruled")} == set(TWO)
    assert {subject for _, subject, _ in letters("objection_ruled")} == {f"异议 {filed.number} 已裁定：异议不成立"}
    assert all("录像" not in body for *_, body in letters("objection_ruled"))


def test_an_edition_may_do_without_reminders_of_its_own_organisers(cast: Cast) -> None:
    notice = publish_final(cast).notices.get()
    set_message(edition=cast.edition.slug, kind="objection_received", is_off=True, note="", actor=cast.organiser, at=AT)
    build_objection(notice, cast.applicant, AT)
    assert letters("objection_received") == [] and letters("objection_filed")


def test_holders_hear_of_their_certificate_of_a_new_one_and_of_its_end(cast: Cast) -> None:
    issued = certify(publish_final(cast), cast)
    told = letters("certificate_issued")
    assert len(told) == len(issued) and all(f"/certs/{one.number}/" in body for one, (*_, body) in zip(issued, told, strict=True))
    assert told[0][1] == f"金奖证书已签发：{issued[0].award.placing.entry.title}（002 号）" and "原证书" not in told[0][2]
    new = reissue_certificate(certificate=issued[0], reason="单位更名", actor=cast.organiser, at=AT)
    again = letters("certificate_issued")[-1]
    assert new.number in again[2] and f"原证书 {issued[0].number} 已作废，由本证书替换，原因：单位更名" in again[2]
    assert letters("certificate_revoked") == []
    revoke_certificate(certificate=new, reason="获奖单位自愿放弃", actor=cast.organiser, at=AT)
    ((_, subject, body),) = letters("certificate_revoked")
    assert subject.startswith(f"证书 {new.number} 已撤销") and "原因：获奖单位自愿放弃" in body


def test_a_certificate_lost_by_a_ruling_is_told_with_the_objection(cast: Cast) -> None:
    result, arbitrator = publish_final(cast), build_arbitrator(cast.edition)
    issued = certify(result, cast)
    filed = build_objection(result.notices.get(), cast.applicant, AT, entry=Entry.objects.get(number=1))
    admit_objection(objection=filed, investigator=arbitrator, actor=cast.organiser, at=AT)
    Message.objects.all().delete()
    uphold_objection(objection=filed, effect="disqualify", ruling="核心专利不属于该单位。", actor=arbitrator, at=AT)
    assert {subject for _, subject, _ in letters("objection_ruled")} == {f"异议 {filed.number} 已裁定：异议成立，取消项目资格并重新计算"}
    approve_and_publish(carry_out_ruling(objection=filed, actor=cast.organiser, at=AT), cast, AT)
    lost = next(one for one in issued if one.award.placing.entry.number == 1)
    ((_, subject, body),) = letters("certificate_revoked")
    assert subject.startswith(f"证书 {lost.number} 已撤销") and f"异议 {filed.number} 成立：核心专利不属于该单位。" in body
