"""Who takes part in a round, and as what."""

from __future__ import annotations

from dataclasses import dataclass

from competitions.models import Round
from competitions.queries.schedule import stage_window
from entries import states
from entries.models import Entry, EntryTransition
from judging.models import RoadshowSlot
from judging.queries.marks import criterion_marks
from judging.states import ABSENT
from results.pure.record_input import COMPETING, DECLINED
from results.queries.state import advanced_placings, current_result, previous_round

WITHDRAWN, DISQUALIFIED = "withdrawn", "disqualified"
TOOK_PART = (states.ACCEPTED, states.WITHDRAWN, states.DISQUALIFIED)


@dataclass(frozen=True, slots=True)
class Participant:
    """An entry in a round. `status` is one of the statuses of the record's input (results/pure/record.py)."""

    entry: Entry
    status: str

    @property
    def is_ranked(self) -> bool:
        return self.status in (COMPETING, DECLINED)


def participants(round: Round) -> list[Participant]:
    """Entries of the round in order of their numbers: in the first round all that passed the formality examination,
    later those the published result of the round before lets go on."""
    prior = previous_round(round)
    if prior is None:
        found = Entry.objects.filter(edition=round.edition, number__isnull=False, group__isnull=False, state__in=TOOK_PART)
    else:
        result = current_result(prior)
        chosen = [placing.entry_id for placing in advanced_placings(result)] if result else []
        found = Entry.objects.filter(pk__in=chosen)
    late = _gave_up_after(round)
    if late:
        late &= set(criterion_marks(round))
    absent = set(RoadshowSlot.objects.filter(round=round, state=ABSENT).values_list("entry_id", flat=True))
    entries = found.select_related("group", "track").order_by("number")
    return [Participant(entry, _status(entry, late, absent)) for entry in entries]


def _status(entry: Entry, late: set[int], absent: set[int]) -> str:
    if entry.state == states.DISQUALIFIED:
        return DISQUALIFIED
    if entry.pk in absent:
        return WITHDRAWN
    if entry.state == states.WITHDRAWN:
        return DECLINED if entry.pk in late else WITHDRAWN
    return COMPETING


def _gave_up_after(round: Round) -> set[int]:
    """Entries that withdrew only after the round was over: they were judged, and give up what they reached."""
    end = stage_window(round.stage).ends_at
    if end is None:
        return set()
    steps = EntryTransition.objects.filter(entry__edition=round.edition, verb="withdraw", at__gte=end)
    return set(steps.values_list("entry_id", flat=True))
