from __future__ import annotations

import pytest

from competitions.queries.schedule import schedule
from entries import states
from entries.actions.submission import submit_entry
from entries.actions.transition import advance
from entries.models import Entry
from entries.queries.dossier import open_dossier
from entries.queries.grouping import computed_group
from entries.queries.progress import progress, timeline
from tests.entries.returned import return_entry_with
from tests.factories import moments

AT = moments.DURING_REGISTRATION


def states_of(entry: Entry, at=AT, due_at=None) -> list[str]:
    return [step["state"] for step in progress(entry, schedule(entry.edition, at), due_at)]


def test_a_draft_stands_at_the_registration(empty_draft):
    steps = progress(empty_draft, schedule(empty_draft.edition, AT), None)

    assert [step["label"] for step in steps] == ["提交报名", "形式审查", "网络投票", "初赛评审", "决赛路演"]
    assert [step["state"] for step in steps] == ["now", "next", "next", "next", "next"]
    assert steps[0]["hint"] == "8月31日 18:00 截止"


def test_the_way_goes_on_with_the_entry(cast, draft):
    submit_entry(entry=draft, actor=cast.applicant, at=AT)
    draft.refresh_from_db()
    assert states_of(draft) == ["done", "now", "next", "next", "next"]

    review = return_entry_with(draft, cast)
    assert states_of(draft, due_at=review.due_at)[:2] == ["done", "warn"]

    draft.state, draft.number, draft.accepted_at = states.ACCEPTED, 1, moments.DURING_FORMALITY
    assert states_of(draft, moments.DURING_VOTE) == ["done", "done", "now", "now", "next"]


@pytest.mark.parametrize("state", [states.REJECTED, states.WITHDRAWN])
def test_an_entry_that_is_out_does_not_go_on(draft, state):
    draft.state = state
    assert states_of(draft, moments.DURING_VOTE)[2:] == ["next", "next", "next"]


def test_the_timeline_is_newest_first_and_names_no_examiner(cast, draft):
    submit_entry(entry=draft, actor=cast.applicant, at=AT)
    advance(draft, "pick_up", actor=cast.examiner, at=moments.DURING_FORMALITY)

    events = timeline(draft)
    assert [event["what"] for event in events] == ["开始审查", "提交", "创建草稿"]
    assert [event.get("who", "") for event in events] == ["组委会", "丁工", ""]
    assert events[0]["now"] is True


def test_a_team_is_grouped_as_people_without_revenue(cast, draft):
    cast.organisation.kind = "team"
    cast.organisation.save()

    finding = computed_group(open_dossier(draft))
    assert (finding.code, finding.name, finding.fault) == ("startup", "初创组", "")


def test_without_revenue_there_is_a_sentence_and_no_group(empty_draft):
    finding = computed_group(open_dossier(empty_draft))

    assert (finding.code, finding.group) == ("", None)
    assert "营业收入" in finding.fault
