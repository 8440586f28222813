"""The declaration: after the profile, with the organisations to step back from, before the first entry."""

import re

import pytest

from core import clock
from judging import states
from judging.models import Assignment, ConflictOfInterest
from tests.factories import moments
from tests.factories.accounts import MembershipFactory
from tests.factories.judging import with_profile
from tests.judging.scene import build_scene

PAGE = "/judge/declaration/jgs2026/preliminary/"
QUERIES = 11


@pytest.fixture
def undeclared(cast, client):
    scene = build_scene(cast, entry_count=3)
    scene.seats["judge"].declared_at = None
    scene.seats["judge"].save()
    for entry, name in zip(scene.entries, ("丙公司", "甲大学", "乙公司"), strict=True):
        entry.organisations.update(name=name)
    client.force_login(cast.judge)
    with clock.rehearse(moments.DURING_PRELIMINARY):
        yield scene


def public_id(scene, number: int) -> str:
    return scene.entries[number].organisations.get().public_id


def test_the_profile_comes_first(undeclared, client):
    assert client.get(PAGE).headers["Location"] == "/judge/profile/jgs2026/"
    profile = {"kind": "ip", "employer": "五邑大学", "industries": [], "ipc": ""}
    assert client.post("/judge/profile/jgs2026/", profile).headers["Location"] == PAGE
    assert client.get(PAGE).status_code == 200


def test_ticked_organisations_become_conflicts_before_the_first_entry(undeclared, client):
    with_profile(undeclared.cast.judge)
    page = client.get(PAGE).content.decode()
    assert undeclared.entries[1].title in page
    refused = client.post(PAGE, {"agree": "1", "bodies": [public_id(undeclared, 0)]})
    assert refused.status_code == 422 and "请写明原因" in refused.content.decode() and "checked" in refused.content.decode()
    assert not ConflictOfInterest.objects.exists()
    client.post(PAGE, {"agree": "1", "bodies": [public_id(undeclared, 0)], "reason": "曾任顾问"})
    row = ConflictOfInterest.objects.get()
    assert (row.entry, row.source, row.reason) == (undeclared.entries[0], "declared", "曾任顾问")
    assert Assignment.objects.get().state == states.WITHDRAWN
    undeclared.seats["judge"].refresh_from_db()
    assert undeclared.seats["judge"].declared_at is not None


def test_what_the_profile_hints_at_stands_first_and_unticked(undeclared, client):
    with_profile(undeclared.cast.judge, past_employers="甲大学")
    MembershipFactory(organisation=undeclared.entries[2].organisations.get(), user=undeclared.cast.judge)
    page = client.get(PAGE).content.decode()
    assert "与您的曾工作单位相符" in page and "您是该单位的成员" in page
    assert max(page.index("乙公司"), page.index("甲大学")) < page.index("丙公司")
    assert "checked" not in page


def test_a_blind_round_shows_names_in_no_relation_to_the_entries(undeclared, client):
    undeclared.round.is_blind = True
    undeclared.round.save()
    with_profile(undeclared.cast.judge)
    page = client.get(PAGE).content.decode()
    order = re.findall(r"丙公司|乙公司|甲大学", page)
    assert order == sorted(["丙公司", "乙公司", "甲大学"]) and "与项目的先后、编号无关" in page
    for entry in undeclared.entries:
        assert entry.title not in page and f">{entry.code}" not in page and entry.public_id not in page
    client.post(PAGE, {"agree": "1", "bodies": [public_id(undeclared, 1)], "reason": "曾任顾问"})
    assert ConflictOfInterest.objects.get().entry == undeclared.entries[1]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same(cast, client, count, django_assert_num_queries):
    scene = build_scene(cast, entry_count=count)
    scene.seats["judge"].declared_at = None
    scene.seats["judge"].save()
    with_profile(cast.judge)
    client.force_login(cast.judge)
    with clock.rehearse(moments.DURING_PRELIMINARY):
        client.get(PAGE)
        with django_assert_num_queries(QUERIES):
            client.get(PAGE)
