"""What every judge of a round scores before anything else."""

from __future__ import annotations

from judging import states
from judging.models import Assignment, Panel


def calibration_due(assignment: Assignment) -> list[str]:
    """Codes of the calibration entries this judge has still to submit before the assignment may be scored.

    Empty for a calibration entry itself and where the round has none. Entries the judge recused from are not waited for.
    """
    first = calibration_ids(assignment.seat.panel_id)
    if not first or assignment.entry_id in first:
        return []
    rows = Assignment.objects.filter(seat=assignment.seat_id, state=states.ASSIGNED, entry__in=first)
    listed = rows.select_related("entry", "sheet").order_by("entry__number")
    return [row.entry.code for row in listed if not hasattr(row, "sheet") or row.sheet.state != states.LOCKED]


def calibration_ids(panel_id: int) -> set[int]:
    """Primary keys of the entries everybody in the panel scores first."""
    return set(Panel.calibration.through.objects.filter(panel_id=panel_id).values_list("entry_id", flat=True))
