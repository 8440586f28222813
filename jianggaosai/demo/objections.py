"""Objections to the lists on notice: one declined, one found to be nothing, one that is being looked into."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from core.files import PDF, CheckedFile, check_upload
from jianggaosai.demo.pdf import sample_pdf
from jianggaosai.demo.world import World
from results.actions.arbitration import (
    admit_objection,
    answer_objection,
    decline_objection,
    dismiss_objection,
)
from results.actions.notice import close_notice
from results.actions.objection import Party, file_objection
from results.models import Notice, Objection, RoundResult
from results.queries.notices import notice_of

PERSON = Party("示例个人甲", "+8613800138000", "person-a@demo.invalid")
UNIT = Party("示例单位乙", "+8613800138001", "unit-b@demo.invalid", "示例联系人")
GROUNDS = {
    "unsaid": "名单里有的项目我没有听说过，请说明。",
    "portfolio": "公示的项目专利组合中有一件外观设计，公开材料显示已转让，请核实报名时的权利状态。",
    "score": "路演当天有一位评委中途离席约两分钟，请核实该评委对第一个项目的评分是否有效。",
}


def object_to_finalists(world: World, result: RoundResult) -> None:
    """Two objections, both settled, and the notice closed when its time has come."""
    notice, at = _notice(result), result.publication.at + timedelta(days=1)
    organiser = world.staff["organiser"]
    vague = _file(world, notice, PERSON, "unsaid", at)
    decline_objection(objection=vague, reason="没有指明项目，也没有事实和证据。", actor=organiser, at=at + timedelta(hours=3))
    exact = _file(world, notice, UNIT, "portfolio", at)
    _look_into(world, exact, at + timedelta(hours=4))
    ruling = "登记簿显示该专利的转让尚未生效，报名时权利人与申报一致。"
    dismiss_objection(objection=exact, ruling=ruling, actor=world.staff["arbitrator"], at=at + timedelta(days=1))
    answer_objection(objection=exact, answer=f"经复核：{ruling}异议不成立。", actor=organiser, at=at + timedelta(days=2))
    if notice.closes_at <= world.calendar.now:
        close_notice(notice=notice, actor=organiser, at=notice.closes_at + timedelta(hours=1))


def object_to_awards(world: World, result: RoundResult) -> None:
    """One objection: being looked into while the notice runs; answered, and the notice closed, at the end."""
    notice, at = _notice(result), result.publication.at + timedelta(days=1)
    objection = _file(world, notice, UNIT, "score", at)
    _look_into(world, objection, at + timedelta(hours=2))
    if not world.calendar.reached("results"):
        return
    ruling = "录像显示该评委离席发生在第二个项目开始之前，第一个项目的评分表已提交并锁定，评分有效。"
    dismiss_objection(objection=objection, ruling=ruling, actor=world.staff["arbitrator"], at=at + timedelta(days=1))
    organiser = world.staff["organiser"]
    answer_objection(objection=objection, answer=f"经复核：{ruling}异议不成立。", actor=organiser, at=at + timedelta(days=2))
    close_notice(notice=notice, actor=organiser, at=notice.closes_at + timedelta(hours=1))


def _notice(result: RoundResult) -> Notice:
    notice = notice_of(result)
    assert notice is not None
    return notice


def _file(world: World, notice: Notice, party: Party, grounds: str, at) -> Objection:
    is_unit = bool(party.contact_name)
    files = [("signed", _scan())] if is_unit else []
    return file_objection(
        notice=notice, kind="unit" if is_unit else "person", party=party, grounds=GROUNDS[grounds], files=files,
        actor=world.staff["auditor"], at=at,
    )  # fmt: skip


def _scan() -> CheckedFile:
    upload = SimpleUploadedFile("异议书（盖章）.pdf", sample_pdf("objection"), "application/pdf")
    return check_upload(upload, allowed=(PDF,), max_size=10_000)


def _look_into(world: World, objection: Objection, at) -> None:
    admit_objection(
        objection=objection, investigator=world.staff["arbitrator"], actor=world.staff["organiser"], at=at
    )
