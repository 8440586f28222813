"""What the organiser's office does beside examining: licences compared, terms put off, letters written to many."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actions.claim import claim_ownership, decide_claim, dispute_organisation
from accounts.models import OwnershipClaim
from core.outbox.audiences import all_audiences
from core.outbox.broadcast import Letter, send_broadcast
from core.outbox.reach import reach
from entries.actions.extension import extend_entry, extend_registration
from jianggaosai.demo.pdf import sample_pdf
from jianggaosai.demo.people import plain_user
from jianggaosai.demo.world import World

VERIFIED, WAITING, DISPUTED, LATE = 0, 4, 7, 11  # organisations
LETTERS = {
    "entries.drafts": (
        "报名即将截止，请尽快提交",
        "{收件人}：\n\n你单位有项目还是草稿。提交前请在“核对并提交”一步查看缺少的内容，专利清单可以从表格导入。\n\n截止后系统不再接收。",
    ),
    "entries.accepted": (
        "请关注网络投票和初赛时间",
        "{收件人}：\n\n你单位项目已通过{大赛名称}形式审查。网络投票和初赛时间见赛程，投票海报可在“我的项目”下载。",
    ),
}


def settle_claims(world: World) -> None:
    """The demo applicant's firm is verified; another has handed its licence in; a third one's code is disputed."""
    at = world.calendar.within("registration", 0.3)
    mine = _claim(world, VERIFIED, at)
    decide_claim(
        claim=mine, decision=OwnershipClaim.Decision.UPHELD, reason="执照与登记信息一致。",
        actor=world.staff["organiser"], at=at + timedelta(hours=4),
    )  # fmt: skip
    _claim(world, WAITING, at + timedelta(days=1))
    held = world.organisations[DISPUTED]
    person = plain_user("disputant", "争议方", at)
    values = {
        "name": held.name, "kind": held.kind, "uscc": held.uscc, "district": held.district, "contact_name": person.name,
        "contact_mobile": "+8613800139999", "contact_email": person.email or "",
    }  # fmt: skip
    dispute_organisation(
        values=values, statement="本单位的代码被他人登记，申请核验。", licence=_licence(), actor=person, at=at + timedelta(days=2)
    )


def extend_terms(world: World) -> None:
    """One firm may register three days longer; the demo applicant has two days more for their correction while it runs."""
    calendar, organiser = world.calendar, world.staff["organiser"]
    extend_registration(
        edition=world.edition, organisation=world.organisations[LATE], until=calendar.closes("registration") + timedelta(days=3),
        reason="台风停工，经组委会同意", actor=organiser, at=calendar.within("registration", 0.9),
    )  # fmt: skip
    own = world.entries[0]
    if own.state == "returned":
        due_at = own.reviews.get(decision="return").due_at
        assert due_at is not None
        extend_entry(
            entry=own, kind="correction", until=due_at + timedelta(days=2), reason="检测报告尚未出具",
            actor=organiser, at=calendar.within("formality", 0.8),
        )  # fmt: skip


def write_to(world: World, audience: str, stage: str) -> None:
    """The organiser's letter to an audience of LETTERS, late in `stage`."""
    subject, body = LETTERS[audience]
    letter = Letter(next(one for one in all_audiences() if one.code == audience), subject, body)
    seen = reach(letter.audience, world.edition, by_mail=True, by_sms=False)
    at = world.calendar.within(stage, 0.98)
    key = "".join(world.random.choices("abcdefghjkmnpqrstuvwxyz", k=12))
    send_broadcast(edition=world.edition, key=key, letter=letter, expected=seen.figures, actor=world.staff["organiser"], at=at)


def _claim(world: World, index: int, at) -> OwnershipClaim:
    return claim_ownership(
        organisation=world.organisations[index], statement="营业执照副本，供核验。", licence=_licence(),
        actor=world.owners[index], at=at,
    )  # fmt: skip


def _licence() -> SimpleUploadedFile:
    return SimpleUploadedFile("营业执照.pdf", sample_pdf("licence"), "application/pdf")
