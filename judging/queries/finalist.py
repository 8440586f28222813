"""Finalists, their answers and decks, for themselves and for the organiser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from accounts.models import Membership
from competitions.models import Round
from competitions.queries.rule_set import round_rule_set, scored_rounds
from core.once import once
from entries.models import Entry, EntryApplicant
from entries.queries.access import get_entry_for
from judging import states
from judging.models import Assignment, Deck, FinalistReply, FinalTerms
from judging.queries.participants import participants

DECK_LIMIT = 100 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finalist:
    """One entry of the final; `reply` None is the same as not answered."""

    entry: Entry
    reply: FinalistReply | None
    deck: Deck | None

    @property
    def state(self) -> str:
        return self.reply.state if self.reply else states.INVITED

    @property
    def word(self) -> str:
        return states.FINALIST.labels[self.state]


@dataclass(frozen=True, slots=True)
class FinalistBoard:
    """The organiser's picture: who takes part, who gave up, whose deck is in."""

    terms: FinalTerms
    rows: list[Finalist]
    backfills: bool | None

    @property
    def coming(self) -> list[Finalist]:
        return [row for row in self.rows if row.state != states.FORFEITED]

    @property
    def forfeited_count(self) -> int:
        return len(self.rows) - len(self.coming)

    @property
    def deck_count(self) -> int:
        return sum(1 for row in self.coming if row.deck is not None)

    @property
    def answered_count(self) -> int:
        return sum(1 for row in self.rows if row.state != states.INVITED)

    @property
    def late(self) -> list[Finalist]:
        """Whom a reminder would reach: no answer yet, or no deck."""
        return [row for row in self.coming if row.state == states.INVITED or row.deck is None]


def terms_of(round: Round) -> FinalTerms:
    return FinalTerms.objects.filter(round=round).first() or FinalTerms(round=round)


def terms_for(round: Round, reply: FinalistReply | None) -> FinalTerms:
    """The dates that hold for one finalist: its own where it was moved up later, else those of the round."""
    terms = terms_of(round)
    if reply is None:
        return terms
    return FinalTerms(round=round, reply_by=reply.reply_by or terms.reply_by, deck_by=reply.deck_by or terms.deck_by)


def forfeited_ids(round: Round) -> set[int]:
    """Primary keys of the entries that gave up their place in the round; asked once a page for all rounds of the edition."""
    rows = FinalistReply.objects.filter(round__edition=round.edition_id, state=states.FORFEITED)
    found = once(("forfeits", round.edition_id), lambda: list(rows.values_list("round_id", "entry_id")))
    return {entry for one, entry in found if one == round.pk}


def is_backfilled(round: Round) -> bool | None:
    """Whether the rule of the round before lets the next in line move up; None when groups differ or there is no rule."""
    before = [one for one in scored_rounds(round.edition) if one.position < round.position]
    rules = {rule.backfill for _, rule in round_rule_set(before[-1]).advance} if before else set()
    return rules.pop() if len(rules) == 1 else None


def finalist_board(round: Round) -> FinalistBoard:
    """Everybody invited, also who gave the place up since."""
    replies = {reply.entry_id: reply for reply in FinalistReply.objects.filter(round=round)}
    decks: dict[int, Deck] = {}
    for deck in Deck.objects.filter(round=round).order_by("number"):
        decks[deck.entry_id] = deck
    gone = [pk for pk, reply in replies.items() if reply.state == states.FORFEITED]
    entries = {entry.pk: entry for entry in participants(round)}
    entries.update({entry.pk: entry for entry in Entry.objects.filter(pk__in=gone).select_related("group")})
    ordered = sorted(entries.values(), key=lambda one: one.number or 0)
    rows = [Finalist(one, replies.get(one.pk), decks.get(one.pk)) for one in ordered]
    return FinalistBoard(terms_of(round), rows, is_backfilled(round))


def final_of(entry: Entry) -> Round | None:
    """The final the entry is invited to, or was before it gave its place up."""
    held = Assignment.objects.filter(entry=entry, seat__panel__round__kind=Round.Kind.FINAL)
    known = FinalistReply.objects.filter(entry=entry).exists()
    if not known and not held.exclude(state=states.WITHDRAWN).exists():
        return None
    return entry.edition.rounds.filter(kind=Round.Kind.FINAL).select_related("stage", "edition").first()


def get_finalist_for(user: Any, public_id: str, *, to: str) -> tuple[Round, Finalist]:
    """The finalist's own page; 404 for strangers and for entries that are not in a final."""
    entry = get_entry_for(user, public_id, to=to)
    round = final_of(entry)
    if round is None:
        raise Http404
    reply = FinalistReply.objects.filter(round=round, entry=entry).first()
    return round, Finalist(entry, reply, Deck.objects.filter(round=round, entry=entry).first())


def newest_deck(round: Round, entry: Entry) -> Deck | None:
    """The slides that count."""
    return Deck.objects.filter(round=round, entry=entry).order_by("-number").first()


def judges_deck(assignment: Assignment) -> Deck | None:
    """The slides as the judge of an assignment may see them: not before the declaration, not after a recusal, and never in
    a blind round, where they would name everybody."""
    round = assignment.seat.panel.round
    if assignment.seat.declared_at is None or assignment.state != states.ASSIGNED or round.is_blind:
        return None
    return newest_deck(round, assignment.entry) if round.kind == Round.Kind.FINAL else None


def own_finalists(user: Any) -> list[tuple[Entry, Round, Finalist]]:
    """The finalists a person leads through an organisation of theirs."""
    led = EntryApplicant.objects.filter(part="lead", organisation__memberships__user=user).values("entry")
    entries = Entry.objects.filter(pk__in=led, assignments__seat__panel__round__kind=Round.Kind.FINAL).distinct()
    found = []
    for entry in entries.select_related("edition"):
        round = final_of(entry)
        if round is not None:
            reply = FinalistReply.objects.filter(round=round, entry=entry).first()
            found.append((entry, round, Finalist(entry, reply, Deck.objects.filter(round=round, entry=entry).first())))
    return found


def addresses_of(entry: Entry) -> list[str]:
    """Whom mails about the entry reach: the lead's contact, else its members."""
    lead = EntryApplicant.objects.filter(entry=entry, part="lead").select_related("organisation").first()
    if lead is None:
        return []
    if lead.organisation.contact_email:
        return [lead.organisation.contact_email]
    rows = Membership.objects.filter(organisation=lead.organisation, user__email__isnull=False)
    return [email for email in rows.values_list("user__email", flat=True) if email]
