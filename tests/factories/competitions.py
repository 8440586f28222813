"""Editions with their schedule, tracks, groups, rounds, rubrics and awards."""

from __future__ import annotations

from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from competitions.models import (
    AwardQuota,
    AwardType,
    Criterion,
    Edition,
    EditionPage,
    EntryRules,
    Group,
    Role,
    Round,
    Rubric,
    Stage,
    Track,
)
from competitions.pure.presets import final_preset, preliminary_preset
from tests.factories import moments
from tests.factories.accounts import UserFactory

WINDOWS = {
    "registration": ("报名", moments.REGISTRATION_OPENS, moments.REGISTRATION_CLOSES),
    "formality": ("形式审查", moments.FORMALITY_OPENS, moments.FORMALITY_CLOSES),
    "public_vote": ("网络投票", moments.VOTE_OPENS, moments.VOTE_CLOSES),
    "preliminary": ("初赛", moments.PRELIMINARY_OPENS, moments.PRELIMINARY_CLOSES),
    "coaching": ("赛前辅导与抽签", moments.COACHING_OPENS, moments.COACHING_CLOSES),
    "final": ("决赛", moments.FINAL_OPENS, moments.FINAL_CLOSES),
    "notice": ("公示", moments.NOTICE_OPENS, moments.NOTICE_CLOSES),
}
VOTE_RULES = {
    "vote_rule": {
        "preset": "per_day",
        "limit": 5,
        "per_entry_limit": 1,
        "period": "day",
        "scope": "edition",
        "choose_min": None,
        "choose_max": None,
    },
    "board": {"policy": "delayed", "minutes": 10},
    "identity": "device",
}


class EditionFactory(DjangoModelFactory):
    class Meta:
        model = Edition

    slug = factory.Sequence(lambda n: f"jgs{2026 + n}")
    name = "2026 年江门市高价值专利培育布局大赛"
    short_name = "2026 年江高赛"
    ordinal = factory.Sequence(lambda n: n + 1)
    year = 2026
    slogan = "育好专利，布好局"
    published_at = moments.SET_UP
    created_at = moments.SET_UP
    created_by = factory.SubFactory(UserFactory)


class EntryRulesFactory(DjangoModelFactory):
    class Meta:
        model = EntryRules

    edition = factory.SubFactory(EditionFactory)
    core_types = factory.LazyFunction(lambda: ["invention", "design", "ic_layout"])


class TrackFactory(DjangoModelFactory):
    class Meta:
        model = Track

    edition = factory.SubFactory(EditionFactory)
    code = "patent"
    name = "专利赛道"


class GroupFactory(DjangoModelFactory):
    class Meta:
        model = Group

    track = factory.SubFactory(TrackFactory)
    code = "startup"
    name = "初创组"


class StageFactory(DjangoModelFactory):
    """A stage of the test calendar whose gate is released."""

    class Meta:
        model = Stage

    edition = factory.SubFactory(EditionFactory)
    kind = "registration"
    name = factory.LazyAttribute(lambda o: WINDOWS[o.kind][0])
    position = factory.LazyAttribute(lambda o: list(WINDOWS).index(o.kind) + 1)
    opens_at = factory.LazyAttribute(lambda o: WINDOWS[o.kind][1])
    closes_at = factory.LazyAttribute(lambda o: WINDOWS[o.kind][2])
    gate_released_at = moments.SET_UP


class RoundFactory(DjangoModelFactory):
    class Meta:
        model = Round

    edition = factory.SubFactory(EditionFactory)
    kind = "preliminary"
    name = "初赛"
    position = 1
    stage = factory.SubFactory(StageFactory, edition=factory.SelfAttribute("..edition"), kind=factory.SelfAttribute("..kind"))
    rules = factory.LazyAttribute(
        lambda o: {
            "public_vote": VOTE_RULES,
            "preliminary": preliminary_preset().as_dict(),
            "final": final_preset().as_dict(),
        }[o.kind]
    )


class RubricFactory(DjangoModelFactory):
    class Meta:
        model = Rubric

    round = factory.SubFactory(RoundFactory)
    name = "评分标准"


class CriterionFactory(DjangoModelFactory):
    class Meta:
        model = Criterion

    rubric = factory.SubFactory(RubricFactory)
    code = factory.Sequence(lambda n: f"C{n}")
    name = "专利质量"
    max_score = Decimal(100)
    step = Decimal("0.5")


class AwardTypeFactory(DjangoModelFactory):
    class Meta:
        model = AwardType

    edition = factory.SubFactory(EditionFactory)
    code = "gold"
    name = "金奖"


class AwardQuotaFactory(DjangoModelFactory):
    class Meta:
        model = AwardQuota

    award_type = factory.SubFactory(AwardTypeFactory)
    group = factory.SubFactory(GroupFactory)
    quota = 2


class RoleFactory(DjangoModelFactory):
    class Meta:
        model = Role

    edition = factory.SubFactory(EditionFactory)
    user = factory.SubFactory(UserFactory)
    kind = Role.Kind.ORGANISER
    granted_at = moments.SET_UP
    granted_by = factory.SubFactory(UserFactory)


class EditionPageFactory(DjangoModelFactory):
    class Meta:
        model = EditionPage

    edition = factory.SubFactory(EditionFactory)
    kind = "rules"
    version = 1
    body = "# 大赛规则\n\n每人每天可投 5 票。"
    published_at = moments.SET_UP
    written_by = factory.SubFactory(UserFactory)


def build_edition(**fields: object) -> Edition:
    """A public edition as the preset makes it: one track, two groups, seven stages, three rounds, golds of two a group."""
    edition = EditionFactory(**fields)
    EntryRulesFactory(edition=edition)
    track = TrackFactory(edition=edition)
    groups = [
        GroupFactory(track=track, code="startup", name="初创组", position=1),
        GroupFactory(track=track, code="growth", name="成长组", position=2),
    ]
    for kind in WINDOWS:
        StageFactory(edition=edition, kind=kind)
    for position, (kind, name) in enumerate(
        [("public_vote", "网络投票"), ("preliminary", "初赛"), ("final", "决赛")], start=1
    ):
        round_ = RoundFactory(
            edition=edition, kind=kind, name=name, position=position, stage=edition.stages.get(kind=kind)
        )
        if kind != "public_vote":
            rubric = RubricFactory(round=round_)
            CriterionFactory(rubric=rubric, code="A", name="专利质量与布局", max_score=Decimal(60), position=1)
            CriterionFactory(rubric=rubric, code="B", name="市场与转化", max_score=Decimal(40), position=2)
    gold = AwardTypeFactory(edition=edition)
    for group in groups:
        AwardQuotaFactory(award_type=gold, group=group)
    EditionPageFactory(edition=edition, kind="rules", written_by=edition.created_by)
    EditionPageFactory(edition=edition, kind="privacy", body="# 个人信息保护告知", written_by=edition.created_by)
    return edition
