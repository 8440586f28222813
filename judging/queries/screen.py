"""The hall's screen: one full state a poll, with a number that never goes back."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.http import Http404

from competitions.models import Group, Round
from competitions.pure.panel_rule import TRIMMED
from competitions.pure.rule_set import RuleSet
from core.figures import mark
from entries.models import IPAsset
from judging import states
from judging.models import RoadshowRoom, RoadshowSlot, ScoreSheet
from judging.pure.panel import PanelScore
from judging.queries.material import entry_name, entry_title, organisation_names
from judging.queries.roadshow import SeatMark, room_slots, running_ranking, score_of, seat_marks, strikes_out

IDLE = "idle"
MARKS_SHOWN, DROPPED_SHOWN, SCORE_SHOWN, PLACE_SHOWN = 1, 2, 3, 4
COUNTED = {1: "一个", 2: "两个"}
SHEETS_AT_MOST = 1000
State = dict[str, object]


def get_screen_room(slug: str, token: str) -> RoadshowRoom:
    """The room this unguessable address belongs to; 404 otherwise. No sign-in: the hall's computer has none."""
    rooms = RoadshowRoom.objects.filter(screen_token=token, round__edition__slug=slug)
    room = rooms.select_related("round__edition", "current__entry__group").first()
    if room is None:
        raise Http404
    return room


def state_number(room: RoadshowRoom) -> int:
    """Rises with every change the hall, a judge or the desk may see; a client ignores a lower one.

    Between two versions of the room only submitted sheets of the present entrant are added; whatever takes one away
    raises the version.
    """
    return room.version * SHEETS_AT_MOST + _locked_count(room)


def screen_state(room: RoadshowRoom, at: datetime) -> State:
    """Everything the screen shows. Marks appear from the first reveal step on and not a query earlier: `judges` have
    only their seat and whether they are done before it."""
    number = state_number(room)
    slots = room_slots(room.round_id)
    current = _on_stage(room)
    group = room.current.entry.group if room.current else None
    ranking = running_ranking(room.round, slots, group) if group else []
    waiting = _waiting(slots, group, room.round) if group else []
    following = next((slot for slot in slots if slot.state == states.WAITING), None)
    return {
        "number": number,
        "now": milliseconds(at),
        "title": f"{room.round.edition.short_name}{room.round.name}路演",
        "group": group.name if group else "",
        "groups": _group_sizes(slots),
        "phase": room.current.state if room.current else IDLE,
        "phase_at": milliseconds(current.phase_at) if current else None,
        "lengths": {
            "talk": room.round.talk_seconds,
            "answers": room.round.answer_seconds,
            "warn": room.round.warn_seconds,
        },
        "entrant": _entrant(current, slots, room.round) if current else None,
        **_reveal(room.round, current, ranking),
        "ranking": ranking,
        "waiting": waiting,
        "next": _next(following, room.round) if following else None,
        "rule": _rule_line(room.round),
    }


def _on_stage(room: RoadshowRoom) -> RoadshowSlot | None:
    return room.current if room.current and room.current.state in states.LIVE else None


def _locked_count(room: RoadshowRoom) -> int:
    if room.current is None:
        return 0
    sheets = ScoreSheet.objects.filter(
        state=states.LOCKED,
        assignment__state=states.ASSIGNED,
        assignment__entry_id=room.current.entry_id,
        assignment__seat__panel__round_id=room.round_id,
    )
    return min(sheets.count(), SHEETS_AT_MOST - 1)


def _entrant(slot: RoadshowSlot, slots: list[RoadshowSlot], round: Round) -> State:
    entry = slot.entry
    in_group = [one for one in slots if one.entry.group_id == entry.group_id]
    kinds = list(IPAsset.objects.filter(entry=entry).values_list("asset_type", flat=True))
    inventions = kinds.count(IPAsset.Kind.INVENTION)
    return {
        "code": entry.code,
        "short_name": entry_name(entry, round.is_blind),
        "title": entry_title(entry, round.is_blind),
        "organisations": organisation_names(entry, round.is_blind),
        "industry": entry.get_industry_display(),  # type: ignore[attr-defined]
        "patents": f"专利 {len(kinds)} 件" + (f"，发明 {inventions} 件" if inventions else "") if kinds else "",
        "pitch": "" if round.is_blind else entry.pitch,
        "position": next(place for place, one in enumerate(in_group, start=1) if one.pk == slot.pk),
        "count": len(in_group),
    }


def _reveal(round: Round, slot: RoadshowSlot | None, ranking: list[dict[str, object]]) -> State:
    """Judges, score and place as far as the operator has revealed them."""
    hidden: State = {"step": 0, "judges": [], "score": None, "method": "", "place": None}
    if slot is None or slot.state not in (states.SCORING, states.CLOSED, states.REVEALED):
        return hidden
    marks = seat_marks(round.pk, [slot.entry_id])[slot.entry_id]
    step = slot.reveal_step if slot.state == states.REVEALED else 0
    score = score_of(round, marks) if step >= DROPPED_SHOWN else None
    place = next((row["place"] for row in ranking if row["code"] == slot.entry.code), None)
    return {
        "step": step,
        "judges": _judges(marks, step, score if strikes_out(round) else None),
        "score": f"{score.score:.2f}" if score and step >= SCORE_SHOWN else None,
        "method": _method(score) if score and step >= SCORE_SHOWN else "",
        "place": place if step >= PLACE_SHOWN else None,
    }


def _judges(marks: list[SeatMark], step: int, score: PanelScore | None) -> list[State]:
    """One row a seat; absent judges without a mark are left out. Places in `score` count in `marks`."""
    rows: list[State] = []
    for place, (seat, total) in enumerate(marks):
        if total is None and not seat.is_present:
            continue
        row: State = {"seat": seat.number, "done": total is not None}
        if step >= MARKS_SHOWN:
            row["mark"] = _written(total)
        if score is not None:
            row["dropped"] = _dropped(place, score)
        rows.append(row)
    return rows


def _written(total: Decimal | None) -> str | None:
    return None if total is None else mark(total)


def _dropped(place: int, score: PanelScore) -> str:
    if place in score.dropped_high:
        return "high"
    return "low" if place in score.dropped_low else ""


def _method(score: PanelScore) -> str:
    if score.method != TRIMMED:
        return f"{len(score.kept)} 位评委的平均分"
    high, low = _counted(len(score.dropped_high)), _counted(len(score.dropped_low))
    return f"去掉{high}最高分和{low}最低分，取其余 {len(score.kept)} 位评委平均分"


def _rule_line(round: Round) -> str:
    rule = RuleSet.from_dict(round.rules).panel
    if round.plain_mean_reason:
        return "评审得分取全部评委的平均分（评委组长决定，全轮适用）"
    if rule.method != TRIMMED:
        return "评审得分取全部评委的平均分"
    return f"评审得分：去掉{_counted(rule.drop_high)}最高分和{_counted(rule.drop_low)}最低分后取平均"


def _counted(count: int) -> str:
    return COUNTED.get(count, f" {count} 个")


def _next(slot: RoadshowSlot, round: Round) -> State:
    return {
        "code": slot.entry.code,
        "title": entry_title(slot.entry, round.is_blind),
        "group": slot.entry.group.name if slot.entry.group else "",
        "organisations": organisation_names(slot.entry, round.is_blind),
    }


def _waiting(slots: list[RoadshowSlot], group: Group, round: Round) -> list[State]:
    """Who of the group is still to come, with the place in the group's order."""
    in_group = [slot for slot in slots if slot.entry.group_id == group.pk]
    return [
        {"code": slot.entry.code, "name": entry_name(slot.entry, round.is_blind), "position": place}
        for place, slot in enumerate(in_group, start=1)
        if slot.state == states.WAITING
    ]


def _group_sizes(slots: list[RoadshowSlot]) -> list[State]:
    sizes: dict[str, int] = {}
    for slot in slots:
        name = slot.entry.group.name if slot.entry.group else ""
        sizes[name] = sizes.get(name, 0) + 1
    return [{"name": name, "count": count} for name, count in sizes.items()]


def milliseconds(at: datetime | None) -> int | None:
    """The moment as a browser counts it."""
    return None if at is None else int(at.timestamp() * 1000)
