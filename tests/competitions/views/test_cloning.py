"""The pages of cloning: ticks, a look, the new edition."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from competitions.models import Edition
from core import clock
from tests.cast import Cast
from tests.factories import moments

pytestmark = pytest.mark.django_db
VALUES = {
    "name": "2027 年江高赛", "short_name": "2027 江高赛", "slug": "jgs2027", "ordinal": "5", "year": "2027", "first_day": "2027-07-01",
    "parts": ["basics", "schedule", "groups"],
}  # fmt: skip


def post(cast: Cast, **changes: object):
    client = Client()
    client.force_login(cast.organiser)
    with clock.rehearse(moments.SET_UP):
        return client.post(reverse("competitions:edition-clone", args=[cast.edition.slug]), VALUES | changes)


def test_the_parts_are_looked_at_before_anything_is_made(cast: Cast) -> None:
    text = post(cast).content.decode().replace(" ", "")
    assert "核对后创建" in text and "2027年7月1日" in text and "采用预设值：" in text
    assert not Edition.objects.filter(slug="jgs2027").exists()


def test_going_back_keeps_what_was_typed(cast: Cast) -> None:
    answer = post(cast, step="edit")
    assert answer.context["form"]["slug"].value() == "jgs2027" and "previews" not in answer.context


def test_the_second_step_makes_it(cast: Cast) -> None:
    answer = post(cast, step="make")
    assert answer.url == reverse("competitions:setup", args=["jgs2027"])
    assert Edition.objects.get(slug="jgs2027").created_by == cast.organiser


def test_what_is_missing_or_taken_is_said_in_the_form(cast: Cast) -> None:
    missing = post(cast, parts=["rubrics"])
    assert missing.status_code == 422 and "须同时复制" in missing.content.decode()
    taken = post(cast, slug=cast.edition.slug, step="make")
    assert taken.status_code == 422 and not Edition.objects.filter(name="2027 年江高赛").exclude(pk=cast.edition.pk).exists()
