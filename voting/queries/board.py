"""What the public sees of the count while the vote runs: never more than the edition's board policy says.

During the vote and until the final tally the board counts every accepted vote, so that a cheat does not learn which ones were
found out; afterwards it shows the final tally.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count

from competitions.models import Edition
from competitions.pure.vote_settings import DAILY, DELAYED, HIDDEN, LIVE, ORDER, BoardPolicy
from core import clock
from core.memory import Memory
from voting.models import Ballot
from voting.queries.campaign import Schedule, is_final, vote_schedule, vote_settings
from voting.queries.tally import final_tally

LIVE_STEP = timedelta(seconds=2)
_memory = Memory(size=16)


@dataclass(frozen=True, slots=True)
class Board:
    """The figures of one moment. `votes`: entry primary key → votes, or None when the policy shows none.

    `as_of`: the moment they hold for; `note`: the policy in a sentence; `is_final`: two persons approved them;
    `order`: entry primary keys by votes, when the policy shows only the order.
    """

    votes: dict[int, int] | None
    as_of: datetime
    note: str
    is_final: bool = False
    order: tuple[int, ...] = ()
    total: int | None = field(default=None)

    def of(self, entry_id: int) -> int | None:
        """Votes of an entry as shown: 0 when nobody voted for it, None when figures are hidden."""
        return None if self.votes is None else self.votes.get(entry_id, 0)


def board(edition: Edition, at: datetime, schedule: Schedule | None = None) -> Board:
    """The board at `at`. Figures of one moment are counted once a process (a GROUP BY), then remembered.

    `schedule` spares two queries to a page that has read it.
    """
    if is_final(edition):
        votes = final_tally(edition)
        return Board(votes, at, "票数已核查并经两人批准，为最终票数。", is_final=True, total=sum(votes.values()))
    settings, schedule = vote_settings(edition), schedule or vote_schedule(edition)
    if settings is None or schedule is None or not schedule.has_opened(at):
        return Board(None, at, "投票尚未开始。")
    policy, moment = settings.board, _as_of(settings.board, schedule, at)
    if moment is None:
        hidden = f"截止前 {policy.hours} 小时起不再显示票数，结束核查后公布。"
        return Board(None, at, hidden)
    votes = _memory.recall((edition.pk, moment), lambda: _count(edition, moment))
    if policy.policy == ORDER:
        order = tuple(sorted(votes, key=lambda entry_id: -votes[entry_id]))
        return Board(None, moment, policy.sentence(), order=order)
    note = policy.sentence() if schedule.window.is_open(at) else "投票已截止，票数正在核查，最终票数以公布为准。"
    return Board(votes, moment, note, total=sum(votes.values()))


def entries_shown_until(edition: Edition, at: datetime) -> datetime | None:
    """Votes cast before this moment may be published one by one; None when the board shows no figures at all."""
    settings, schedule = vote_settings(edition), vote_schedule(edition)
    if settings is None or schedule is None or not schedule.has_opened(at) or settings.board.policy == ORDER:
        return None
    return _as_of(settings.board, schedule, at)


def voter_count(edition: Edition, at: datetime) -> int:
    """How many voters took part so far, as of the last ten minutes."""
    moment = _floor(at, timedelta(minutes=10))
    cast = Ballot.objects.filter(edition=edition, cast_at__lt=moment)
    counted = _memory.recall(
        ("voters", edition.pk, moment), lambda: (cast.aggregate(count=Count("voter_tag", distinct=True))["count"],)
    )
    return counted[0]


def _as_of(policy: BoardPolicy, schedule: Schedule, at: datetime) -> datetime | None:
    """The moment whose count may be shown at `at`; None when nothing may."""
    ends_at = schedule.ends_at
    if policy.policy == HIDDEN and at >= (ends_at or schedule.closes_at) - timedelta(hours=policy.hours):
        return None
    if policy.policy == LIVE:
        return _floor(at, LIVE_STEP)
    if policy.policy == DAILY:
        renewed = clock.local(at).replace(hour=policy.hour, minute=0, second=0, microsecond=0)
        return renewed if renewed <= at else renewed - timedelta(days=1)
    minutes = policy.minutes if policy.policy in (DELAYED, HIDDEN, ORDER) else 0
    return _floor(at, timedelta(minutes=minutes) if minutes else LIVE_STEP)


def _floor(at: datetime, step: timedelta) -> datetime:
    start = clock.local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return start + (at - start) // step * step


def _count(edition: Edition, moment: datetime) -> dict[int, int]:
    cast = Ballot.objects.filter(edition=edition, cast_at__lt=moment, entry__state="accepted")
    return dict(cast.order_by().values_list("entry_id").annotate(votes=Count("pk")))
