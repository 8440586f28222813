"""The public pages of an edition."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import get_resolver, resolve, reverse

from competitions.actions import publish_announcement, publish_page, write_page
from competitions.converters import RESERVED
from competitions.models import Announcement, Edition, Stage
from core import clock
from tests.cast import Cast
from tests.factories import moments as m
from tests.factories.competitions import build_edition

SECOND = timedelta(seconds=1)


def announce(cast: Cast, count: int) -> None:
    for n in range(count):
        publish_announcement(
            edition=cast.edition, title=f"第 {n} 号公告", lead="摘要", body=f"正文 {n}", actor=cast.organiser, at=m.SET_UP
        )


def get(client: Client, cast: Cast, name: str, *args: str, at=m.DURING_REGISTRATION, **query: str) -> str:
    with clock.rehearse(at):
        response = client.get(reverse(f"competitions:{name}", args=[cast.edition.slug, *args]), query)
    assert response.status_code == 200
    return response.content.decode()


def test_home_shows_the_phase_to_the_second(client: Client, cast: Cast) -> None:
    before = get(client, cast, "edition-home", at=m.REGISTRATION_OPENS - SECOND)
    assert "即将开始" in before
    assert "距报名开始（7月1日 09:00）" in before
    after = get(client, cast, "edition-home", at=m.REGISTRATION_OPENS)
    assert "距报名截止（8月31日 18:00）" in after
    assert "本届大赛已结束" in get(client, cast, "edition-home", at=m.NOTICE_CLOSES)
    Stage.objects.filter(edition=cast.edition, kind="registration").update(gate_released_at=None)
    assert "推迟" in get(client, cast, "edition-home", at=m.REGISTRATION_OPENS)


@pytest.mark.parametrize("items", [1, 3])
def test_home_needs_the_same_queries_however_many_announcements(
    client: Client, cast: Cast, items: int, django_assert_num_queries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("competitions.home_figures._sources", {})
    announce(cast, items)
    with django_assert_num_queries(6):
        page = get(client, cast, "edition-home")
    assert page.count("号公告") == items


@pytest.mark.parametrize("items", [1, 3])
def test_the_list_of_announcements(client: Client, cast: Cast, items: int, django_assert_num_queries) -> None:
    announce(cast, items)
    with django_assert_num_queries(6):
        page = get(client, cast, "announcement-list")
    assert page.count("号公告") == items


def test_announcements_are_paged_and_searched(client: Client, cast: Cast) -> None:
    announce(cast, 16)
    Announcement.objects.create(edition=cast.edition, title="未发布的号公告", body="草稿", written_by=cast.organiser)
    assert get(client, cast, "announcement-list").count("号公告") == 15
    assert get(client, cast, "announcement-list", page="2").count("号公告") == 1
    found = get(client, cast, "announcement-list", q="正文 7")
    assert "“正文 7”有 1 则公告" in found
    assert "没有找到相关公告" in get(client, cast, "announcement-list", q="没有这个词")


def test_an_announcement_and_its_correction_lead_to_each_other(client: Client, cast: Cast) -> None:
    announce(cast, 1)
    wrong = Announcement.objects.get()
    right = publish_announcement(
        edition=cast.edition, title="更正时间", body="<script>x</script>改为 **9 时**", corrects=wrong, actor=cast.organiser, at=m.SET_UP
    )
    old = get(client, cast, "announcement-detail", wrong.public_id)
    assert "这则公告已有更正" in old
    assert reverse("competitions:announcement-detail", args=[cast.edition.slug, right.public_id]) in old
    new = get(client, cast, "announcement-detail", right.public_id)
    assert "更正此前的公告" in new
    assert "<strong>9 时</strong>" in new
    assert "<script>x" not in new


def test_drafts_and_announcements_of_others_are_not_there(client: Client, cast: Cast) -> None:
    draft = Announcement.objects.create(edition=cast.edition, title="草稿", body="草稿", written_by=cast.organiser)
    announce(cast, 1)
    foreign = Announcement.objects.get(published_at__isnull=False)
    for slug, public_id in ((cast.edition.slug, draft.public_id), (cast.other_edition.slug, foreign.public_id)):
        assert client.get(reverse("competitions:announcement-detail", args=[slug, public_id])).status_code == 404


def test_rules_in_versions(client: Client, cast: Cast) -> None:
    assert "每人每天可投 5 票" in get(client, cast, "edition-rules")
    write_page(edition=cast.edition, kind="rules", body="每人每天可投 3 票", actor=cast.organiser, at=m.SET_UP)
    assert "3 票" not in get(client, cast, "edition-rules")
    publish_page(edition=cast.edition, kind="rules", actor=cast.organiser, at=m.SET_UP)
    newest = get(client, cast, "edition-rules")
    assert "第 2 版" in newest
    assert "这是以前的版本" not in newest
    assert "这是以前的版本" in get(client, cast, "edition-rules", version="1")
    for version in ("3", "0x1", "²", "99999999"):
        url = reverse("competitions:edition-rules", args=[cast.edition.slug])
        assert client.get(url, {"version": version}).status_code == 404


def test_an_edition_that_is_not_public_has_no_pages(client: Client, cast: Cast) -> None:
    Edition.objects.filter(pk=cast.edition.pk).update(published_at=None)
    for name in ("edition-home", "announcement-list", "edition-rules", "edition-privacy", "edition-archive"):
        assert client.get(reverse(f"competitions:{name}", args=[cast.edition.slug])).status_code == 404


def test_earlier_editions_are_listed_only_when_there_are_any(client: Client, cast: Cast) -> None:
    Edition.objects.exclude(pk=cast.edition.pk).update(year=2027)
    url = reverse("competitions:edition-archive", args=[cast.edition.slug])
    assert client.get(url).status_code == 404
    assert "往届回顾" not in get(client, cast, "edition-home")
    build_edition(slug="jgs2025", year=2025, ordinal=1, name="2025 年的那一届")
    assert "2025 年的那一届" in get(client, cast, "edition-archive")
    assert "往届回顾" in get(client, cast, "edition-home")


def test_the_slug_of_an_edition_is_never_a_word_of_ours() -> None:
    first_parts = {str(pattern.pattern).partition("/")[0] for pattern in get_resolver().url_patterns}
    ours = {part for part in first_parts if part and "<" not in part}
    for nested in get_resolver().url_patterns:
        if str(nested.pattern) == "":
            parts = {str(p.pattern).partition("/")[0] for p in getattr(nested, "url_patterns", [])}
            ours |= {part for part in parts if part and "<" not in part}
    assert ours <= set(RESERVED) | {"dev"}
    assert resolve("/jgs2026/").url_name == "edition-home"
