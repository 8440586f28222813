"""Whether the patents or the title of an entry stand in another one, of this edition or an earlier one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F

from entries import states
from entries.models import Entry, EntryApplicant
from entries.pure.similarity import ALIKE, similarity
from entries.queries.dossier import Dossier

HINTS = 5  # similar titles named


@dataclass(frozen=True, slots=True)
class Repeat:
    """A patent that stands in another submitted entry; `is_own` when an applicant of this entry takes part in that one."""

    place: int
    number: str
    other: Entry
    is_own: bool
    is_this_edition: bool

    @property
    def where(self) -> str:
        """本届项目“047 …”, 2025 年江高赛的项目“…”."""
        edition = "本届" if self.is_this_edition else f"{self.other.edition.short_name}的"
        return f"{edition}项目“{f'{self.other.code} {self.other.title}'.strip()}”"


@dataclass(frozen=True, slots=True)
class Likeness:
    """What an entry has in common with others: `repeats` of its patents, `similar` titles (0–100, entry)."""

    repeats: list[Repeat]
    similar: list[tuple[int, Entry]]


def likenesses(dossiers: Sequence[Dossier]) -> dict[int, Likeness]:
    """By entry, in as many questions for thirty as for one."""
    repeats, similar = repeats_of(dossiers), similar_to(dossiers)
    return {one.entry.pk: Likeness(repeats[one.entry.pk], similar[one.entry.pk]) for one in dossiers}


def repeated_patents(dossier: Dossier) -> list[Repeat]:
    """Every patent of the entry that another entry, submitted and not withdrawn or rejected, has too."""
    return repeats_of([dossier])[dossier.entry.pk]


def repeats_of(dossiers: Sequence[Dossier]) -> dict[int, list[Repeat]]:
    """The same for each of `dossiers`."""
    numbers = {asset.number for one in dossiers for asset in one.assets if asset.number}
    rows = EntryApplicant.objects.filter(entry__state__in=states.COUNTED, entry__assets__number__in=numbers)
    rows = rows.annotate(patent=F("entry__assets__number")).select_related("entry__edition", "organisation")
    found: dict[str, dict[int, list[EntryApplicant]]] = defaultdict(lambda: defaultdict(list))
    for row in rows.order_by("entry_id", "pk"):
        found[row.patent][row.entry_id].append(row)
    return {one.entry.pk: list(_repeats(one, found)) for one in dossiers}


def _repeats(dossier: Dossier, found: dict[str, dict[int, list[EntryApplicant]]]) -> Iterator[Repeat]:
    places = {one.number: place for place, one in enumerate(dossier.assets, start=1) if one.number}
    own = {one.organisation_id for one in dossier.applicants}
    codes = {one.organisation.uscc for one in dossier.applicants if one.organisation.uscc}
    for number in sorted(places.keys() & found.keys()):
        for pk, parties in found[number].items():
            if pk == dossier.entry.pk:
                continue
            # An organisation of this entry takes part in that one, by itself or under its credit code.
            is_own = any(one.organisation_id in own or one.organisation.uscc in codes for one in parties)
            other = parties[0].entry
            yield Repeat(places[number], number, other, is_own, other.edition_id == dossier.entry.edition_id)


def similar_entries(dossier: Dossier) -> list[tuple[int, Entry]]:
    """(0–100, entry): submitted entries of the edition whose title is much like this one's, the likest first."""
    return similar_to([dossier])[dossier.entry.pk]


def similar_to(dossiers: Sequence[Dossier]) -> dict[int, list[tuple[int, Entry]]]:
    """The same for each of `dossiers`."""
    editions = {one.entry.edition_id for one in dossiers}
    others = Entry.objects.filter(edition__in=editions, state__in=states.COUNTED).only("pk", "title", "number", "edition_id")
    return {one.entry.pk: _likest(one.entry, others) for one in dossiers}


def _likest(entry: Entry, others: Iterable[Entry]) -> list[tuple[int, Entry]]:
    scored = [(similarity(entry.title, one.title), one) for one in others if one.pk != entry.pk and one.edition_id == entry.edition_id]
    return sorted((pair for pair in scored if pair[0] >= ALIKE), key=lambda pair: (-pair[0], pair[1].pk))[:HINTS]


def own_repeats(dossier: Dossier) -> list[str]:
    """For the applicant: patents they have entered before. What others have entered is the examiner's business."""
    return [
        f"第 {one.place} 件（{one.number}）你单位在{one.where}里也报过，请确认不是同一项目重复申报。"
        for one in repeated_patents(dossier)
        if one.is_own
    ]
