"""The page of an organisation that is asked to take part."""

from __future__ import annotations

import pytest
from django.test import Client

from core import clock
from entries.actions import add_applicant, add_named_applicant
from entries.joint_link import joint_path
from tests.factories import moments

AT = moments.DURING_REGISTRATION
TYPED = {"name": "示例大学", "kind": "university", "uscc": "12440000455860015E", "district": "440703"}


@pytest.fixture
def path(cast, draft, during_registration) -> str:
    added = add_applicant(entry=draft, organisation=cast.rival_organisation, revenue=None, actor=cast.applicant, at=AT)
    return joint_path(added.invitation.public_id)


def test_the_owner_finds_it_on_my_reads_and_agrees(client: Client, cast, draft, path: str):
    client.force_login(cast.rival)
    assert path in client.get("/my/").content.decode()
    assert draft.pitch in client.get(path).content.decode()
    answer = {"organisation": cast.rival_organisation.pk, "revenue": "", "consent": ""}
    refused = client.post(path, answer)
    assert refused.status_code == 422
    assert "请填写上一年度营业收入" in refused.content.decode() and "同意后才能确认" in refused.content.decode()
    response = client.post(path, {**answer, "revenue": "900.5", "consent": "on"}, follow=True)
    assert response.redirect_chain == [(f"/my/entries/{draft.public_id}/", 302)]
    assert f"{draft.applicants.get(part='joint').revenue}" == "9005000.00"
    assert path not in client.get("/my/").content.decode()


def test_others_see_who_asks_and_not_the_project(client: Client, cast, draft, path: str):
    visitor = client.get(path).content.decode()
    assert "示例企业丁邀请示例企业壬" in visitor and draft.title not in visitor and "登录后答复" in visitor
    client.force_login(cast.stranger)
    stranger = client.get(path).content.decode()
    assert draft.title not in stranger and "登记这个单位" in stranger
    assert client.post(path, {"organisation": cast.rival_organisation.pk, "consent": "on"}).status_code == 422
    assert draft.applicants.get(part="joint").joined_at is None
    assert client.get(path[:-2] + "x/").status_code == 404


def test_the_owner_declines_and_the_lead_sees_why(client: Client, cast, draft, path: str):
    client.force_login(cast.rival)
    assert client.post(f"{path}decline/", {"reason": "没有合作"}).url == "/my/"
    client.force_login(cast.applicant)
    step = client.get(f"/my/entries/{draft.public_id}/edit/applicant/").content.decode()
    assert "对方谢绝" in step and "没有合作" in step


def test_a_firm_that_signs_up_later_finds_its_invitation(client: Client, cast, draft, during_registration):
    add_named_applicant(entry=draft, values=TYPED, revenue=None, email="a@example.com", actor=cast.applicant, at=AT)
    client.force_login(cast.stranger)
    assert "联合参赛邀请" not in client.get("/my/").content.decode()
    contact = {"contact_name": "外人", "contact_mobile": "13800138000"}
    client.post("/my/organisations/new/", {**TYPED, **contact})
    assert "联合参赛邀请" in client.get("/my/").content.decode()


def test_a_closed_registration_is_said(client: Client, cast, draft, path: str):
    client.force_login(cast.rival)
    with clock.rehearse(moments.REGISTRATION_CLOSES):
        assert "现在不能答复" in client.get(path).content.decode()


def test_the_lead_sends_it_again_and_the_confirmed_revenue_is_not_theirs(client: Client, cast, draft, path: str):
    client.force_login(cast.applicant)
    joint = draft.applicants.get(part="joint")
    draft.refresh_from_db()
    page = {"version": draft.version, "a-0-revenue": "1200", "a-1-revenue": "5", "action": f"remind:{joint.pk}"}
    response = client.post(f"/my/entries/{draft.public_id}/edit/applicant/", page, follow=True)
    assert "邀请已重新发给示例企业壬" in response.content.decode()
    draft.applicants.filter(pk=joint.pk).update(joined_at=AT, revenue=7)
    draft.refresh_from_db()
    client.post(f"/my/entries/{draft.public_id}/edit/applicant/", {**page, "version": draft.version, "action": "save"})
    joint.refresh_from_db()
    assert joint.revenue == 7
