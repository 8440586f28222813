"""Rules, rubrics, awards, groups and entry rules: kept while nobody is governed by them yet, frozen afterwards."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db.models import ProtectedError

from competitions.actions import (
    confirm_preset,
    remove_award_type,
    remove_group,
    remove_track,
    save_award_type,
    save_entry_rules,
    save_group,
    save_rubric,
    save_track,
    set_award_decision,
    set_award_quota,
    set_round_rules,
    set_round_seats,
)
from competitions.errors import (
    CodeTaken,
    NoAwardRound,
    PresetUnknown,
    RubricInvalid,
    RuleInvalid,
    StageOpened,
    StillInUse,
)
from competitions.models import (
    AwardQuota,
    AwardType,
    Edition,
    EntryRules,
    Group,
    PresetConfirmation,
    Round,
    Track,
)
from competitions.pure.preset_rubrics import FINAL_RUBRIC
from competitions.queries.rule_set import group_keys, round_rule_set, rubric_for, rubric_rows, vote_settings
from core.audit.models import AuditEntry
from tests.cast import Cast
from tests.factories import moments as m
from tests.factories.competitions import VOTE_RULES


def round_of(cast: Cast, kind: str) -> Round:
    return cast.edition.rounds.get(kind=kind)


def confirmed(cast: Cast) -> set[str]:
    return set(PresetConfirmation.objects.filter(edition=cast.edition).values_list("key", flat=True))


def test_vote_rules_are_replaced_and_confirm_what_changed(cast: Cast) -> None:
    rules = {**VOTE_RULES, "vote_rule": {**VOTE_RULES["vote_rule"], "limit": 3}}
    saved = set_round_rules(round=round_of(cast, "public_vote"), rules=rules, actor=cast.organiser, at=m.SET_UP)
    assert vote_settings(saved).vote_rule.sentence() == "每人每天可投 3 个项目，同一项目每天限投 1 票。"
    assert confirmed(cast) == {"vote_rule"}
    board = {**rules, "board": {"policy": "hidden", "hours": 12, "minutes": 0}}
    set_round_rules(round=saved, rules=board, actor=cast.organiser, at=m.SET_UP)
    assert confirmed(cast) == {"vote_rule", "vote_board"}
    lines = AuditEntry.objects.filter(verb="competitions.round.ruled")
    assert lines.count() == 2
    set_round_rules(round=saved, rules=board, actor=cast.organiser, at=m.SET_UP)
    assert lines.count() == 2


@pytest.mark.parametrize("paused", [False, True])
def test_vote_rules_are_frozen_once_the_vote_has_opened(cast: Cast, paused: bool) -> None:
    round_ = round_of(cast, "public_vote")
    if paused:
        round_.stage.overrides.create(kind="pause", at=m.DURING_VOTE, reason="核查", by=cast.organiser)
    rules = {**VOTE_RULES, "identity": "sms"}
    with pytest.raises(StageOpened, match="规则不能再修改"):
        set_round_rules(round=round_, rules=rules, actor=cast.organiser, at=m.DURING_VOTE)
    assert round_of(cast, "public_vote").rules == VOTE_RULES


def test_a_rule_that_contradicts_itself_names_every_fault(cast: Cast) -> None:
    rule = {**VOTE_RULES["vote_rule"], "per_entry_limit": 9, "scope": "town"}
    rules = {"vote_rule": rule, "board": {"policy": "delayed", "minutes": 0}, "identity": "device"}
    with pytest.raises(RuleInvalid) as caught:
        set_round_rules(round=round_of(cast, "public_vote"), rules=rules, actor=cast.organiser, at=m.SET_UP)
    assert all(word in caught.value.text for word in ("票数范围", "同一项目的票数", "延迟 0 分钟"))
    assert round_of(cast, "public_vote").rules == VOTE_RULES


def test_round_rules_and_seats(cast: Cast) -> None:
    round_ = round_of(cast, "preliminary")
    rules = {**round_.rules, "weights": {"panel": "0.8", "public_vote": "0.2"}}
    set_round_rules(round=round_, rules=rules, actor=cast.organiser, at=m.SET_UP)
    assert round_rule_set(round_of(cast, "preliminary")).weight("public_vote") == Decimal("0.2")
    seats = {"judges_per_entry": 7, "rules": {}}
    assert set_round_seats(round=round_, values=seats, actor=cast.organiser, at=m.SET_UP).judges_per_entry == 7
    assert confirmed(cast) == {"preliminary_rules", "preliminary_panel"}
    with pytest.raises(RuleInvalid):
        set_round_rules(round=round_, rules={**rules, "weights": {"panel": "0.5"}}, actor=cast.organiser, at=m.SET_UP)
    with pytest.raises(StageOpened):
        set_round_seats(round=round_, values={"judges_per_entry": 3}, actor=cast.organiser, at=m.DURING_PRELIMINARY)
    assert round_of(cast, "preliminary").judges_per_entry == 7


def test_a_rubric_is_replaced_row_by_row(cast: Cast) -> None:
    round_ = round_of(cast, "final")
    saved = save_rubric(round=round_, rows=FINAL_RUBRIC, name="决赛", actor=cast.organiser, at=m.SET_UP)
    assert tuple(rubric_rows(saved)) == FINAL_RUBRIC
    assert rubric_for(round_, cast.edition.tracks.get().pk) == saved
    assert confirmed(cast) == {"final_rubric"}
    own = save_rubric(
        round=round_, rows=FINAL_RUBRIC, name="专利", track=cast.edition.tracks.get(), actor=cast.organiser, at=m.SET_UP
    )
    assert rubric_for(round_, cast.edition.tracks.get().pk) == own


def test_a_rubric_is_refused_when_wrong_or_too_late(cast: Cast) -> None:
    round_ = round_of(cast, "final")
    before = rubric_rows(round_.rubrics.get())
    short = [row for row in FINAL_RUBRIC if row.code != "B"]
    with pytest.raises(RubricInvalid, match="应为 100，现为 80"):
        save_rubric(round=round_, rows=short, name="少一项", actor=cast.organiser, at=m.SET_UP)
    twice = [*FINAL_RUBRIC, replace(FINAL_RUBRIC[-1], name="又一次")]
    with pytest.raises(RubricInvalid, match="用了不止一次"):
        save_rubric(round=round_, rows=twice, name="重号", actor=cast.organiser, at=m.SET_UP)
    with pytest.raises(StageOpened):
        save_rubric(round=round_, rows=FINAL_RUBRIC, name="晚了", actor=cast.organiser, at=m.DURING_FINAL)
    assert rubric_rows(round_.rubrics.get()) == before
    Edition.objects.filter(pk=cast.edition.pk).update(published_at=None)
    save_rubric(round=round_, rows=short, name="少一项", actor=cast.organiser, at=m.SET_UP)


def test_award_rows_are_the_source_of_the_rule_set(cast: Cast) -> None:
    who = {"actor": cast.organiser, "at": m.SET_UP}
    popular = save_award_type(edition=cast.edition, code="popular", values={"name": "人气奖", "is_stackable": True}, **who)
    startup = Group.objects.get(track__edition=cast.edition, code="startup")
    set_award_quota(award_type=popular, group=startup, quota=1, **who)
    set_award_decision(award_type=popular, basis="votes", tie="share", **who)
    awards = {award.code: award for award in round_rule_set(round_of(cast, "final")).awards}
    assert sorted(awards) == ["gold", "popular"]
    found = awards["popular"]
    assert (found.basis, found.tie, found.stackable, found.quotas) == ("votes", "share", True, (("startup", 1),))
    assert awards["gold"].quotas == (("growth", 2), ("startup", 2))


def test_a_changed_quota_is_confirmed_and_written_once(cast: Cast) -> None:
    group = Group.objects.filter(track__edition=cast.edition).first()
    silver = AwardType.objects.create(edition=cast.edition, code="silver", name="银奖")
    for _ in range(2):
        set_award_quota(award_type=silver, group=group, quota=4, actor=cast.organiser, at=m.SET_UP)
    assert AwardQuota.objects.get(award_type=silver, group=group).quota == 4
    assert AuditEntry.objects.filter(verb="competitions.quota.set").count() == 1
    assert confirmed(cast) == {"award_silver"}


def test_awards_are_frozen_with_the_final(cast: Cast) -> None:
    gold, who = cast.edition.award_types.get(), {"actor": cast.organiser, "at": m.DURING_FINAL}
    group = Group.objects.filter(track__edition=cast.edition).first()
    for act in (
        lambda: set_award_quota(award_type=gold, group=group, quota=9, **who),
        lambda: save_award_type(edition=cast.edition, code="x", values={"name": "新"}, **who),
        lambda: set_award_decision(award_type=gold, basis="votes", tie="share", **who),
        lambda: remove_award_type(award_type=gold, **who),
    ):
        with pytest.raises(StageOpened):
            act()
    assert set(AwardQuota.objects.filter(award_type=gold).values_list("quota", flat=True)) == {2}
    assert cast.edition.award_types.count() == 1


def test_awards_come_and_go(cast: Cast) -> None:
    who = {"actor": cast.organiser, "at": m.SET_UP}
    with pytest.raises(CodeTaken):
        save_award_type(edition=cast.edition, code="gold", values={"name": "又一个金奖"}, **who)
    gold = cast.edition.award_types.get()
    remove_award_type(award_type=gold, **who)
    assert not cast.edition.award_types.exists()
    cast.edition.rounds.filter(kind__in=["preliminary", "final"]).delete()
    with pytest.raises(NoAwardRound):
        set_award_decision(award_type=gold, basis="votes", tie="share", **who)


def test_tracks_and_groups_until_the_registration_opens(cast: Cast) -> None:
    who = {"actor": cast.organiser, "at": m.SET_UP}
    design = save_track(edition=cast.edition, code="design", name="外观设计赛道", **who)
    assert design.position == 1
    group = save_group(track=design, code="startup", name="初创组", **who)
    assert sorted(group_keys(cast.edition).values()) == ["design-startup", "patent-growth", "patent-startup"]
    with pytest.raises(CodeTaken):
        save_group(track=design, code="startup", name="重复", **who)
    renamed = save_group(track=design, group=group, code="startup", name="小微组", **who)
    assert Group.objects.get(pk=renamed.pk).name == "小微组"
    remove_group(group=group, **who)
    remove_track(track=design, **who)
    assert list(Track.objects.filter(edition=cast.edition).values_list("code", flat=True)) == ["patent"]
    with pytest.raises(StageOpened):
        save_track(edition=cast.edition, code="late", name="晚了", actor=cast.organiser, at=m.DURING_REGISTRATION)
    assert Track.objects.filter(edition=cast.edition).count() == 1


def test_a_group_with_entries_stays(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def protected(self: Group) -> None:
        raise ProtectedError("entries", set())

    monkeypatch.setattr(Group, "delete", protected)
    group = Group.objects.filter(track__edition=cast.edition).first()
    with pytest.raises(StillInUse, match=group.name):
        remove_group(group=group, actor=cast.organiser, at=m.SET_UP)
    assert not AuditEntry.objects.filter(verb="competitions.group.removed").exists()


def test_entry_rules_until_the_registration_opens(cast: Cast) -> None:
    values = {"max_entries_enterprise": 2, "startup_revenue_limit": Decimal(30_000_000), "min_assets": 1}
    save_entry_rules(edition=cast.edition, values=values, actor=cast.organiser, at=m.REGISTRATION_OPENS.replace(year=2025))
    stored = EntryRules.objects.get(edition=cast.edition)
    assert (stored.max_entries_enterprise, stored.startup_revenue_limit) == (2, 30_000_000)
    assert confirmed(cast) == {"entry_caps", "revenue_limit"}
    with pytest.raises(StageOpened):
        save_entry_rules(
            edition=cast.edition, values={"min_assets": 2}, actor=cast.organiser, at=m.REGISTRATION_OPENS
        )
    assert EntryRules.objects.get(edition=cast.edition).min_assets == 1


def test_a_preset_value_is_confirmed_once(cast: Cast) -> None:
    for _ in range(2):
        confirm_preset(edition=cast.edition, key="schedule", actor=cast.organiser, at=m.SET_UP)
    assert AuditEntry.objects.filter(verb="competitions.preset.confirmed").count() == 1
    with pytest.raises(PresetUnknown):
        confirm_preset(edition=cast.edition, key="gold", actor=cast.organiser, at=m.SET_UP)
    assert confirmed(cast) == {"schedule"}
