"""What stands on a printed score sheet: every mark, and every step from the marks to the score.

Nothing here is shown before its time: `is_told` says of which entries the marks may be told to staff.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.http import Http404

from competitions.models import Criterion, Round
from competitions.pure.rule_set import RuleSet
from competitions.pure.window import CLOSED
from competitions.queries.schedule import view_stage
from core.canonical import canonical_json, sha256_hex
from core.rounding import exact_decimal, exact_sum
from entries.models import Entry
from judging import states
from judging.models import Assignment, PanelSeat, RoadshowRoom, ScoreSheetVersion
from judging.pure.panel import PanelScore
from judging.queries.assignment import panel_seats
from judging.queries.participants import participants
from judging.queries.roadshow import score_of
from judging.queries.rubric import scored_criteria

FORMAT = "jianggaosai-score-sheet/1"


@dataclass(frozen=True, slots=True)
class Row:
    """A judge's sheet of an entry. `version` None: `state` says why (recused, withdrawn, or nothing submitted)."""

    seat: PanelSeat
    entry: Entry
    state: str
    version: ScoreSheetVersion | None
    scores: dict[str, Decimal]

    @property
    def total(self) -> Decimal | None:
        return None if self.version is None else exact_decimal(self.version.total)


@dataclass(frozen=True, slots=True)
class SheetDocument:
    """Rows under one rubric. `subject` is seat-03 or entry-012; `digest` names exactly these marks."""

    round: Round
    subject: str
    criteria: list[Criterion]
    rows: list[Row]
    score: PanelScore | None = None

    @property
    def places(self) -> int:
        return RuleSet.from_dict(self.round.rules).panel.places

    @property
    def digest(self) -> str:
        content = {
            "format": FORMAT,
            "edition": self.round.edition.slug,
            "round": self.round.kind,
            "subject": self.subject,
            "score": None if self.score is None else str(self.score.score),
            "sheets": [
                {"seat": row.seat.number, "entry": row.entry.code, "version": row.version.digest}
                for row in self.rows
                if row.version is not None
            ],
        }
        return sha256_hex(canonical_json(content))


def told_entries(round: Round, at: datetime) -> set[int]:
    """Entries whose marks staff may see: all once the round has closed; in a final with a room those who are finished."""
    entries = set(participants(round).values_list("pk", flat=True))
    if view_stage(round.stage, at).phase == CLOSED:
        return entries
    if not RoadshowRoom.objects.filter(round=round).exists():
        return set()
    return entries & set(round.slots.filter(state=states.FINISHED).values_list("entry_id", flat=True))


def entry_document(round: Round, entry: Entry) -> SheetDocument:
    """All judges' sheets of one entry with its score."""
    rows = _rows(round, Assignment.objects.filter(entry=entry))
    standing = [(row.seat, row.total) for row in rows if row.state == states.ASSIGNED]
    return SheetDocument(round, f"entry-{entry.code}", scored_criteria(round, entry), rows, score_of(round, standing))


def seat_documents(seat: PanelSeat, entries: Iterable[int] | None = None) -> list[SheetDocument]:
    """One judge's sheets, a document for each rubric (tracks may differ); only of `entries` when given."""
    assignments = Assignment.objects.filter(seat=seat)
    if entries is not None:
        assignments = assignments.filter(entry__in=entries)
    round = seat.panel.round
    tracks: dict[int, list[Row]] = {}
    for row in _rows(round, assignments):
        tracks.setdefault(row.entry.track_id, []).append(row)
    subject = f"seat-{seat.number:02d}"
    return [SheetDocument(round, subject, scored_criteria(round, rows[0].entry), rows) for rows in tracks.values()]


def seat_digest(documents: list[SheetDocument]) -> str:
    """One name for all of a judge's documents."""
    return sha256_hex(canonical_json([document.digest for document in documents]))


def find_subject(round: Round, subject: str, at: datetime) -> tuple[str, set[str], int]:
    """What a check page says of `subject`: its name, the digests of the present record, and how many sheets it covers.

    A judge's paper has two: the judge's own copy, and the one staff print of the entries whose marks may be told.
    """
    kind, _, number = subject.partition("-")
    if kind == "entry":
        entry = next((one for one in participants(round) if one.code == number), None)
        if entry is not None:
            document = entry_document(round, entry)
            return f"{entry.code} 号项目", {document.digest}, _count([document])
    if kind == "seat" and number.isascii() and number.isdigit():
        seat = next((one for one in panel_seats(round) if one.number == int(number)), None)
        if seat is not None:
            documents = seat_documents(seat)
            told = seat_documents(seat, told_entries(round, at))
            return seat.label, {seat_digest(documents), seat_digest(told)}, _count(documents)
    raise Http404


def _count(documents: list[SheetDocument]) -> int:
    return sum(1 for document in documents for row in document.rows if row.version is not None)


def _rows(round: Round, assignments) -> list[Row]:
    held = assignments.filter(seat__panel__round=round).exclude(state=states.WITHDRAWN)
    held = held.select_related("seat__judge", "seat__panel__round__edition", "entry__group").order_by("seat__number", "entry__number")
    versions = ScoreSheetVersion.objects.filter(sheet__assignment__in=held, sheet__state=states.LOCKED)
    versions = versions.select_related("sheet", "paper__typed_by", "paper__decided_by").prefetch_related("scores__criterion")
    newest = {version.sheet.assignment_id: version for version in versions.order_by("number")}
    rows = []
    for one in held:
        version = newest.get(one.pk) if one.state == states.ASSIGNED else None
        scores = {score.criterion.code: exact_decimal(score.score) for score in version.scores.all()} if version else {}
        rows.append(Row(one.seat, one.entry, one.state, version, scores))
    return rows


def kept_sum(document: SheetDocument) -> tuple[list[Decimal], Decimal]:
    """The totals that count, in order of the seats, and their sum."""
    standing = [row.total for row in document.rows if row.state == states.ASSIGNED]
    kept = [standing[place] for place in document.score.kept] if document.score else []
    found = [mark for mark in kept if mark is not None]
    return found, exact_sum(found)
