"""Everything that belongs to an entry, read once: five small queries whatever its size, and whatever the number of entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import QuerySet

from competitions.models import EntryRules, Group, Round
from entries import states
from entries.models import Attachment, Entry, EntryApplicant, FormalityReview, IPAsset


@dataclass
class Dossier:
    """An entry with its applicants (the lead first), patents, files and the rules of its edition."""

    entry: Entry
    rules: EntryRules
    applicants: list[EntryApplicant]
    assets: list[IPAsset]
    files: list[Attachment]
    groups: list[Group] = field(default_factory=list)

    @property
    def lead(self) -> EntryApplicant:
        return self.applicants[0]

    @property
    def joint(self) -> list[EntryApplicant]:
        return self.applicants[1:]

    @cached_property
    def has_blind_round(self) -> bool:
        """Whether judges of some round of the edition must not learn who applies."""
        return bool(blind_editions([self]))

    @cached_property
    def led_elsewhere(self) -> int:
        """Other entries of the edition that the lead leads and has submitted (not withdrawn or rejected)."""
        return led_elsewhere([self])[self.entry.pk]

    @cached_property
    def review(self) -> FormalityReview | None:
        """The review that returned the entry, while it is returned."""
        return open_return(self.entry)


def open_dossier(entry: Entry) -> Dossier:
    """Reads what belongs to `entry`."""
    return open_dossiers([entry])[0]


def open_dossiers(entries: Sequence[Entry]) -> list[Dossier]:
    """Reads what belongs to each of `entries`, in their order."""
    applicants = _by_entry(entries, EntryApplicant.objects.select_related("organisation", "invitation"))
    rules = {one.edition_id: one for one in EntryRules.objects.filter(edition__in={one.edition_id for one in entries})}
    assets = _by_entry(entries, IPAsset.objects.select_related("certificate"))
    files = _by_entry(entries, Attachment.objects.all())
    tracks = {one.track_id for one in entries if one.track_id}
    groups: dict[int, list[Group]] = defaultdict(list)
    for group in Group.objects.filter(track__in=tracks) if tracks else ():
        groups[group.track_id].append(group)
    return [
        Dossier(
            entry=one,
            rules=rules[one.edition_id],
            applicants=sorted(applicants[one.pk], key=lambda row: (row.part != EntryApplicant.Part.LEAD, row.pk)),
            assets=assets[one.pk],
            files=files[one.pk],
            groups=groups[one.track_id] if one.track_id else [],
        )
        for one in entries
    ]


def blind_editions(dossiers: Iterable[Dossier]) -> set[int]:
    """Those editions of `dossiers` that have a blind round."""
    editions = {one.entry.edition_id for one in dossiers}
    return set(Round.objects.filter(edition__in=editions, is_blind=True).values_list("edition_id", flat=True))


def led_elsewhere(dossiers: Sequence[Dossier]) -> dict[int, int]:
    """By entry: other entries of its edition that its lead leads and has submitted."""
    leads = {one.lead.organisation_id for one in dossiers}
    rows = EntryApplicant.objects.filter(organisation__in=leads, part=EntryApplicant.Part.LEAD, entry__state__in=states.COUNTED)
    found = list(rows.values_list("organisation_id", "entry__edition_id", "entry_id"))
    return {
        one.entry.pk: sum(
            lead == one.lead.organisation_id and edition == one.entry.edition_id and entry != one.entry.pk for lead, edition, entry in found
        )
        for one in dossiers
    }


def _by_entry(entries: Sequence[Entry], rows: QuerySet) -> dict[int, list]:
    """Rows that belong to `entries`, each knowing its entry, in their own order."""
    known, found = {one.pk: one for one in entries}, defaultdict(list)
    for row in rows.filter(entry__in=known):
        row.entry = known[row.entry_id]
        found[row.entry_id].append(row)
    return found


def open_return(entry: Entry) -> FormalityReview | None:
    """The latest review with its comments when it returned the entry and nothing has been filed since."""
    if entry.state != states.RETURNED:
        return None
    returned = entry.reviews.filter(decision=FormalityReview.Decision.RETURN).prefetch_related("comments")
    return returned.order_by("-sequence").first()
