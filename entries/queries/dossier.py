"""Everything that belongs to one entry, read once: five small queries whatever its size."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from competitions.models import EntryRules, Group
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
    def review(self) -> FormalityReview | None:
        """The review that returned the entry, while it is returned."""
        return open_return(self.entry)


def open_dossier(entry: Entry) -> Dossier:
    """Reads what belongs to `entry`."""
    applicants = list(entry.applicants.select_related("organisation"))
    return Dossier(
        entry=entry,
        rules=EntryRules.objects.get(edition_id=entry.edition_id),
        applicants=sorted(applicants, key=lambda one: (one.part != EntryApplicant.Part.LEAD, one.pk)),
        assets=list(entry.assets.all()),
        files=list(entry.attachments.all()),
        groups=list(Group.objects.filter(track_id=entry.track_id)) if entry.track_id else [],
    )


def open_return(entry: Entry) -> FormalityReview | None:
    """The latest review with its comments when it returned the entry and nothing has been filed since."""
    if entry.state != states.RETURNED:
        return None
    returned = entry.reviews.filter(decision=FormalityReview.Decision.RETURN).prefetch_related("comments")
    return returned.order_by("-sequence").first()
