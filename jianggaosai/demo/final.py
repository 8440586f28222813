"""Draw and live final."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from competitions.models import Round
from core.files import PDF, PPTX, check_upload
from jianggaosai.demo.pdf import sample_pdf
from jianggaosai.demo.scoring import lock
from jianggaosai.demo.world import World
from judging.actions.draw import prepare_draw, publish_draw, run_draw
from judging.actions.finalist import accept_place, add_deck, set_terms
from judging.actions.panel import sign_declaration
from judging.actions.roadshow import advance_slot, open_room
from judging.models import Assignment, PanelSeat, RoadshowRoom, RoadshowSlot
from judging.queries.finalist import DECK_LIMIT, finalist_board
from judging.queries.roadshow import room_slots

SOURCES = "开签日前一晚 双色球 开奖号码，按公布顺序的七个两位数，空格分隔"
VALUES = "03 09 14 21 27 30 11"
BEFORE = ["start_talk", "start_answers", "open_scoring"]
AFTER = ["close_scoring", "reveal", "reveal_next", "reveal_next", "reveal_next", "finish"]
DONE_BY_NOW = 5  # entrants that have finished while the final is running


def answer_finalists(world: World) -> None:
    """Finalists answer and hand in their slides in time; the last two are late with them."""
    round_ = world.edition.rounds.get(kind="final")
    at = world.calendar.within("coaching", 0.1)
    end = world.calendar.within("coaching", 0.65)
    set_terms(round=round_, reply_by=end, deck_by=end, actor=world.staff["organiser"], at=at)
    entries = [row.entry for row in finalist_board(round_).rows]
    for index, entry in enumerate(entries):
        owner = world.owners[world.plan.projects[world.index_of(entry)].lead]
        when = at + (end - at) * (index + 1) / (len(entries) + 1)
        accept_place(entry=entry, presenter=owner.name, presenter_title="项目负责人", actor=owner, at=when)
        if index < len(entries) - 2:
            data = SimpleUploadedFile(f"{entry.short_name}路演.pdf", sample_pdf(f"No. {entry.code}", 960, 540), "application/pdf")
            slides = check_upload(data, allowed=(PDF, PPTX), max_size=DECK_LIMIT)
            add_deck(entry=entry, upload=slides, actor=owner, at=when)


def draw_order(world: World) -> None:
    """One computed draw a group, committed to a week before, drawn and published at the end of the coaching."""
    round_ = world.edition.rounds.get(kind="final")
    operator = world.staff["operator"]
    prepared_at = world.calendar.within("coaching", 0.7)
    drawn_at = prepared_at + timedelta(days=7)
    finalists = Assignment.objects.filter(seat__panel__round=round_).values_list("entry_id", flat=True)
    entries = [entry for entry in world.entries if entry.pk in set(finalists)]
    for group in sorted({entry.group for entry in entries if entry.group}, key=lambda one: one.position):
        members = [entry for entry in entries if entry.group_id == group.pk]
        draw = prepare_draw(
            round=round_,
            group=group,
            entries=members,
            method="computed",
            sources_text=SOURCES,
            actor=operator,
            at=prepared_at,
        )
        draw = run_draw(draw=draw, public_values=VALUES, witness="示例公证员", actor=operator, at=drawn_at)
        publish_draw(draw=draw, actor=operator, at=drawn_at)


def hold_final(world: World) -> None:
    """Everybody takes their turn; while the final is running, the sixth entrant is being scored."""
    round_ = world.edition.rounds.get(kind="final")
    opens = world.calendar.opens("final")
    for seat in PanelSeat.objects.filter(panel__round=round_):
        sign_declaration(seat=seat, actor=seat.judge, at=opens)
    open_room(round=round_, actor=world.staff["operator"], at=opens)
    slots = room_slots(round_.pk)
    is_over = world.calendar.reached("notice")
    span = timedelta(minutes=20) if is_over else timedelta(minutes=10)
    turns = slots if is_over else slots[:DONE_BY_NOW]
    for index, slot in enumerate(turns):
        _turn(world, round_, slot, opens + span * index)
        world.tell("决赛路演", index + 1, len(turns))
    if not is_over and len(slots) > DONE_BY_NOW:
        _begin(world, round_, slots[DONE_BY_NOW])


def _turn(world: World, round_: Round, slot: RoadshowSlot, at: datetime) -> None:
    _steps(world, slot, BEFORE, at)
    for assignment in _assignments(round_, slot):
        lock(world, round_, assignment, at)
    _steps(world, slot, AFTER, at + timedelta(minutes=8))


def _begin(world: World, round_: Round, slot: RoadshowSlot) -> None:
    at = world.calendar.now - timedelta(minutes=6)
    _steps(world, slot, BEFORE, at)
    for assignment in _assignments(round_, slot)[:4]:
        lock(world, round_, assignment, at)


def _steps(world: World, slot: RoadshowSlot, verbs: list[str], at: datetime) -> None:
    for verb in verbs:
        version = RoadshowRoom.objects.get(round_id=slot.round_id).version
        advance_slot(slot=slot, verb=verb, version=version, actor=world.staff["operator"], at=at)


def _assignments(round_: Round, slot: RoadshowSlot) -> list[Assignment]:
    found = Assignment.objects.filter(seat__panel__round=round_, entry=slot.entry).select_related("seat__judge", "entry")
    return list(found.order_by("seat__number"))
