"""High-value inventions in the portfolio of an entry, as the national plan counts them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from entries.models import EntryDetails, IPAsset
from entries.pure.high_value import BADGES, PatentFacts, high_value_badges
from entries.queries.dossier import Dossier


@dataclass(frozen=True, slots=True)
class HighValue:
    """How many patents count (each once), and (words, count) for every case that holds."""

    count: int
    cases: list[tuple[str, int]]


def high_value_of(dossier: Dossier, today: date) -> HighValue:
    """Counted from what the applicant stated; nobody has checked it against a register."""
    details = EntryDetails.objects.filter(entry=dossier.entry).first()
    emerging = bool(details and details.emerging_class)
    awards = details.awards if details else ""
    found = [
        high_value_badges(_facts(asset), is_emerging=emerging, awards=awards, today=today) for asset in dossier.assets
    ]
    counts = {key: sum(key in badges for badges in found) for key in BADGES}
    return HighValue(sum(bool(badges) for badges in found), [(BADGES[key], count) for key, count in counts.items() if count])


def _facts(asset: IPAsset) -> PatentFacts:
    in_force = asset.asset_type == IPAsset.Kind.INVENTION and asset.country == "CN" and asset.status == IPAsset.Status.GRANTED
    return PatentFacts(in_force, asset.filed_on, bool(asset.family.strip()), asset.is_pledged)
