"""What an entry says, as plain JSON values: frozen with a submission and in the portfolio snapshots."""

from __future__ import annotations

from typing import Any

from entries.models import Entry, EntryApplicant, IPAsset
from entries.queries.details import details_content
from entries.queries.dossier import Dossier, open_dossier

TEXTS = (
    "title",
    "short_name",
    "industry",
    "ipc_main",
    "maturity",
    "pitch",
    "summary",
    "description",
    "advantages",
    "layout",
    "market",
    "team",
    "needs",
)

APPLICANT_KEYS = ("part", "name", "kind", "uscc", "registration", "district", "revenue")
ASSET_KEYS = (
    "type",
    "country",
    "title",
    "number",
    "filed_on",
    "publication_number",
    "granted_on",
    "status",
    "owners",
    "inventors",
    "classification",
    "relation",
    "is_core",
    "added_after_registration",
    "number_reason",
    "obtained",
    "is_licensed",
    "is_pledged",
    "is_litigated",
    "family",
    "certificate",
)


def in_form_order(content: dict[str, Any]) -> dict[str, Any]:
    """A stored content with its fields as the form has them: PostgreSQL keeps the keys of JSON in an order of its own."""
    return {
        **content,
        "project": _by(TEXTS, content["project"]),
        "applicants": [_by(APPLICANT_KEYS, row) for row in content["applicants"]],
        "assets": [_by(ASSET_KEYS, row) for row in content["assets"]],
    }


def _by(keys: tuple[str, ...], row: dict[str, Any]) -> dict[str, Any]:
    return {key: row[key] for key in keys if key in row}


def entry_content(entry: Entry) -> dict[str, Any]:
    """Everything that was filled in: texts, applicants, patents, files (by hash), group and declarations.

    Text, whole numbers, booleans and None only, so that core.canonical gives one sequence of bytes. Amounts are yuan
    with two decimals as text, dates are ISO.
    """
    return dossier_content(open_dossier(entry))


def dossier_content(dossier: Dossier) -> dict[str, Any]:
    """As `entry_content`, of a dossier that is open already."""
    entry = dossier.entry
    return {
        "entry": entry.public_id,
        "edition": entry.edition.slug,
        "track": entry.track.code if entry.track else "",
        "group": entry.group.code if entry.group else "",
        "group_reason": entry.group_reason,
        "project": {name: getattr(entry, name) for name in TEXTS},
        "applicants": [_applicant(one) for one in dossier.applicants],
        "assets": [_asset(one) for one in dossier.assets],
        "files": [
            {"kind": one.kind, "name": one.original_name, "sha256": one.sha256, "size": one.size}
            for one in dossier.files
        ],
        "is_display_consented": entry.is_display_consented,
        "is_truth_declared": entry.is_truth_declared,
        "is_award_free_declared": entry.is_award_free_declared,
        "is_sharing_consented": entry.is_sharing_consented,
        **details_content(entry, dossier.applicants),
    }


def portfolio_content(entry: Entry) -> dict[str, Any]:
    """The patents of an entry in their order, for a PortfolioSnapshot."""
    return {"assets": [_asset(one) for one in entry.assets.select_related("certificate")]}


def _applicant(applicant: EntryApplicant) -> dict[str, Any]:
    organisation = applicant.organisation
    return {
        "part": applicant.part,
        "name": organisation.name,
        "kind": organisation.kind,
        "uscc": organisation.uscc,
        "registration": "" if organisation.uscc else organisation.identifier,
        "district": organisation.district,
        "revenue": None if applicant.revenue is None else f"{applicant.revenue:.2f}",
    }


def _asset(asset: IPAsset) -> dict[str, Any]:
    return {
        "type": asset.asset_type,
        "country": asset.country,
        "title": asset.title,
        "number": asset.number or asset.number_raw,
        "filed_on": asset.filed_on.isoformat() if asset.filed_on else None,
        "publication_number": asset.publication_number,
        "granted_on": asset.granted_on.isoformat() if asset.granted_on else None,
        "status": asset.status,
        "owners": asset.owners,
        "inventors": asset.inventors,
        "classification": asset.classification,
        "relation": asset.relation,
        "is_core": asset.is_core,
        "added_after_registration": asset.added_after_registration,
        "number_reason": asset.number_reason,
        "obtained": asset.obtained,
        "is_licensed": asset.is_licensed,
        "is_pledged": asset.is_pledged,
        "is_litigated": asset.is_litigated,
        "family": asset.family,
        "certificate": asset.certificate.sha256 if asset.certificate else "",
    }
