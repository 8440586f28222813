"""Making, opening and archiving an edition."""

from __future__ import annotations

from datetime import timedelta

import pytest

from accounts.models import User
from competitions.actions import (
    archive_edition,
    create_edition,
    grant_role,
    publish_edition,
    publish_page,
    save_basics,
)
from competitions.errors import (
    AlreadyPublished,
    NotArchivable,
    OrdinalTaken,
    SlugReserved,
    SlugTaken,
    UnknownPreset,
)
from competitions.models import AwardQuota, Criterion, Edition, EditionPage, Group, Role
from competitions.queries.access import get_public_edition
from competitions.queries.publish_guard import publish_reasons, publish_warnings, unconfirmed
from competitions.queries.rule_set import round_rule_set, vote_settings
from core.audit.models import AuditEntry
from core.clock import at_local
from core.errors import Blocked
from tests.cast import Cast
from tests.factories import moments
from tests.factories.accounts import UserFactory

NAMES = {
    "preset": "jianggaosai",
    "slug": "jgs2027",
    "name": "2027 年江门市高价值专利培育布局大赛",
    "short_name": "2027 年江高赛",
    "ordinal": 5,
    "year": 2027,
}
AT = moments.SET_UP


@pytest.fixture
def organiser(db: None) -> User:
    return UserFactory(name="江晓")


@pytest.fixture
def edition(organiser: User) -> Edition:
    return create_edition(**NAMES, actor=organiser, at=AT)


def make_ready(edition: Edition, organiser: User) -> None:
    for kind in EditionPage.Kind.values:
        publish_page(edition=edition, kind=kind, actor=organiser, at=AT)
    grant_role(edition=edition, user=UserFactory(), kind="organiser", reason="双人审批", actor=organiser, at=AT)


def test_preset_writes_everything_an_edition_needs(edition: Edition, organiser: User) -> None:
    assert not edition.is_published
    assert [(s.kind, s.opens_at, s.closes_at) for s in edition.stages.all()][0] == (
        "registration", at_local(2027, 7, 1, 9), at_local(2027, 8, 31, 18),
    )  # fmt: skip
    assert [g.name for g in Group.objects.filter(track__edition=edition)] == ["初创组", "成长组"]
    assert list(edition.rounds.values_list("kind", flat=True)) == ["public_vote", "preliminary", "final"]
    assert sorted(AwardQuota.objects.filter(award_type__edition=edition).values_list("award_type__code", "quota")) == [
        ("gold", 2), ("gold", 2), ("merit", 5), ("merit", 5), ("silver", 3), ("silver", 3),
    ]  # fmt: skip
    assert edition.entry_rules.min_assets == 1
    assert edition.entry_rules.startup_revenue_limit == 20_000_000
    assert list(edition.roles.values_list("user", "kind")) == [(organiser.pk, "organiser")]
    assert AuditEntry.objects.filter(verb="competitions.edition.created", edition="jgs2027").count() == 1


def test_preset_rubrics_have_two_levels_and_parents_in_the_same_rubric(edition: Edition) -> None:
    parents = Criterion.objects.filter(rubric__round__edition=edition, parent__isnull=False).select_related("parent")
    assert parents.count() == 11 + 7
    assert all(row.parent.rubric_id == row.rubric_id and row.code.startswith(row.parent.code) for row in parents)


def test_a_late_edition_starts_thirty_days_after_it_was_made(organiser: User) -> None:
    late = create_edition(**NAMES, actor=organiser, at=at_local(2027, 9, 1, 12))
    assert late.stages.get(kind="registration").opens_at == at_local(2027, 10, 1, 9)


def test_drafts_are_filled_from_the_settings(edition: Edition) -> None:
    rules = edition.pages.get(kind="rules")
    assert rules.published_at is None
    assert "每人每天可投 5 个项目，同一项目每天限投 1 票。" in rules.body
    assert "不超过 2,000 万元的归入初创组" in rules.body
    assert "| 金奖 | 初创组 | 2 |" in rules.body
    assert "路演 8 分钟，答辩 5 分钟。" in rules.body
    privacy = edition.pages.get(kind="privacy").body
    assert all(word in privacy for word in ("保存多久", "您的权利", "联系", "用途", "公开与提供", "安全与变更"))


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"preset": "other"}, UnknownPreset),
        ({"slug": "my"}, SlugReserved),
        ({"slug": "Jgs"}, SlugReserved),
        ({"slug": "a"}, SlugReserved),
        ({"slug": "jgs2027"}, SlugTaken),
        ({"slug": "second", "ordinal": 5}, OrdinalTaken),
    ],
)
def test_bad_names_are_refused_and_nothing_is_made(edition: Edition, organiser: User, change: dict, refusal: type) -> None:
    lines = AuditEntry.objects.count()
    with pytest.raises(refusal):
        create_edition(**{**NAMES, **change}, actor=organiser, at=AT)
    assert Edition.objects.count() == 1
    assert AuditEntry.objects.count() == lines


def test_publishing_names_every_reason_at_once(edition: Edition, organiser: User) -> None:
    edition.stages.filter(kind="final").update(closes_at=at_local(2028, 1, 1, 9))
    AwardQuota.objects.filter(group__code="growth").delete()
    Criterion.objects.filter(rubric__round__kind="final", code="B").update(max_score=25)
    edition.rounds.filter(kind="public_vote").update(rules={"vote_rule": {"limit": 0}})
    with pytest.raises(Blocked) as caught:
        publish_edition(edition=edition, actor=organiser, at=AT)
    assert [(reason.code, reason.field) for reason in caught.value.reasons] == [
        ("page_missing", "pages"),
        ("page_missing", "pages"),
        ("schedule", "schedule"),
        ("quota_missing", "awards"),
        ("vote_rule", "vote-rules"),
        ("rubric", "rubrics"),
        ("organisers_missing", "roles"),
    ]
    edition.refresh_from_db()
    assert edition.published_at is None


def test_publishing_a_ready_edition_makes_it_public(edition: Edition, organiser: User) -> None:
    make_ready(edition, organiser)
    assert publish_reasons(edition) == []
    publish_edition(edition=edition, actor=organiser, at=AT)
    assert get_public_edition("jgs2027").published_at == AT
    with pytest.raises(AlreadyPublished):
        publish_edition(edition=edition, actor=organiser, at=AT)


def test_unconfirmed_presets_warn_but_do_not_block(edition: Edition, organiser: User) -> None:
    make_ready(edition, organiser)
    assert len(unconfirmed(edition)) == 15
    assert publish_warnings(edition)[0].startswith("还有 15 项预设值没有确认：")
    publish_edition(edition=edition, actor=organiser, at=AT)


def test_preset_rules_are_usable(edition: Edition) -> None:
    final = round_rule_set(edition.rounds.get(kind="final"))
    assert [(award.code, award.quota("startup"), award.quota("growth")) for award in final.awards] == [
        ("gold", 2, 2), ("silver", 3, 3), ("merit", 5, 5),
    ]  # fmt: skip
    assert round_rule_set(edition.rounds.get(kind="preliminary")).awards == ()
    assert vote_settings(edition.rounds.get(kind="public_vote")).vote_rule.limit == 5


def test_basics_are_saved_with_what_changed(edition: Edition, organiser: User) -> None:
    values = {"contact_phone": "0750-0000000", "slogan": edition.slogan, "year": 1999}
    saved = save_basics(edition=edition, values=values, actor=organiser, at=AT)
    assert (saved.contact_phone, saved.year) == ("0750-0000000", 2027)
    line = AuditEntry.objects.get(verb="competitions.edition.described")
    assert line.detail.content["after"] == {"contact_phone": "0750-0000000"}
    save_basics(edition=edition, values=values, actor=organiser, at=AT)
    assert AuditEntry.objects.filter(verb="competitions.edition.described").count() == 1


def test_an_edition_is_archived_only_after_its_last_stage(cast: Cast) -> None:
    with pytest.raises(NotArchivable):
        archive_edition(edition=cast.edition, actor=cast.organiser, at=moments.DURING_NOTICE)
    assert Edition.objects.get(pk=cast.edition.pk).archived_at is None
    after = moments.NOTICE_CLOSES + timedelta(seconds=1)
    assert archive_edition(edition=cast.edition, actor=cast.organiser, at=after).archived_at == after
    assert Role.objects.filter(edition=cast.edition).exists()


def test_two_editions_made_at_the_same_moment_cannot_share_a_slug(edition: Edition, organiser: User, monkeypatch) -> None:
    monkeypatch.setattr("competitions.actions.edition._check_names", lambda *names: None)
    with pytest.raises(SlugTaken):
        create_edition(**NAMES, actor=organiser, at=AT)
    assert Edition.objects.count() == 1
