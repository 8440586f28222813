import pytest
from django.urls import reverse

from core import clock
from judging.models import Assignment, ConflictDismissal, ConflictOfInterest, JudgeProfile
from tests.factories import moments
from tests.factories.accounts import MembershipFactory

PAGE = "/org/jgs2026/panels/preliminary/conflicts/"


@pytest.fixture(autouse=True)
def _during_the_preliminary():
    with clock.rehearse(moments.DURING_PRELIMINARY):
        yield


@pytest.fixture
def organiser(cast, client):
    client.force_login(cast.organiser)
    return client


def read(client, url, status=200) -> str:
    response = client.get(url)
    assert response.status_code == status
    return response.content.decode()


def test_conflicts_are_recorded_and_lifted(scene, organiser):
    fields = {"seat": scene.seats["judge"].pk, "entry": scene.entries[0].pk, "reason": "亲属"}
    organiser.post(PAGE, fields)
    row = ConflictOfInterest.objects.get()
    assert (row.source, row.reason) == ("decided", "亲属")
    assert "亲属" in read(organiser, PAGE)
    assert organiser.post(PAGE, {"seat": ""}).status_code == 422
    address = reverse("judging:conflict-lift", args=["jgs2026", "preliminary", row.pk])
    assert "登记的原因：亲属" in read(organiser, address)
    organiser.post(address, {"reason": "误报"})
    assert ConflictOfInterest.objects.count() == 0


@pytest.fixture
def hinted(scene):
    """The judge of the assignment once worked for the applicant; judge2 is a member of it."""
    organisation = scene.entries[0].organisations.get()
    JudgeProfile.objects.create(user=scene.cast.judge, past_employers=f"甲公司\n{organisation.name}", updated_at=moments.DURING_PRELIMINARY)
    MembershipFactory(organisation=organisation, user=scene.cast.judge2)
    return PAGE + "{}/" + scene.entries[0].public_id + "/"


def test_what_the_records_hint_at_waits_for_a_person(scene, organiser, hinted):
    page = read(organiser, PAGE)
    assert "曾工作单位与项目有关" in page and "是参赛单位的成员" in page
    assert "请逐一认定" in read(organiser, "/org/jgs2026/panels/preliminary/")
    assert ConflictOfInterest.objects.count() == 0
    assert organiser.get(hinted.format(3)).status_code == 404


def test_confirmed_it_is_a_conflict_and_the_sheet_is_void(scene, organiser, hinted):
    organiser.post(hinted.format(1), {"verdict": "conflict", "reason": "两年前离职"})
    row = ConflictOfInterest.objects.get()
    assert row.source == "detected" and "曾工作单位" in row.reason and row.reason.endswith("两年前离职")
    assert Assignment.objects.get(pk=scene.assignment.pk).state == "withdrawn"
    assert organiser.get(hinted.format(1)).status_code == 404


def test_dismissed_it_needs_a_reason_and_comes_back_with_new_grounds(scene, organiser, hinted):
    assert organiser.post(hinted.format(1), {"verdict": "none", "reason": " "}).status_code == 422
    assert ConflictDismissal.objects.count() == 0
    organiser.post(hinted.format(1), {"verdict": "none", "reason": "同名单位，不是同一家"})
    assert Assignment.objects.get(pk=scene.assignment.pk).state == "assigned"
    assert organiser.get(hinted.format(1)).status_code == 404
    assert "同名单位，不是同一家" in read(organiser, PAGE)
    scene.entries[0].assets.update(inventors=f"张三、{scene.cast.judge.name}")
    if not scene.entries[0].assets.exists():
        scene.entries[0].assets.create(inventors=f"张三、{scene.cast.judge.name}")
    assert "与发明人同名" in read(organiser, hinted.format(1))
