"""The schedule at its boundaries: gates, pauses, resumptions and extensions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from competitions.actions import (
    extend_stage,
    pause_stage,
    release_gate,
    resume_stage,
    schedule_stage,
    schedule_stages,
)
from competitions.errors import (
    ExtensionTooShort,
    GateReleased,
    NotPublished,
    ReasonMissing,
    ScheduleWrong,
    StageNotReady,
    StageOpened,
)
from competitions.models import Edition, PresetConfirmation, Stage, StageOverride
from competitions.queries import gates
from competitions.queries.schedule import (
    current_stage,
    find_stage,
    has_stage_opened,
    is_stage_open,
    schedule,
    view_stage,
)
from core.audit.models import AuditEntry
from core.errors import Blocked, Reason
from tests.cast import Cast
from tests.factories import moments as m

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


def vote(cast: Cast) -> Stage:
    return find_stage(cast.edition, "public_vote")


def locked(cast: Cast) -> Stage:
    """The vote stage with its gate closed."""
    Stage.objects.filter(edition=cast.edition, kind="public_vote").update(gate_released_at=None)
    return vote(cast)


def phase(cast: Cast, at) -> str:
    return view_stage(vote(cast), at).phase


def test_a_released_stage_opens_and_closes_to_the_second(cast: Cast) -> None:
    assert [phase(cast, at) for at in (m.VOTE_OPENS - SECOND, m.VOTE_OPENS, m.VOTE_CLOSES - SECOND, m.VOTE_CLOSES)] == [
        "upcoming", "open", "open", "closed",
    ]  # fmt: skip


def test_a_stage_without_release_is_delayed_and_opens_at_the_release(cast: Cast) -> None:
    stage, late = locked(cast), m.VOTE_OPENS + HOUR
    assert phase(cast, m.VOTE_OPENS - SECOND) == "upcoming"
    assert phase(cast, m.VOTE_OPENS) == "delayed"
    assert not is_stage_open(cast.edition, "public_vote", m.VOTE_OPENS)
    assert not has_stage_opened(cast.edition, "public_vote", m.VOTE_OPENS)
    release_gate(stage=stage, actor=cast.organiser, at=late)
    assert (phase(cast, late - SECOND), phase(cast, late)) == ("delayed", "open")
    assert AuditEntry.objects.filter(verb="competitions.stage.released").count() == 1


def test_a_gate_is_released_once_before_the_end_and_only_in_public(cast: Cast) -> None:
    with pytest.raises(GateReleased):
        release_gate(stage=vote(cast), actor=cast.organiser, at=m.VOTE_OPENS)
    stage = locked(cast)
    with pytest.raises(StageNotReady):
        release_gate(stage=stage, actor=cast.organiser, at=m.VOTE_CLOSES)
    Edition.objects.filter(pk=cast.edition.pk).update(published_at=None)
    with pytest.raises(NotPublished):
        release_gate(stage=stage, actor=cast.organiser, at=m.VOTE_OPENS)
    assert vote(cast).gate_released_at is None


def test_a_condition_of_another_app_holds_the_gate(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    stage, missing = locked(cast), [Reason("coaching", "2 个项目还没有约定辅导。", url="/coaching/")]
    monkeypatch.setattr(gates, "_conditions", {})
    gates.register("public_vote", lambda edition: missing if edition == cast.edition else [])
    with pytest.raises(Blocked) as refused:
        release_gate(stage=stage, actor=cast.organiser, at=m.VOTE_OPENS)
    assert refused.value.reasons == missing
    assert vote(cast).gate_released_at is None
    missing.clear()
    release_gate(stage=stage, actor=cast.organiser, at=m.VOTE_OPENS)
    assert vote(cast).gate_released_at == m.VOTE_OPENS


def test_a_condition_is_asked_once_and_for_its_own_stage_only(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def always(edition: Edition) -> list[Reason]:
        return [Reason("x", "缺")]

    monkeypatch.setattr(gates, "_conditions", {})
    gates.register("final", always)
    gates.register("final", always)
    assert gates.unmet("final", cast.edition) == [Reason("x", "缺")]
    assert gates.unmet("public_vote", cast.edition) == []


def test_a_pause_shuts_the_stage_and_moves_its_end_by_its_length(cast: Cast) -> None:
    paused, resumed = m.DURING_VOTE, m.DURING_VOTE + 3 * HOUR
    pause_stage(stage=vote(cast), reason="核查异常流量", actor=cast.organiser, at=paused)
    view = view_stage(vote(cast), paused)
    assert (view.phase, view.ends_at, view.pause_reason) == ("paused", None, "核查异常流量")
    assert phase(cast, paused - SECOND) == "open"
    resume_stage(stage=vote(cast), reason="核查完成", actor=cast.organiser, at=resumed)
    assert (phase(cast, resumed - SECOND), phase(cast, resumed)) == ("paused", "open")
    end = m.VOTE_CLOSES + 3 * HOUR
    assert view_stage(vote(cast), resumed).ends_at == end
    assert (phase(cast, end - SECOND), phase(cast, end)) == ("open", "closed")


def test_an_extension_names_the_new_end_whatever_pauses_came_before_and_after(cast: Cast) -> None:
    who = cast.organiser
    pause_stage(stage=vote(cast), reason="一", actor=who, at=m.DURING_VOTE)
    resume_stage(stage=vote(cast), reason="一", actor=who, at=m.DURING_VOTE + HOUR)
    until = m.VOTE_CLOSES + 5 * HOUR
    extend_stage(stage=vote(cast), until=until, reason="网络故障", actor=who, at=m.DURING_VOTE + 2 * HOUR)
    assert view_stage(vote(cast), m.DURING_VOTE + 2 * HOUR).ends_at == until
    pause_stage(stage=vote(cast), reason="二", actor=who, at=m.DURING_VOTE + 3 * HOUR)
    resume_stage(stage=vote(cast), reason="二", actor=who, at=m.DURING_VOTE + 4 * HOUR)
    assert view_stage(vote(cast), m.DURING_VOTE + 4 * HOUR).ends_at == until + HOUR


@pytest.mark.parametrize("until", [m.VOTE_CLOSES, m.VOTE_CLOSES - HOUR])
def test_the_end_never_moves_earlier(cast: Cast, until) -> None:
    with pytest.raises(ExtensionTooShort):
        extend_stage(stage=vote(cast), until=until, reason="早点结束", actor=cast.organiser, at=m.DURING_VOTE)
    assert StageOverride.objects.count() == 0


def test_overrides_need_a_running_stage_and_a_reason(cast: Cast) -> None:
    who, late = cast.organiser, m.VOTE_CLOSES + HOUR
    with pytest.raises(StageNotReady, match="已结束"):
        pause_stage(stage=vote(cast), reason="晚了", actor=who, at=late)
    with pytest.raises(StageNotReady):
        extend_stage(stage=vote(cast), until=late + HOUR, reason="晚了", actor=who, at=late)
    with pytest.raises(StageNotReady):
        resume_stage(stage=vote(cast), reason="没有暂停", actor=who, at=m.DURING_VOTE)
    with pytest.raises(ReasonMissing):
        pause_stage(stage=vote(cast), reason=" ", actor=who, at=m.DURING_VOTE)
    with pytest.raises(StageNotReady, match="推迟"):
        pause_stage(stage=locked(cast), reason="没有放行", actor=who, at=m.DURING_VOTE)
    assert StageOverride.objects.count() == 0


def test_dates_change_before_a_stage_opens_and_confirm_the_preset(cast: Cast) -> None:
    closes = m.VOTE_CLOSES + timedelta(days=2)
    changed = schedule_stage(
        stage=vote(cast), opens_at=m.VOTE_OPENS, closes_at=closes, actor=cast.organiser, at=m.VOTE_OPENS - SECOND
    )
    assert changed.closes_at == closes
    assert PresetConfirmation.objects.filter(edition=cast.edition, key="schedule").count() == 1
    assert AuditEntry.objects.filter(verb="competitions.stage.scheduled").count() == 1


def test_dates_of_an_open_stage_stay(cast: Cast) -> None:
    with pytest.raises(StageOpened):
        schedule_stage(
            stage=vote(cast), opens_at=m.VOTE_OPENS, closes_at=m.VOTE_CLOSES + HOUR, actor=cast.organiser, at=m.VOTE_OPENS
        )
    assert vote(cast).closes_at == m.VOTE_CLOSES
    stage = locked(cast)
    later = (m.VOTE_OPENS + HOUR, m.VOTE_CLOSES)
    schedule_stage(stage=stage, opens_at=later[0], closes_at=later[1], actor=cast.organiser, at=m.VOTE_OPENS)
    assert vote(cast).opens_at == later[0]


def test_stages_of_a_public_edition_stay_in_order(cast: Cast) -> None:
    windows = {"final": (m.COACHING_OPENS - HOUR, m.FINAL_CLOSES), "notice": (m.FINAL_OPENS, m.NOTICE_CLOSES)}
    with pytest.raises(ScheduleWrong, match="决赛的截止时间不能晚于公示的开始时间"):
        schedule_stages(edition=cast.edition, windows=windows, actor=cast.organiser, at=m.SET_UP)
    assert find_stage(cast.edition, "notice").opens_at == m.NOTICE_OPENS
    Edition.objects.filter(pk=cast.edition.pk).update(published_at=None)
    schedule_stages(edition=cast.edition, windows=windows, actor=cast.organiser, at=m.SET_UP)
    with pytest.raises(ScheduleWrong, match="截止时间须晚于开始时间"):
        schedule_stage(
            stage=vote(cast), opens_at=m.VOTE_CLOSES, closes_at=m.VOTE_OPENS, actor=cast.organiser, at=m.SET_UP
        )


def test_the_stage_people_are_told_about(cast: Cast, django_assert_num_queries) -> None:
    def kind(at) -> str | None:
        view = current_stage(schedule(cast.edition, at))
        return view.stage.kind if view else None

    assert kind(m.SET_UP) == "registration"
    assert kind(m.DURING_VOTE) == "public_vote"
    assert kind(m.DURING_PRELIMINARY) == "preliminary"
    assert kind(m.NOTICE_CLOSES) is None
    Stage.objects.filter(edition=cast.edition, kind="coaching").update(gate_released_at=None)
    assert kind(m.DURING_COACHING) == "coaching"
    with django_assert_num_queries(2):
        schedule(cast.edition, m.SET_UP)
