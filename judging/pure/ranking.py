"""Places on the hall's screen: 1, 2=, 2=, 4. The official ranking with its tie chain is computed after the final."""

from collections.abc import Sequence
from decimal import Decimal


def places(scores: Sequence[Decimal]) -> list[str]:
    """The place of each score, the highest first, equal ones sharing a place with "=" (in the order given)."""
    shown = []
    for score in scores:
        place = 1 + sum(1 for other in scores if other > score)
        shared = sum(1 for other in scores if other == score) > 1
        shown.append(f"{place}=" if shared else str(place))
    return shown
