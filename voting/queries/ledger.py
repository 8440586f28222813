"""Reading the ledger: how long it is, what has not been written into it yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from competitions.models import Edition, StageOverride
from core.once import once
from entries import states
from entries.models import Entry
from voting.models import Ballot, LedgerCheckpoint, LedgerLeaf, VoteCase

SCHEDULE_KINDS = ("pause", "resume", "extend")


@dataclass(frozen=True, slots=True)
class LedgerState:
    """Which of the once-only leaves are there, and how many leaves are sealed."""

    is_open: bool
    is_closed: bool
    is_final: bool
    size: int


def ledger_state(edition: Edition) -> LedgerState:
    """The state of the edition's ledger, in two queries."""
    once = set(
        LedgerLeaf.objects.filter(edition=edition, kind__in=["open", "close", "final"])
        .order_by()
        .values_list("kind", flat=True)
    )
    newest = newest_checkpoint(edition)
    return LedgerState("open" in once, "close" in once, "final" in once, newest.size if newest else 0)


def newest_checkpoint(edition: Edition) -> LedgerCheckpoint | None:
    return once(("checkpoint", edition.pk), LedgerCheckpoint.objects.filter(edition=edition).order_by("-size").first)


def waiting_count(edition: Edition) -> int:
    """Committed ballots that wait for the sealer. Looks only above the settled id, so its cost does not grow with the ledger."""
    newest = newest_checkpoint(edition)
    settled = newest.settled if newest else 0
    return once(
        ("waiting", edition.pk), Ballot.objects.filter(edition=edition, pk__gt=settled, ledger_leaf__isnull=True).count
    )


def unsealed_count(edition: Edition) -> int:
    """Committed ballots that have no leaf yet, whatever their id (an anti-join over all: it also finds what sealing missed)."""
    return Ballot.objects.filter(edition=edition, ledger_leaf__isnull=True).count()


def unwritten_overrides(edition: Edition, until: datetime) -> list[StageOverride]:
    """Pauses, resumptions and extensions of the vote up to `until` that the ledger does not carry yet, oldest first."""
    written = LedgerLeaf.objects.filter(edition=edition, kind__in=SCHEDULE_KINDS).count()
    recorded = StageOverride.objects.filter(stage__edition=edition, stage__kind="public_vote", at__lte=until)
    return list(recorded.order_by("pk")[written:])


def unwritten_withdrawals(edition: Edition, opened_with: list[str], withdrawn: set[str]) -> list[str]:
    """Codes of entries that took part and have since left or been disqualified, without a leaf that says so."""
    gone = Entry.objects.filter(
        edition=edition, number__isnull=False, state__in=[states.WITHDRAWN, states.DISQUALIFIED]
    ).order_by("number")
    return [entry.code for entry in gone if entry.code in opened_with and entry.code not in withdrawn]


def open_cases(edition: Edition) -> list[VoteCase]:
    """Cases nobody has decided yet, oldest first."""
    return [case for case in _cases(edition) if not hasattr(case, "release")]


def released_cases(edition: Edition) -> list[VoteCase]:
    """Cases a second person has released, in order of release."""
    released = [case for case in _cases(edition) if hasattr(case, "release") and case.release.is_released]
    return sorted(released, key=lambda case: (case.release.at, case.pk))


def _cases(edition: Edition) -> list[VoteCase]:
    found = VoteCase.objects.filter(edition=edition).select_related("release").order_by("proposed_at", "pk")
    return once(("vote cases", edition.pk), lambda: list(found))
