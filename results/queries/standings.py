"""A result as people read it: one row an entry with place, parts, total, outcome and what led there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, Prefetch, QuerySet

from competitions.models import Group
from competitions.pure.rule_set import PANEL, TIE_STEPS
from competitions.queries.rule_set import edition_groups
from core.statuses import STATUSES
from entries.models import Entry, EntryApplicant
from results.models import AwardDecision, Certificate, Placing, RoundResult
from results.queries.certificates import Held, held_awards
from results.queries.record import record_of
from results.queries.state import current_result, previous_round

APPLICANTS = Prefetch(
    "entry__applicants",
    queryset=EntryApplicant.objects.filter(joined_at__isnull=False).select_related("organisation"),
)
AWARDS = Prefetch("awards", queryset=AwardDecision.objects.select_related("award_type").order_by("award_type__position"))
PART_NAMES = {PANEL: "评审", "public_vote": "网络投票"}
PART_CSS = {PANEL: "c1", "public_vote": "c2"}


@dataclass(frozen=True, slots=True)
class Part:
    """A weighted part of the total: its `value`, and `product` = value × weight, exact."""

    name: str
    css: str
    weight: Decimal
    value: Decimal
    product: Decimal


@dataclass(frozen=True, slots=True)
class Badge:
    """An award with icon and tone, the note of the decision, and the number of its valid certificate (or empty)."""

    word: str
    icon: str
    tone: str
    note: str
    certificate: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an entry stands. `before` is its placing in the round before; figures it has not are None."""

    placing: Placing
    entry: Entry
    group: Group
    group_name: str
    organisations: str
    awards: tuple[AwardDecision, ...]
    parts: tuple[Part, ...]
    before: Placing | None
    badges: tuple[Badge, ...]

    @property
    def shown_place(self) -> str:
        """2, or 2= where the place is shared; empty for who was not ranked."""
        return f"{self.placing.place or ''}{'=' if self.placing.is_tied else ''}"

    @property
    def votes(self) -> int | None:
        """Valid votes of the round, else those that counted in the round before."""
        if self.placing.votes is not None or self.before is None:
            return self.placing.votes
        return self.before.votes

    @property
    def vote_points(self) -> Decimal | None:
        return self.placing.vote_points

    @property
    def award_names(self) -> str:
        return "、".join(award.award_type.name for award in self.awards)

    @property
    def outcome(self) -> str:
        """What became of the entry in one word: awards, else the outcome of the round."""
        if self.awards or not self.placing.outcome:
            return self.award_names
        return Placing.Outcome(self.placing.outcome).label

    @property
    def decided_by(self) -> str:
        """The step of the tie chain that set it apart, when it was not the total."""
        step = self.placing.decided_by
        return TIE_STEPS[step] if step and step != "total" else ""

    @property
    def composition(self) -> str:
        """The parts in a sentence: 评审 85.50，网络投票 2.50."""
        return "，".join(f"{part.name} {part.product.quantize(Decimal('0.01'))}" for part in self.parts)

    @property
    def bars(self) -> list[dict[str, str]]:
        """The parts as bars on a scale of 100 (components/parts_bar.html)."""
        found, start = [], Decimal(0)
        for part in self.parts:
            found.append({"x": f"{start:f}", "width": f"{part.product:f}", "css": part.css})
            start += part.product
        return found


def standings(result: RoundResult, *, group: str = "", only_advanced: bool = False) -> list[Standing]:
    """The rows of a result in order of group, place and number; of one group (its code in the record) if named."""
    rows = placings_in_order(result)
    if only_advanced:
        rows = rows.filter(outcome__in=(Placing.Outcome.ADVANCED, Placing.Outcome.BYE))
    if group:
        rows = rows.filter(group__in=[pk for pk, (code, _name) in group_labels(result).items() if code == group])
    return as_standings(result, rows)


def placings_in_order(result: RoundResult) -> QuerySet[Placing]:
    """By track, group, place and number, with what a standing is made of; who was not ranked comes last in the group."""
    rows = result.placings.select_related("entry__edition", "group__track").prefetch_related(APPLICANTS, AWARDS)
    return rows.order_by("group__track__position", "group__position", F("place").asc(nulls_last=True), "entry__number")


def as_standings(result: RoundResult, placings: Iterable[Placing]) -> list[Standing]:
    """Those of the result's placings as people read them, in the order given."""
    keys = group_labels(result)
    before = _placings_before(result)
    totals = record_of(result)["steps"]["totals"]
    held = held_awards(result.round.edition) if record_of(result)["output"]["awards"] else {}
    return [_standing(row, keys, totals, before, held) for row in placings]


def group_labels(result: RoundResult) -> dict[int, tuple[str, str]]:
    """Primary key of a group → its code and name in the record."""
    names = [(row["code"], row["name"]) for row in record_of(result)["input"]["groups"]]
    groups = edition_groups(result.round.edition)
    return {group.pk: label for group, label in zip(groups, names, strict=True)}


def weights_of(result: RoundResult) -> list[tuple[str, str, str]]:
    """The parts that count: (name, css class, weight as 95%)."""
    weights = record_of(result)["input"]["rule_set"]["weights"]
    return [
        (PART_NAMES[part], PART_CSS[part], f"{(Decimal(weight) * 100).normalize():f}%")
        for part, weight in weights.items()
        if Decimal(weight)
    ]


def _placings_before(result: RoundResult) -> dict[int, Placing]:
    prior = previous_round(result.round)
    published = current_result(prior) if prior else None
    return {row.entry_id: row for row in published.placings.all()} if published else {}


def _standing(row: Placing, keys, totals: dict[str, Any], before: dict[int, Placing], held: Held) -> Standing:
    awards = tuple(row.awards.all())
    return Standing(
        placing=row,
        entry=row.entry,
        group=row.group,
        group_name=keys[row.group_id][1],
        organisations="、".join(applicant.organisation.name for applicant in row.entry.applicants.all()),
        awards=awards,
        parts=_parts(totals.get(row.entry.code)),
        before=before.get(row.entry_id),
        badges=tuple(_badge(award, held.get((row.entry_id, award.award_type_id))) for award in awards),
    )


def _badge(award: AwardDecision, certificate: Certificate | None) -> Badge:
    """Icon and tone from the table of the site; a medal for an award it does not know."""
    known = STATUSES["award"].get(award.award_type.code)
    icon, tone = (known.icon, known.tone) if known else ("medal", "mute")
    return Badge(award.award_type.name, icon, tone, award.note, certificate.number if certificate else "")


def _parts(total: dict[str, Any] | None) -> tuple[Part, ...]:
    return tuple(
        Part(PART_NAMES[name], PART_CSS[name], *(Decimal(part[key]) for key in ("weight", "value", "product")))
        for name, part in (total or {"parts": {}})["parts"].items()
    )
