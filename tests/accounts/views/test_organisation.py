from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Invitation, Membership, Organisation
from tests.accounts.mailbox import last_message
from tests.factories import moments
from tests.factories.accounts import MembershipFactory, OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
CODE = "91440606722473344C"
FORM = {
    "name": "示例企业丁",
    "kind": "enterprise",
    "uscc": CODE,
    "district": "440703",
    "contact_name": "丁工",
    "contact_mobile": "13800138000",
}
NEW = "/my/organisations/new/"


@pytest.fixture
def owner(client: Client) -> Membership:
    made = MembershipFactory(organisation__name="示例企业丁", organisation__uscc=CODE, user__name="丁工")
    client.force_login(made.user)
    return made


def address(owner: Membership, rest: str = "") -> str:
    return f"/my/organisations/{owner.organisation.public_id}/{rest}"


def texts(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_create(client: Client) -> None:
    client.force_login(UserFactory())
    response = client.post(NEW, {**FORM, "uscc": "统一社会信用代码：91440606 722473344c"}, follow=True)
    made = Organisation.objects.get()
    assert response.redirect_chain == [(f"/my/organisations/{made.public_id}/", 302)]
    assert (made.uscc, made.contact_mobile) == (CODE, "+8613800138000")
    assert texts(response) == ["“示例企业丁”已登记。"]


@pytest.mark.parametrize("wanted", ["/jgs2026/register/", "https://elsewhere.example/", "//elsewhere.example/", ""])
def test_who_was_on_the_way_to_our_page_goes_on_to_it(client: Client, wanted: str) -> None:
    client.force_login(UserFactory())
    response = client.post(f"{NEW}?next={wanted}", FORM)
    own = f"/my/organisations/{Organisation.objects.get().public_id}/"
    assert response.url == (wanted if wanted.startswith("/jgs") else own)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"uscc": "91440606722473344A"}, "按前 17 位计算，最后一位应为 C"),
        ({"uscc": ""}, "统一社会信用代码还没有填写"),
        ({"kind": "", "uscc": ""}, "请选择主体类型。"),
        ({"kind": "team"}, "请清空此项"),
        ({"contact_mobile": "1380013800"}, "您输入了 10 位"),
        ({"district": "110000"}, "110000"),
    ],
)
def test_create_names_the_fault_and_keeps_nothing(client: Client, changed: dict[str, str], sentence: str) -> None:
    client.force_login(UserFactory())
    response = client.post(NEW, {**FORM, **changed})
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not Organisation.objects.exists()


def test_kind_and_district_are_told_by_the_code(client: Client) -> None:
    client.force_login(UserFactory())
    client.post(NEW, {**FORM, "uscc": "91440400192548256N", "kind": "", "district": ""})
    made = Organisation.objects.get()
    assert (made.kind, made.district) == ("enterprise", "outside")


def test_an_institution_of_hong_kong_has_a_number_of_its_register(client: Client) -> None:
    client.force_login(UserFactory())
    abroad = {**FORM, "uscc": "", "kind": "overseas", "district": "outside"}
    page = client.post(NEW, abroad).content.decode()
    assert "请选择在哪里登记注册" in page and "请填写登记编号" in page
    assert not Organisation.objects.exists()
    abroad |= {"registered_in": "hk", "registration_number": "１２３４５"}
    done = client.post(NEW, abroad, follow=True)
    made = Organisation.objects.get()
    assert (made.registration_number, made.identifier) == ("12345", "12345（香港）")
    assert "您填写的是 12345" in " ".join(texts(done)) and "12345（香港）" in done.content.decode()


def test_a_second_claim_is_asked_first_and_let_in(client: Client) -> None:
    MembershipFactory(organisation__uscc=CODE, organisation__name="先登记的示例企业")
    client.force_login(UserFactory())
    page = client.post(NEW, FORM).content.decode()
    assert "申请加入" in page and "提出归属异议" in page and "先登记的示例企业" in page
    assert Organisation.objects.count() == 1
    response = client.post(NEW, {**FORM, "apart": "1"}, follow=True)
    assert "还有别的账户登记过" in texts(response)[1]
    assert Organisation.objects.count() == 2


def test_a_record_nobody_acts_for_is_in_nobodys_way(client: Client) -> None:
    OrganisationFactory(uscc=CODE)
    client.force_login(UserFactory())
    assert client.post(NEW, FORM).status_code == 302
    assert Organisation.objects.count() == 2


def test_nobody_registers_apart_from_a_verified_organisation(client: Client) -> None:
    MembershipFactory(organisation__uscc=CODE, organisation__verified_at=moments.SET_UP)
    client.force_login(UserFactory())
    page = client.post(NEW, FORM).content.decode()
    assert "申请加入" in page and "提出归属异议" in page and "单独登记" not in page
    assert "属于一个已核验的单位" in client.post(NEW, {**FORM, "apart": "1"}).content.decode()
    assert Organisation.objects.count() == 1


def test_the_code_of_a_verified_organisation_is_refused_beside_the_field(client: Client) -> None:
    OrganisationFactory(uscc=CODE, verified_at=moments.SET_UP)
    client.force_login(UserFactory())
    response = client.post(NEW, FORM)
    assert "属于一个已核验的单位" in response.content.decode()
    assert Organisation.objects.count() == 1


def test_edit(client: Client, owner: Membership) -> None:
    assert CODE in client.get(address(owner, "edit/")).content.decode()
    response = client.post(address(owner, "edit/"), {**FORM, "address": "港口路 1 号"})
    assert response.url == address(owner)
    owner.organisation.refresh_from_db()
    assert owner.organisation.address == "港口路 1 号"


def test_edit_refuses_the_code_of_a_verified_organisation(client: Client, owner: Membership) -> None:
    OrganisationFactory(uscc="91440400192548256N", verified_at=moments.SET_UP)
    response = client.post(address(owner, "edit/"), {**FORM, "uscc": "91440400192548256N"})
    assert "属于一个已核验的单位" in response.content.decode()
    owner.organisation.refresh_from_db()
    assert owner.organisation.uscc == CODE


@pytest.mark.parametrize("items", [1, 3])
def test_members_are_listed_with_constant_queries(
    client: Client, owner: Membership, items: int, django_assert_num_queries
) -> None:
    for _ in range(items):
        MembershipFactory(organisation=owner.organisation)
    client.get(address(owner))
    with django_assert_num_queries(12):
        page = client.get(address(owner)).content.decode()
    assert page.count("移出成员") == items


def test_invite_and_accept_through_sign_up(client: Client, owner: Membership) -> None:
    response = client.post(address(owner, "members/"), {"identity": "new@example.com", "role": "editor"}, follow=True)
    assert texts(response) == ["邀请已发到 new@example.com，7 天内有效。"]
    link = next(line for line in last_message("new@example.com").body.split() if "/invitations/" in line)
    path = link.rpartition("testserver")[2] or link.rpartition("：")[2]
    path = path[path.index("/invitations/") :]
    visitor = Client()
    page = visitor.get(path).content.decode()
    assert "示例企业丁" in page
    assert f"/accounts/signup/?next={path.replace('~', '%7E')}" in page or f"/accounts/signup/?next={path}" in page
    newcomer = UserFactory()
    visitor.force_login(newcomer)
    assert visitor.post(path + "accept/").url == address(owner)
    assert Membership.objects.get(user=newcomer).role == "editor"
    assert visitor.get(path).status_code == 410
    assert visitor.post(path + "accept/").status_code == 410


def test_a_forged_link_is_not_found(client: Client, owner: Membership) -> None:
    client.post(address(owner, "members/"), {"identity": "new@example.com", "role": "editor"})
    public_id = Invitation.objects.get().public_id
    assert client.get(f"/invitations/{public_id}/").status_code == 404
    assert client.get(f"/invitations/{public_id}~forged/").status_code == 404


def test_inviting_a_member_says_so_beside_the_field(client: Client, owner: Membership) -> None:
    response = client.post(address(owner, "members/"), {"identity": owner.user.email, "role": "editor"})
    assert "已经是“示例企业丁”的成员" in response.content.decode()
    assert Membership.objects.count() == 1


def test_invitation_is_withdrawn(client: Client, owner: Membership) -> None:
    client.post(address(owner, "members/"), {"identity": "new@example.com", "role": "editor"})
    invitation = Invitation.objects.get()
    assert "new@example.com" in client.get(address(owner)).content.decode()
    client.post(address(owner, f"invitations/{invitation.public_id}/withdraw/"))
    assert not Invitation.objects.exists()
    assert client.post(address(owner, "invitations/nothing/withdraw/")).status_code == 404


def test_role_and_removal(client: Client, owner: Membership) -> None:
    other = MembershipFactory(organisation=owner.organisation, role="editor")
    at = f"members/{other.user.public_id}/"
    client.post(address(owner, at + "role/"), {"role": "chief"})
    other.refresh_from_db()
    assert other.role == "editor"
    client.post(address(owner, at + "role/"), {"role": "owner"})
    other.refresh_from_db()
    assert other.role == "owner"
    client.post(address(owner, at + "remove/"))
    assert Membership.objects.get() == owner
    assert client.post(address(owner, at + "remove/")).status_code == 404


def test_leaving_asks_first_and_the_last_owner_stays(client: Client, owner: Membership) -> None:
    assert "退出单位" in client.get(address(owner, "leave/")).content.decode()
    response = client.post(address(owner, "leave/"))
    assert response.status_code == 409
    assert "只有一位管理员" in response.content.decode()
    MembershipFactory(organisation=owner.organisation)
    assert client.post(address(owner, "leave/")).url == "/my/"
    assert not Membership.objects.filter(user=owner.user).exists()


@pytest.mark.parametrize("rest", ["edit/", "members/", "members/{me}/role/", "members/{me}/remove/"])
def test_an_editor_sees_but_does_not_manage(client: Client, owner: Membership, rest: str) -> None:
    editor = MembershipFactory(organisation=owner.organisation, role="editor")
    client.force_login(editor.user)
    page = client.get(address(owner)).content.decode()
    assert "邀请成员" not in page
    assert "修改资料" not in page
    response = client.post(address(owner, rest.format(me=editor.user.public_id)), {"role": "owner", "identity": "a@b.com"})
    assert response.status_code == 404
    editor.refresh_from_db()
    assert editor.role == "editor"


def test_privacy_text_is_public(client: Client) -> None:
    assert "第 1 版" in client.get(reverse("accounts:privacy")).content.decode()


def test_an_odd_but_valid_code_is_saved_with_a_warning(client: Client) -> None:
    client.force_login(UserFactory())
    response = client.post(NEW, {**FORM, "uscc": "91440101F0E3LB8770"}, follow=True)
    assert "组织机构代码" in texts(response)[1]
    assert Organisation.objects.get().uscc == "91440101F0E3LB8770"


def test_edit_shows_the_mobile_as_people_write_it(client: Client, owner: Membership) -> None:
    client.post(address(owner, "edit/"), FORM)
    assert 'value="13800138000"' in client.get(address(owner, "edit/")).content.decode()


def test_an_unreadable_address_is_not_invited(client: Client, owner: Membership) -> None:
    response = client.post(address(owner, "members/"), {"identity": "somebody", "role": "editor"})
    assert "邮箱中应有一个 @" in response.content.decode()
    assert not Invitation.objects.exists()
