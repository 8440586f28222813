"""Objections as pages show them, and how many there are without saying whose."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.pure.email import normalize_email
from accounts.pure.mobile import normalize_mobile
from competitions.models import Edition, Round
from core.text import fold_code
from results.models import Notice, Objection, ObjectionParty
from results.states import ANSWERED, DECLINED, DISMISSED, FILED, INVESTIGATING, SETTLED, UPHELD, WITHDRAWN


@dataclass(frozen=True, slots=True)
class ObjectionCounts:
    """How many were filed, and what became of them; `upheld` and `dismissed` also count those answered."""

    filed: int
    waiting: int
    declined: int
    investigating: int
    upheld: int
    dismissed: int
    answered: int
    withdrawn: int

    @property
    def open(self) -> int:
        return self.filed - self.declined - self.answered - self.withdrawn


def objection_counts(objections: QuerySet[Objection]) -> ObjectionCounts:
    """Numbers without persons. An answered objection is counted as upheld when it had an effect on file."""
    rows = list(objections.values_list("state", "effect"))
    states = Counter(state for state, _ in rows)
    answered_upheld = sum(state == ANSWERED and bool(effect) for state, effect in rows)
    return ObjectionCounts(
        filed=len(rows),
        waiting=states[FILED],
        declined=states[DECLINED],
        investigating=states[INVESTIGATING],
        upheld=states[UPHELD] + answered_upheld,
        dismissed=states[DISMISSED] + states[ANSWERED] - answered_upheld,
        answered=states[ANSWERED],
        withdrawn=states[WITHDRAWN],
    )


def open_objections(notice: Notice) -> QuerySet[Objection]:
    """Those that hold the notice open."""
    return Objection.objects.filter(notice=notice).exclude(state__in=SETTLED)


def open_in_edition(edition: Edition) -> QuerySet[Objection]:
    """Those that are not settled, of all notices."""
    return Objection.objects.filter(edition=edition).exclude(state__in=SETTLED)


def open_in_round(round: Round) -> QuerySet[Objection]:
    """Those to any version of the round's result: certificates wait for them."""
    return Objection.objects.filter(notice__result__round=round).exclude(state__in=SETTLED)


def reasons_to_keep_voters(edition: Edition) -> list[str]:
    """Why the voters of an edition must still be known: an objection may turn on a vote until it is settled."""
    unsettled = open_in_edition(edition).count()
    return [f"还有 {unsettled} 项异议没有办结。"] if unsettled else []


def found_by(edition: Edition, number: str, contact: str) -> Objection | None:
    """The objection with this acknowledgement number, for whoever knows the mobile or the mail address it was filed with."""
    code = fold_code(number)
    for one in Objection.objects.filter(edition=edition).select_related("party"):
        if fold_code(one.number) == code:
            return one if is_contact_of(one, contact) else None
    return None


def is_contact_of(objection: Objection, contact: str) -> bool:
    """Whether `contact` is the mobile or the mail address of whoever filed it; never once those were deleted."""
    party = ObjectionParty.objects.filter(objection=objection).first()
    if party is None:
        return False
    mobile, email = normalize_mobile(contact), normalize_email(contact)
    return (mobile.is_valid and mobile.canonical == party.mobile) or (
        email.is_valid and email.canonical.casefold() == party.email.casefold()
    )
