"""Appeals, for the committee and on the entrant's home page."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from accounts.home_sections import Card
from accounts.models import Membership, User
from competitions.models import Edition
from entries.models import Entry
from voting.models import LedgerLeaf, VoteAppeal
from voting.queries.case_report import removed_votes


def appeals_of(edition: Edition) -> QuerySet[VoteAppeal]:
    """All appeals of an edition, those without an answer first."""
    found = VoteAppeal.objects.filter(entry__edition=edition).select_related("entry", "filed_by", "answered_by")
    return found.order_by("answered_at", "-filed_at")


def appeal_cards(user: User, at: datetime) -> list[Card]:
    """Entries of the person's organisations that lost votes: after the final tally only."""
    final = LedgerLeaf.objects.filter(kind=LedgerLeaf.Kind.FINAL).values("edition_id")
    mine = Membership.objects.filter(user=user).values("organisation_id")
    entries = Entry.objects.filter(
        edition_id__in=final, number__isnull=False, applicants__organisation_id__in=mine, applicants__joined_at__isnull=False
    )
    cards = []
    for entry in entries.select_related("edition").distinct():
        lost = sum(one.votes for one in removed_votes(entry.edition) if one.entry == entry.code)
        if lost:
            line = f"经核查有 {lost} 票未计入，对此有异议可以申诉"
            cards.append(Card(f"{entry.code} 号 {entry.title}", reverse("voting:own-votes", args=[entry.public_id]), "查看票数核查", (line,)))
    return cards
