"""Roles, pages in versions and announcements that stay."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from accounts.errors import IdentityRefused
from accounts.models import User
from competitions.actions import (
    discard_draft,
    end_role,
    grant_role,
    invite_person,
    publish_announcement,
    publish_draft,
    publish_page,
    write_announcement,
    write_page,
)
from competitions.errors import (
    AnnouncementPublished,
    EmptyText,
    LastOrganiser,
    NoSuchAccount,
    NothingToPublish,
    ReasonMissing,
    RoleEnded,
    RoleHeld,
)
from competitions.models import Announcement, EditionPage, Role
from competitions.queries.access import get_page
from core.audit.models import AuditEntry
from core.outbox.models import Message
from tests.cast import Cast
from tests.factories import moments as m

AT = m.SET_UP


def test_a_role_is_granted_told_by_mail_and_effective_at_once(cast: Cast) -> None:
    person = cast.stranger
    assert not person.has_perm("competitions.manage_edition", cast.edition)
    grant_role(edition=cast.edition, user=person, kind="organiser", reason="办公室", actor=cast.organiser, at=AT)
    assert person.has_perm("competitions.manage_edition", cast.edition)
    mail = Message.objects.get(recipient=person.email)
    assert mail.subject == "您已成为2026 年江门市高价值专利培育布局大赛的组委会"
    with pytest.raises(RoleHeld):
        grant_role(edition=cast.edition, user=person, kind="organiser", reason="再来", actor=cast.organiser, at=AT)
    with pytest.raises(ReasonMissing):
        grant_role(edition=cast.edition, user=person, kind="judge", reason="", actor=cast.organiser, at=AT)
    assert Role.objects.filter(edition=cast.edition, user=person).count() == 1


def test_an_invitation_makes_the_account_when_there_is_none(cast: Cast) -> None:
    who = {"edition": cast.edition, "kind": "judge", "reason": "技术专家", "actor": cast.organiser, "at": AT}
    role = invite_person(email="New.Judge@example.invalid", name="新评委", **who)
    assert (role.user.email, role.user.name) == ("new.judge@example.invalid", "新评委")
    assert not role.user.has_usable_password()
    assert invite_person(email=cast.stranger.email, name="", **who).user == cast.stranger
    people = User.objects.count()
    with pytest.raises(NoSuchAccount):
        invite_person(email="nobody@example.invalid", name=" ", **who)
    with pytest.raises(IdentityRefused):
        invite_person(email="nobody", name="无名", **who)
    assert User.objects.count() == people


def test_a_role_ends_with_a_reason_and_may_be_given_anew(cast: Cast) -> None:
    role = Role.objects.get(edition=cast.edition, kind="examiner")
    with pytest.raises(ReasonMissing):
        end_role(role=role, reason=" ", actor=cast.organiser, at=AT)
    ended = end_role(role=role, reason="调离", actor=cast.organiser, at=AT)
    assert (ended.ended_at, ended.ended_by) == (AT, cast.organiser)
    assert not User.objects.get(pk=cast.examiner.pk).has_perm("competitions.view_console", cast.edition)
    with pytest.raises(RoleEnded):
        end_role(role=role, reason="再次", actor=cast.organiser, at=AT)
    again = grant_role(edition=cast.edition, user=cast.examiner, kind="examiner", reason="回来", actor=cast.organiser, at=AT)
    assert again.pk != role.pk
    assert AuditEntry.objects.get(verb="competitions.role.ended").detail.content["after"]["reason"] == "调离"


def test_the_last_organiser_stays(cast: Cast) -> None:
    first, second = Role.objects.filter(edition=cast.edition, kind="organiser").order_by("pk")
    end_role(role=second, reason="离任", actor=cast.organiser, at=AT)
    with pytest.raises(LastOrganiser):
        end_role(role=first, reason="离任", actor=cast.organiser, at=AT)
    first.refresh_from_db()
    assert first.ended_at is None


def test_pages_have_one_draft_and_versions_that_stay(cast: Cast) -> None:
    who = {"edition": cast.edition, "kind": "rules", "actor": cast.organiser}
    draft = write_page(body="第二版", at=AT, **who)
    assert (draft.version, draft.published_at) == (2, None)
    assert write_page(body=" 第二版，改\r\n", at=AT, **who).pk == draft.pk
    assert get_page(cast.edition, "rules").version == 1
    published = publish_page(at=AT, **who)
    assert (get_page(cast.edition, "rules").body, published.published_at) == ("第二版，改", AT)
    assert get_page(cast.edition, "rules", version=1).version == 1
    with pytest.raises(NothingToPublish):
        publish_page(at=AT, **who)
    with pytest.raises(EmptyText):
        write_page(body=" ", at=AT, **who)
    assert EditionPage.objects.filter(edition=cast.edition, kind="rules").count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        EditionPage.objects.filter(pk=published.pk).update(body="改写历史")


def test_announcements_are_drafted_published_and_then_stay(cast: Cast) -> None:
    who = {"actor": cast.organiser, "at": AT}
    draft = write_announcement(edition=cast.edition, title=" 报名开始 ", body="欢迎", **who)
    write_announcement(edition=cast.edition, announcement=draft, title="报名今日开始", lead="请看规则", body="欢迎", **who)
    published = publish_draft(announcement=draft, **who)
    assert (published.title, published.lead, published.published_at) == ("报名今日开始", "请看规则", AT)
    for act in (
        lambda: write_announcement(edition=cast.edition, announcement=draft, title="改", body="改", **who),
        lambda: publish_draft(announcement=draft, **who),
        lambda: discard_draft(announcement=draft, **who),
    ):
        with pytest.raises(AnnouncementPublished):
            act()
    correction = publish_announcement(edition=cast.edition, title="更正", body="时间改为 9 时", corrects=published, **who)
    assert list(published.corrections.all()) == [correction]
    with pytest.raises(EmptyText, match="标题"):
        write_announcement(edition=cast.edition, title="", body="文", **who)
    assert Announcement.objects.count() == 2


def test_a_draft_can_be_thrown_away(cast: Cast) -> None:
    draft = write_announcement(edition=cast.edition, title="不要了", body="文", actor=cast.organiser, at=AT)
    discard_draft(announcement=draft, actor=cast.organiser, at=AT)
    assert not Announcement.objects.exists()
    assert AuditEntry.objects.filter(verb="competitions.announcement.discarded").count() == 1
