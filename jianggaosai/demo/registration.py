"""Organisations sign up and register their projects."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actions.consent import give_consent
from accounts.actions.organisation import create_organisation
from accounts.models import Organisation, User
from entries.actions.applicants import add_applicant, save_revenues
from entries.actions.assets import save_assets
from entries.actions.attachment import attach_file
from entries.actions.entry import save_entry, start_entry
from entries.actions.joint import accept_joint
from entries.actions.submission import submit_entry
from entries.models import Entry, EntryApplicant
from jianggaosai.demo.pdf import sample_pdf
from jianggaosai.demo.people import demo_user, plain_user
from jianggaosai.demo.plan import OrganisationPlan, ProjectPlan
from jianggaosai.demo.unfinished import tell_more
from jianggaosai.demo.world import World

DRAFTS_WHILE_OPEN = 22  # projects still in draft while the registration runs


def register_everybody(world: World) -> None:
    """All organisations and projects; submitted ones are complete."""
    start = world.calendar.opens("registration")
    _sign_up(world, start)
    plans = world.plan.projects
    for index, plan in enumerate(plans):
        at = world.calendar.within("registration", 0.05 + 0.9 * index / len(plans))
        is_draft = not world.calendar.reached("formality") and index >= len(plans) - DRAFTS_WHILE_OPEN
        world.entries.append(_register(world, plan, at, is_draft))
        world.tell("登记参赛项目", index + 1, len(plans))


def _sign_up(world: World, at: datetime) -> None:
    for index, plan in enumerate(world.plan.organisations):
        make = demo_user if index == 0 else plain_user
        owner = make("applicant" if index == 0 else f"firm{index:02d}", plan.contact, at)
        world.owners.append(owner)
        world.organisations.append(_organisation(plan, index, owner, at))
        world.tell("登记参赛主体", index + 1, len(world.plan.organisations))


def _organisation(plan: OrganisationPlan, index: int, owner: User, at: datetime) -> Organisation:
    return create_organisation(
        user=owner,
        name=plan.name,
        kind=plan.kind,
        uscc=plan.uscc,
        district=plan.district,
        contact_name=plan.contact,
        contact_mobile=f"+861380013{8000 + index:04d}",
        contact_email=owner.email or "",
        actor=owner,
        at=at,
    )


def _register(world: World, plan: ProjectPlan, at: datetime, is_draft: bool) -> Entry:
    owner, organisation = world.owners[plan.lead], world.organisations[plan.lead]
    give_consent(user=owner, document=f"privacy:{world.edition.slug}", version=1, actor=owner, at=at)
    entry = start_entry(edition=world.edition, organisation=organisation, actor=owner, at=at)
    entry = save_entry(entry=entry, version=entry.version, values=_texts(plan), actor=owner, at=at)
    entry = save_assets(entry=entry, version=entry.version, rows=list(plan.rows), actor=owner, at=at)
    if plan.joint is not None:
        partner = world.organisations[plan.joint]
        revenue = world.plan.organisations[plan.joint].revenue
        added = add_applicant(entry=entry, organisation=partner, revenue=None, actor=owner, at=at)
        if not is_draft:
            _confirm(added, partner, revenue, world.owners[plan.joint], at)
        entry.refresh_from_db()
    lead = entry.applicants.get(part="lead")
    revenues = {lead.pk: world.plan.organisations[plan.lead].revenue}
    entry = save_revenues(entry=entry, version=entry.version, revenues=revenues, actor=owner, at=at)
    if plan.lead == 0:
        entry = tell_more(world, entry, plan, owner, at)
    if is_draft:
        return entry
    for kind in _needed_files(world, plan):
        upload = SimpleUploadedFile(f"{kind}.pdf", sample_pdf("Jianggaosai demo"), "application/pdf")
        attach_file(entry=entry, kind=kind, upload=upload, actor=owner, at=at)
    return submit_entry(entry=entry, actor=owner, at=at + timedelta(minutes=40))


def _confirm(applicant: EntryApplicant, partner: Organisation, revenue: Decimal | None, owner: User, at: datetime) -> None:
    """The partner says yes; partners of drafts have not answered yet."""
    accept_joint(invitation=applicant.invitation, organisation=partner, revenue=revenue, actor=owner, at=at)


def _needed_files(world: World, plan: ProjectPlan) -> list[str]:
    letter = ["recommendation_letter"] if world.plan.organisations[plan.lead].district == "outside" else []
    return ["proposal", *letter]


def _texts(plan: ProjectPlan) -> dict[str, object]:
    core = plan.rows[0]
    return {
        "title": plan.title,
        "short_name": plan.short_name,
        "industry": plan.industry,
        "maturity": "mass" if plan.quality > 0.6 else "pilot",
        "pitch": f"围绕“{plan.title[:24]}”形成 {len(plan.rows)} 件专利的组合保护",
        "summary": (
            f"项目针对{plan.title}中的共性难题，提出可量产的技术方案，已在示范产线验证。"
            f"以 {core['number_raw']} 为核心，围绕结构、方法与应用布局 {len(plan.rows)} 件专利。"
        ),
        "description": (
            f"一、技术问题\n现有方案在稳定性与成本之间难以兼顾。\n\n二、技术方案\n以“{core['title']}”为核心，"
            "通过参数在线辨识与分级控制实现稳定输出。\n\n三、技术效果\n与同类方案相比，良率提高，能耗下降。"
        ),
        "advantages": "关键参数可在线校准，改造成本低，难以绕开核心权利要求。",
        "layout": "以核心专利为中心，向上游材料、下游应用和检测方法延伸，形成互补的专利组合。",
        "market": "已在本地产业链配套企业中试用，正在洽谈许可与联合开发。",
        "team": "由企业技术中心与高校课题组共同组成，核心成员稳定。",
        "needs": "希望对接知识产权质押融资与示范应用场景。",
        "is_display_consented": True,
        "is_truth_declared": True,
        "is_award_free_declared": True,
    }
