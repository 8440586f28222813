"""Who may not score whom: recorded conflicts, and what the records hint at and nobody has decided yet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Membership, User
from competitions.models import Edition, Round
from core.memory import Memory
from entries.models import Entry
from judging.models import ConflictDismissal, ConflictOfInterest, JudgeProfile, PanelSeat
from judging.pure.conflict import AUTHOR, MEMBER, EntryFacts, Finding, JudgeFacts, find_conflicts, split_names

Key = tuple[int, int]  # judge, entry
_counted = Memory(size=32)


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What the records hint at for a judge and an entry, and that nobody has decided."""

    judge: User
    entry: Entry
    findings: list[Finding]

    @property
    def reason(self) -> str:
        return "；".join(one.sentence for one in self.findings)[:200]


def recorded_conflicts(entry_ids: Iterable[int], judge_ids: Iterable[int]) -> dict[Key, str]:
    """(judge, entry) → reason, of every conflict on record."""
    rows = ConflictOfInterest.objects.filter(entry_id__in=list(entry_ids), judge_id__in=list(judge_ids))
    return {(row.judge_id, row.entry_id): row.reason for row in rows}


def open_suspicions(entries: Iterable[Entry], judges: Iterable[User]) -> list[Suspicion]:
    """What the records show and neither a conflict on record nor a dismissal of all its grounds has settled."""
    listed, people = {one.pk: one for one in entries}, {one.pk: one for one in judges}
    settled = set(recorded_conflicts(listed, people))
    dismissed = {
        (row.judge_id, row.entry_id): set(row.grounds)
        for row in ConflictDismissal.objects.filter(entry_id__in=listed, judge_id__in=people)
    }
    found = []
    for (judge, entry), findings in sorted(_findings(listed, people).items(), key=lambda item: item[0][::-1]):
        is_new = {one.ground for one in findings} - dismissed.get((judge, entry), set())
        if (judge, entry) not in settled and is_new:
            found.append(Suspicion(people[judge], listed[entry], findings))
    return found


def suspicion_count(round: Round, entries: Sequence[Entry], judges: Sequence[User], recorded: int, at: datetime) -> int:
    """How many pairs `open_suspicions` finds beside the `recorded` conflicts. Comparing 1,000 entries with 15 judges takes a
    second, so a process remembers it for a minute, as long as nobody has recorded or dismissed a conflict."""
    people = [one.pk for one in judges]
    dismissed = ConflictDismissal.objects.filter(entry__edition=round.edition_id, judge__in=people).count()
    key = (round.pk, tuple(people), len(entries), recorded, dismissed, at.replace(second=0, microsecond=0))
    return _counted.recall(key, lambda: (len(open_suspicions(entries, judges)),))[0]


def standing_conflicts(entries: Iterable[Entry], judges: Iterable[User]) -> dict[Key, str]:
    """(judge, entry) → reason: conflicts on record and, until somebody has decided, what the records hint at."""
    listed, people = list(entries), list(judges)
    suspected = {(one.judge.pk, one.entry.pk): f"待认定：{one.reason}" for one in open_suspicions(listed, people)}
    return {**suspected, **recorded_conflicts([one.pk for one in listed], [one.pk for one in people])}


def conflict_reason(seat: PanelSeat, entry: Entry) -> str:
    """Why the seat's judge may not score the entry; empty when nothing stands against it."""
    return standing_conflicts([entry], [seat.judge]).get((seat.judge_id, entry.pk), "")


def edition_judges(edition: Edition) -> list[User]:
    """Everybody with a seat in a round of the edition."""
    return list(User.objects.filter(seats__panel__round__edition=edition).distinct().order_by("name", "pk"))


def _findings(entries: dict[int, Entry], judges: dict[int, User]) -> dict[Key, list[Finding]]:
    found: dict[Key, list[Finding]] = defaultdict(list)
    rows = Membership.objects.filter(user_id__in=judges, organisation__applications__entry_id__in=entries)
    for judge, entry, name in rows.values_list("user_id", "organisation__applications__entry_id", "organisation__name"):
        if entry in entries:
            found[judge, entry].append(Finding(MEMBER, name))
    for entry in entries.values():
        if entry.created_by_id in judges:
            found[entry.created_by_id, entry.pk].append(Finding(AUTHOR, ""))
    facts = _entry_facts(entries)
    for judge, person in _judge_facts(judges).items():
        for entry_id, known in facts.items():
            if shared := find_conflicts(person, known):
                found[judge, entry_id] += shared
    return {key: sorted(set(value)) for key, value in found.items()}


def _judge_facts(judges: dict[int, User]) -> dict[int, JudgeFacts]:
    profiles = JudgeProfile.objects.in_bulk(list(judges))
    return {pk: _person(user, profiles.get(pk)) for pk, user in judges.items()}


def _person(user: User, profile: JudgeProfile | None) -> JudgeFacts:
    return JudgeFacts(
        name=user.name,
        employer=profile.employer if profile else "",
        past_employers=tuple(profile.past_employers.splitlines()) if profile else (),
        contacts=frozenset(one for one in (user.email, user.mobile) if one),
    )


def _entry_facts(entries: dict[int, Entry]) -> dict[int, EntryFacts]:
    loaded = Entry.objects.filter(pk__in=entries).select_related("details").prefetch_related("assets", "applicants__organisation")
    found = {}
    for entry in loaded:
        bodies = [one.organisation for one in entry.applicants.all()]
        assets = list(entry.assets.all())
        found[entry.pk] = EntryFacts(
            bodies=tuple(
                [one.name for one in bodies]
                + [name for one in assets for name in split_names(one.owners)]
                + (split_names(entry.details.agency) if hasattr(entry, "details") else [])
            ),
            inventors=tuple(name for one in assets for name in split_names(one.inventors)),
            contacts=frozenset(text for one in bodies for text in (one.contact_email, one.contact_mobile) if text),
        )
    return found
