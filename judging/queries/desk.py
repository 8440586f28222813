"""What the operator of the stage sees: running order, the moves possible now, and who has submitted. Never a mark."""

from __future__ import annotations

from dataclasses import dataclass, field

from competitions.models import Group, Round
from core.errors import Reason, Refusal
from entries.models import Entry
from judging import states
from judging.models import Assignment, Deck, PanelSeat, RoadshowRoom, RoadshowSlot
from judging.queries.assignment import panel_seats
from judging.queries.draw import current_draws
from judging.queries.finalist import newest_deck
from judging.queries.live import on_stage, round_room
from judging.queries.progress import word_of
from judging.queries.roadshow import closing_gap, room_slots, strikes_out
from judging.queries.screen import milliseconds, state_number

FORWARD = ("start_talk", "start_answers", "open_scoring", "close_scoring", "reveal", "reveal_next", "finish")
BACK = ("back_to_waiting", "back_to_talk", "back_to_answers", "reveal_back", "undo_reveal")
NEXT_STEP = {1: "划去最高分和最低分", 2: "亮出得分", 3: "亮出名次"}
SHOWN = {1: "各评委评分", 2: "去掉的最高分和最低分", 3: "得分", 4: "本组名次"}
WORDS = {
    "start_talk": "开始路演",
    "reveal": "亮分",
    "reveal_back": "退回一步",
    "undo_reveal": "撤销亮分",
    "finish": "结束本项目",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A button of the desk: verb of the slot table, words, whether it is the one to press next."""

    verb: str
    label: str
    is_next: bool

    @property
    def is_held(self) -> bool:
        """The chief judge's stop holds this step."""
        return self.verb in states.HELD_VERBS


@dataclass(frozen=True, slots=True)
class JudgeLine:
    """A seat; `word` is empty, draft, locked, recused or "" (does not judge the entrant)."""

    seat: PanelSeat
    word: str

    @property
    def is_awaited(self) -> bool:
        return self.seat.is_present and self.word in (states.EMPTY, states.DRAFT)


@dataclass(slots=True)
class Desk:
    """Everything of one moment; `number` moves with every change."""

    room: RoadshowRoom
    number: int
    slots: list[RoadshowSlot]
    current: RoadshowSlot | None
    following: RoadshowSlot | None
    judges: list[JudgeLine]
    steps: list[Step] = field(default_factory=list)
    deck: Deck | None = None

    @property
    def subject(self) -> RoadshowSlot | None:
        """Who the buttons are about: the entrant on stage, else the next one."""
        return self.current or self.following

    @property
    def forward(self) -> list[Step]:
        return [step for step in self.steps if step.verb in FORWARD]

    @property
    def back(self) -> list[Step]:
        return [step for step in self.steps if step.verb in BACK]

    @property
    def awaited(self) -> list[PanelSeat]:
        """Present judges who have not submitted."""
        return [line.seat for line in self.judges if line.is_awaited] if self.current else []

    @property
    def locked_count(self) -> int:
        return sum(1 for line in self.judges if line.word == states.LOCKED)

    @property
    def due_count(self) -> int:
        return self.locked_count + len(self.awaited)

    @property
    def here_count(self) -> int:
        """Entrants who have checked in."""
        return sum(1 for slot in self.slots if slot.checked_in_at is not None)

    @property
    def gap(self) -> Refusal | None:
        """Why the operator cannot close the marks now."""
        if self.current is None or self.current.state != states.SCORING:
            return None
        return closing_gap(self.room.round, self.awaited, self.locked_count)

    @property
    def shown(self) -> str:
        """What the hall sees of a reveal."""
        return SHOWN.get(self.current.reveal_step, "") if self.current else ""

    @property
    def phase_ms(self) -> int | None:
        """When the present phase began, as a browser counts it."""
        return milliseconds(self.current.phase_at) if self.current else None

    @property
    def length(self) -> int:
        """Seconds of the present phase; 0 where the clock counts up."""
        lengths = {states.TALK: self.room.round.talk_seconds, states.ANSWERS: self.room.round.answer_seconds}
        return lengths.get(self.current.state, 0) if self.current else 0


def find_desk(round: Round) -> Desk | None:
    """The desk of an opened room; None before."""
    room = round_room(round)
    if room is None:
        return None
    slots = room_slots(round.pk)
    current = on_stage(room)
    following = next((slot for slot in slots if slot.state == states.WAITING), None)
    desk = Desk(room, state_number(room), slots, current, following, judge_lines(round, current))
    desk.steps = _steps(desk.subject, round)
    desk.deck = newest_deck(round, desk.subject.entry) if desk.subject else None
    return desk


def judge_lines(round: Round, slot: RoadshowSlot | None) -> list[JudgeLine]:
    """Every seat with how far its sheet of the entrant on stage is."""
    rows = Assignment.objects.filter(seat__panel__round=round, entry_id=slot.entry_id) if slot else Assignment.objects.none()
    words = {row.seat_id: word_of(row) for row in rows.exclude(state=states.WITHDRAWN).select_related("sheet")}
    return [JudgeLine(seat, words.get(seat.pk, "")) for seat in panel_seats(round)]


def finalists_by_group(round: Round) -> list[tuple[Group, list[Entry]]]:
    """Who takes part in the final, group after group, by number."""
    entries = Entry.objects.filter(assignments__seat__panel__round=round, assignments__state=states.ASSIGNED)
    rows = entries.distinct().select_related("group__track").prefetch_related("applicants__organisation")
    groups: dict[int, tuple[Group, list[Entry]]] = {}
    for entry in rows.order_by("group__track__position", "group__position", "number"):
        if entry.group is not None:
            groups.setdefault(entry.group.pk, (entry.group, []))[1].append(entry)
    return list(groups.values())


def opening_gaps(round: Round) -> list[Reason]:
    """What is missing before the room can be opened."""
    groups = finalists_by_group(round)
    if not groups:
        return [Reason("no_finalists", "还没有入围项目。公布入围名单后，项目会自动分配给决赛全体评委。")]
    placed = {place.entry_id for draw in current_draws(round.pk) for place in draw.positions.all()}
    gaps = []
    for group, entries in groups:
        count = sum(1 for entry in entries if entry.pk not in placed)
        if count:
            gaps.append(Reason("draw_missing", f"{group.name}有 {count} 个项目还没有公布的出场顺序。"))
    return gaps


def _steps(slot: RoadshowSlot | None, round: Round) -> list[Step]:
    """Exactly the moves the table allows now, except the last reveal step's successor."""
    if slot is None:
        return []
    verbs = [verb for verb in (*FORWARD, *BACK) if verb in states.SLOT.verbs_from(slot.state)]
    if slot.reveal_step >= states.REVEAL_STEPS:
        verbs.remove("reveal_next")
    return [Step(verb, _label(verb, slot, round), verb == verbs[0]) for verb in verbs]


def _label(verb: str, slot: RoadshowSlot, round: Round) -> str:
    if verb == "reveal_next":
        step = slot.reveal_step
        return NEXT_STEP[step + 1 if step + 1 == states.STRIKE_STEP and not strikes_out(round) else step]
    return WORDS.get(verb, states.SLOT.moves[verb].label)
