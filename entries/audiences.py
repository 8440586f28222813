"""The applicants an organiser can write to, by the state of their entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from accounts.queries.inbox import confirmed_mobile
from competitions.models import Edition
from core.outbox.audiences import Audience, Recipient
from entries import states
from entries.models import Entry, EntryApplicant

GROUPS = (
    ("entries.all", "全部参赛单位（含草稿）", None),
    ("entries.drafts", "草稿未提交的单位", (states.DRAFT,)),
    ("entries.submitted", "已提交、待审查的单位", (states.SUBMITTED, states.UNDER_REVIEW)),
    ("entries.returned", "退回补正的单位", (states.RETURNED,)),
    ("entries.accepted", "审查通过的单位", (states.ACCEPTED,)),
    ("entries.rejected", "审查未通过的单位", (states.REJECTED,)),
)


def contacts_of(entries: Iterable[Entry]) -> Iterator[Recipient]:
    """The contact of the leading organisation of each entry and whoever began it. A mobile of an account counts once it is
    confirmed."""
    leads = EntryApplicant.objects.filter(entry__in=entries, part=EntryApplicant.Part.LEAD)
    for lead in leads.select_related("organisation", "entry__created_by").order_by("pk"):
        organisation, person = lead.organisation, lead.entry.created_by
        yield Recipient(organisation.name, organisation.contact_email, organisation.contact_mobile)
        yield Recipient(organisation.name, person.email or "", confirmed_mobile(person), has_account=True)


def _people(wanted: tuple[str, ...] | None) -> Callable[[Edition], Iterator[Recipient]]:
    def people(edition: Edition) -> Iterator[Recipient]:
        entries = Entry.objects.filter(edition=edition)
        return contacts_of(entries.filter(state__in=wanted) if wanted else entries.exclude(state=states.WITHDRAWN))

    return people


AUDIENCES = tuple(
    Audience(code, name, _people(wanted), order) for order, (code, name, wanted) in enumerate(GROUPS, start=10)
)
