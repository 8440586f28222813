"""Who takes part in a round, and as what."""

from __future__ import annotations

from dataclasses import dataclass

from competitions.models import Round
from competitions.queries.schedule import stage_window
from core.once import once
from entries import states
from entries.models import LONG_TEXTS, Entry, EntryTransition
from judging.queries.finalist import forfeited_ids
from judging.queries.marks import criterion_marks
from judging.queries.participants import absent_ids
from results.pure.record_input import BYE, COMPETING, DECLINED, LEFT, STRUCK
from results.queries.byes import bye_ids
from results.queries.state import advanced_placings, current_result, next_round, previous_round

WITHDRAWN, DISQUALIFIED = "withdrawn", "disqualified"
LEAVING = ("withdraw", "disqualify")
TOOK_PART = (states.ACCEPTED, states.WITHDRAWN, states.DISQUALIFIED)


@dataclass(frozen=True, slots=True)
class Participant:
    """An entry in a round. `status` is one of the statuses of the record's input (results/pure/record.py)."""

    entry: Entry
    status: str

    @property
    def is_ranked(self) -> bool:
        return self.status in (COMPETING, *LEFT)


def participants(round: Round) -> list[Participant]:
    """Entries of the round in order of their numbers: in the first round all that passed the formality examination,
    later those the published result of the round before lets go on. Who gave up the place reached here (弃赛) was judged and
    declines it, and who was disqualified only after the round is struck out: the next in line moves up where the rule says so.
    Read once a page."""
    return once(("ranked", round.pk), lambda: _participants(round))


def _participants(round: Round) -> list[Participant]:
    prior = previous_round(round)
    if prior is None:
        found = Entry.objects.filter(edition=round.edition, number__isnull=False, group__isnull=False, state__in=TOOK_PART)
    else:
        result = current_result(prior)
        chosen = [placing.entry_id for placing in advanced_placings(result)] if result else []
        found = Entry.objects.filter(pk__in=chosen)
    following = next_round(round)
    given_up = forfeited_ids(following) if following else set()
    late = _left_after(round) | given_up
    if late:
        late &= set(criterion_marks(round))
    absent = absent_ids(round) | forfeited_ids(round)
    entries = found.select_related("group", "track").defer(*LONG_TEXTS).order_by("number")
    byes = bye_ids(round)
    return [Participant(entry, _status(entry, late, absent, byes, given_up)) for entry in entries]


def _status(entry: Entry, late: set[int], absent: set[int], byes: set[int], given_up: set[int]) -> str:
    if entry.state == states.DISQUALIFIED:
        return STRUCK if entry.pk in late else DISQUALIFIED
    if entry.pk in absent:
        return WITHDRAWN
    if entry.state == states.WITHDRAWN or entry.pk in given_up:
        return DECLINED if entry.pk in late else WITHDRAWN
    return BYE if entry.pk in byes else COMPETING


def _left_after(round: Round) -> set[int]:
    """Entries that withdrew or were disqualified only after the round was over: they were judged, and leave what they reached."""
    end = stage_window(round.stage).ends_at
    if end is None:
        return set()
    steps = EntryTransition.objects.filter(entry__edition=round.edition, verb__in=LEAVING, at__gte=end)
    return set(steps.values_list("entry_id", flat=True))
