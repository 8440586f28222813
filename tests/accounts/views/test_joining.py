"""The second registrant of a credit code: join, or show the licence."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import JoinRequest, Membership, Organisation, OwnershipClaim
from tests.accounts.licences import licence
from tests.factories import moments
from tests.factories.accounts import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
CODE = "91440606722473344C"
FIRM = {
    "name": "示例企业丁",
    "kind": "enterprise",
    "uscc": CODE,
    "district": "440703",
    "contact_name": "丁工",
    "contact_mobile": "13800138000",
}


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def owner() -> Membership:
    return MembershipFactory(organisation__name="示例企业丁", organisation__uscc=CODE, user__name="丁工")


def test_ask_see_withdraw_ask_again_and_be_let_in(client: Client, owner: Membership) -> None:
    person = UserFactory(name="王工")
    client.force_login(person)
    join = f"/my/organisations/{owner.organisation.public_id}/join/"
    assert "请写明您的部门和姓名" in client.post(join, {"message": " "}).content.decode()
    assert client.post(join, {"message": "研发部"}).url == "/my/"
    assert "等待管理员答复" in client.get("/my/").content.decode()
    asked = JoinRequest.objects.get()
    client.post(f"/my/requests/{asked.public_id}/withdraw/")
    client.post(join, {"message": "研发部"})
    assert client.post(join, {"message": "研发部"}).status_code == 409

    client.force_login(owner.user)
    page = client.get(f"/my/organisations/{owner.organisation.public_id}/").content.decode()
    assert "王工" in page and "研发部" in page and "1 份加入申请待答复" in client.get("/my/").content.decode()
    answer = f"/my/organisations/{owner.organisation.public_id}/requests/{JoinRequest.objects.get().public_id}/"
    client.post(answer, {"answer": "accepted"})
    assert Membership.objects.get(user=person).role == Membership.Role.EDITOR


def test_an_editor_edits_entries_and_manages_nobody(client: Client, owner: Membership) -> None:
    editor = MembershipFactory(organisation=owner.organisation, role="editor")
    person = UserFactory()
    client.force_login(person)
    client.post(f"/my/organisations/{owner.organisation.public_id}/join/", {"message": "x"})
    client.force_login(editor.user)
    asked = JoinRequest.objects.get()
    page = client.get(f"/my/organisations/{owner.organisation.public_id}/").content.decode()
    assert "加入申请" not in page and "邀请成员" not in page
    url = f"/my/organisations/{owner.organisation.public_id}/requests/{asked.public_id}/"
    assert client.post(url, {"answer": "accepted"}).status_code == 404
    assert client.get(f"/my/organisations/{owner.organisation.public_id}/claim/").status_code == 404
    assert not Membership.objects.filter(user=person).exists()


def test_a_dispute_registers_the_firm_with_its_licence(client: Client, owner: Membership) -> None:
    Organisation.objects.filter(pk=owner.organisation_id).update(verified_at=moments.SET_UP)
    client.force_login(UserFactory())
    response = client.post("/my/organisations/dispute/", {**FIRM, "statement": "被冒用", "licence": licence()}, follow=True)
    claim = OwnershipClaim.objects.get()
    assert response.redirect_chain[0][0] == f"/my/organisations/{claim.organisation.public_id}/"
    assert "等待组委会核对" in response.content.decode()


def test_a_bad_scan_is_named_and_what_was_typed_stays(client: Client, owner: Membership) -> None:
    client.force_login(UserFactory())
    response = client.post("/my/organisations/dispute/", FIRM)
    assert response.status_code == 422
    assert "请选择营业执照" in response.content.decode() and CODE in response.content.decode()
    assert Organisation.objects.count() == 1


def test_individuals_are_never_asked_for_a_code_or_an_identity_card(client: Client) -> None:
    client.force_login(UserFactory())
    page = client.get("/my/organisations/new/").content.decode()
    assert "身份证" not in page
    register = {"registered_in": "hk", "registration_number": "12345678"}
    for kind in ("individual", "team", "overseas"):
        client.post("/my/organisations/new/", {**FIRM, "kind": kind, "uscc": "", "name": kind, **register})
    assert set(Organisation.objects.values_list("kind", "uscc")) >= {("individual", ""), ("team", ""), ("overseas", "")}
