"""The organiser's decision on a group."""

from __future__ import annotations

import pytest

from competitions.models import Group
from core.audit.models import AuditEntry
from core.errors import NotAllowed, WrongState
from entries import states
from entries.actions.group import override_group
from entries.errors import GroupElsewhere, ReasonNeeded
from entries.models import Entry
from tests.cast import Cast
from tests.entries.dossiers import AT, build_submitted_entry
from tests.factories.entries import build_accepted_entry


@pytest.fixture
def growth(cast: Cast) -> Group:
    return Group.objects.get(track__edition=cast.edition, code="growth")


def test_an_accepted_entry_changes_group_and_keeps_its_number(cast: Cast, growth: Group) -> None:
    entry = build_accepted_entry(cast.edition, 47)
    changed = override_group(entry=entry, group=growth, reason=" 复核后营收超限。 ", actor=cast.organiser, at=AT)

    changed.refresh_from_db()
    assert (changed.number, changed.group, changed.group_reason) == (47, growth, "复核后营收超限。")
    assert changed.group_overridden_by == cast.organiser
    line = AuditEntry.objects.get(verb="entries.entry.regrouped")
    assert line.detail.content["before"] == {"group": "startup", "reason": ""}
    assert line.detail.content["after"] == {"group": "growth", "reason": "复核后营收超限。"}


@pytest.mark.parametrize("who", ["examiner", "auditor", "foreigner", "applicant"])
def test_only_the_organiser_decides(cast: Cast, growth: Group, who: str) -> None:
    entry = build_submitted_entry(cast)
    with pytest.raises(NotAllowed):
        override_group(entry=entry, group=growth, reason="试试", actor=getattr(cast, who), at=AT)
    assert unchanged(entry)


def test_a_reason_is_needed(cast: Cast, growth: Group) -> None:
    entry = build_submitted_entry(cast)
    with pytest.raises(ReasonNeeded):
        override_group(entry=entry, group=growth, reason="  ", actor=cast.organiser, at=AT)
    assert unchanged(entry)


def test_the_group_must_be_another_one_of_the_track(cast: Cast, growth: Group) -> None:
    entry = build_submitted_entry(cast)
    elsewhere = Group.objects.get(track__edition=cast.other_edition, code="growth")
    with pytest.raises(GroupElsewhere, match="不属于这个项目的赛道"):
        override_group(entry=entry, group=elsewhere, reason="换届", actor=cast.organiser, at=AT)
    assert unchanged(entry)

    Entry.objects.filter(pk=entry.pk).update(group=growth)
    with pytest.raises(GroupElsewhere, match="已经在这个组别"):
        override_group(entry=entry, group=growth, reason="再来一次", actor=cast.organiser, at=AT)
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("state", [states.DRAFT, states.REJECTED, states.WITHDRAWN])
def test_what_is_not_in_the_race_stays(cast: Cast, growth: Group, state: str) -> None:
    entry = build_submitted_entry(cast, state=state)
    with pytest.raises(WrongState, match="不能调整组别"):
        override_group(entry=entry, group=growth, reason="太晚", actor=cast.organiser, at=AT)
    assert unchanged(entry)


def unchanged(entry: Entry) -> bool:
    entry.refresh_from_db()
    return (entry.group, entry.group_reason, entry.group_overridden_by, AuditEntry.objects.count()) == (None, "", None, 0)
