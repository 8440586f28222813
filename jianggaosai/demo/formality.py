"""The examiner passes the projects; some go back for correction first."""

from __future__ import annotations

from datetime import timedelta

from entries.actions.assignment import assign_entry, spread_entries
from entries.actions.decision import accept_entry, return_entry
from entries.actions.entry import save_entry
from entries.actions.formality import pick_up_entry
from entries.actions.submission import resubmit_entry
from entries.models import Entry
from jianggaosai.demo.world import World

RETURNED = 7
ASSIGNED = 12  # given to the examiner by name; while the stage runs, all that wait are
COMMENT = ("summary", "公开简介请写明已验证的技术效果，并与申报书一致。")


def examine_everybody(world: World) -> None:
    """Every project is accepted, seven of them after a correction. While the stage runs, the queue is half done and
    the demo applicant's own project (the first) is back with its applicant."""
    order = list(world.entries)
    world.random.shuffle(order)
    is_over = world.calendar.reached("voting")
    own = world.entries[0]
    order.remove(own)
    done = order if is_over else order[: len(order) // 2]
    for entry in done[:ASSIGNED]:
        assign_entry(entry=entry, examiner=world.staff["examiner"], actor=world.staff["organiser"], at=world.calendar.within("formality", 0.03))
    for index, entry in enumerate(done):
        _examine(world, entry, 0.05 + 0.5 * index / len(done), is_corrected=index < RETURNED)
        world.tell("形式审查", index + 1, len(done))
    _return(world, own, 0.6)
    if is_over:
        _correct(world, own, 0.8)
        _accept(world, own, 0.9)
    else:
        spread_entries(edition=world.edition, actor=world.staff["organiser"], at=world.calendar.within("formality", 0.9))
    world.entries = [Entry.objects.get(pk=entry.pk) for entry in world.entries]


def _examine(world: World, entry: Entry, part: float, *, is_corrected: bool) -> None:
    if is_corrected:
        _return(world, entry, part)
        _correct(world, entry, part + 0.2)
        part += 0.3
    _accept(world, entry, part)


def _accept(world: World, entry: Entry, part: float) -> None:
    examiner, at = world.staff["examiner"], world.calendar.within("formality", part)
    pick_up_entry(entry=entry, actor=examiner, at=at)
    accept_entry(entry=entry, actor=examiner, at=at + timedelta(minutes=12))


def _return(world: World, entry: Entry, part: float) -> None:
    examiner, at = world.staff["examiner"], world.calendar.within("formality", part)
    pick_up_entry(entry=entry, actor=examiner, at=at)
    due_at = at + timedelta(days=5)
    return_entry(entry=entry, comments=[COMMENT], note="请按意见修改后重新提交。", due_at=due_at, actor=examiner, at=at)


def _correct(world: World, entry: Entry, part: float) -> None:
    at = world.calendar.within("formality", part)
    entry.refresh_from_db()
    values = {"summary": entry.summary + "示范产线连续运行 3 个月，良率提高 4 个百分点。"}
    actor = entry.created_by
    entry = save_entry(entry=entry, version=entry.version, values=values, actor=actor, at=at)
    resubmit_entry(entry=entry, actor=actor, at=at)
