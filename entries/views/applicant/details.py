"""The step 补充信息, all of it optional."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import BaseFormSet, Form
from django.http import HttpResponse
from django.shortcuts import render

from accounts.requests import SignedInRequest
from entries.actions.details import save_details
from entries.forms.details import DetailsForm, FigureRows, MemberRows, ProfileForm, TransactionRows
from entries.models import Entry, EntryApplicant
from entries.queries.details import BLOCKS, figure_years, plain, stored_details
from entries.queries.dossier import open_dossier
from entries.queries.editing import edit_scope
from entries.views.applicant.frame import frame
from entries.views.applicant.merging import ROWS, Difference, base_of
from entries.views.applicant.saving import Save, answer

STEP = "details"
SETS = {"figures": FigureRows, "transactions": TransactionRows, "members": MemberRows}
# What makes a row of a list: without it the row is empty and not kept.
KEYS = {"figures": ("sales", "profit", "tax", "exports"), "transactions": ("kind",), "members": ("name",)}


@dataclass
class Forms:
    """All forms of the page."""

    details: DetailsForm
    profiles: list[tuple[EntryApplicant, ProfileForm]]
    sets: dict[str, BaseFormSet]

    def every(self) -> list[Form]:
        return [self.details, *(form for _, form in self.profiles), *(form for one in self.sets.values() for form in one)]

    def blocks(self, open_blocks: set[str]) -> dict[str, Any]:
        """What was typed and is sound, as `save_details` takes it."""
        found: dict[str, Any] = {
            "details": _facts(self.details),
            "profiles": {one.pk: facts for one, form in self.profiles if (facts := _facts(form))},
        }
        for name, rows in self.sets.items():
            lines = [_facts(form) for form in rows]
            found[name] = [line for line in lines if any(key in line for key in KEYS[name])]
        found["figures"] = list({line["year"]: line for line in found["figures"] if "year" in line}.values())
        return {name: block for name, block in found.items() if name in open_blocks}


def details_step(request: SignedInRequest, entry: Entry, at: datetime) -> HttpResponse:
    """Facts of applicants and project, figures by year, deals, the team and its needs."""
    applicants = list(entry.applicants.select_related("organisation").order_by("-part", "pk"))
    forms = _forms(entry, applicants, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, entry, forms, at)
    faults = sum(len(form.errors) for form in forms.every())
    scope = edit_scope(entry)
    mine = forms.blocks({name for name in BLOCKS if scope.allows(name)})
    save = Save(
        step=STEP,
        run=lambda version, theirs: save_details(entry=entry, version=version, blocks=mine, actor=request.user, at=at),
        page=lambda: _page(request, entry, forms, at),
        compare=lambda: _compare(mine, stored_details(entry)),
        mine=lambda: {ROWS: _words({**stored_details(entry), **mine})},
        stored=lambda: {ROWS: _words(stored_details(entry))},
        fault_count=faults,
        keeps_text=bool(faults),
    )
    return answer(request, entry, save, at=at)


def _forms(entry: Entry, applicants: list[EntryApplicant], data: Mapping[str, Any] | None) -> Forms:
    stored = stored_details(entry)
    kept = {one.get("year"): one for one in stored["figures"]}
    initial = {
        "figures": [{"year": year, **kept.get(year, {})} for year in figure_years(entry)],
        "transactions": stored["transactions"],
        "members": stored["members"],
    }
    return Forms(
        DetailsForm(data, prefix="d", initial=stored["details"]),
        [
            (one, ProfileForm(data, prefix=f"pr-{index}", initial=stored["profiles"].get(one.pk, {})))
            for index, one in enumerate(applicants)
        ],
        {name: made(data, prefix=name, initial=initial[name]) for name, made in SETS.items()},
    )


def _facts(form: Form) -> dict[str, Any]:
    cleaned = getattr(form, "cleaned_data", {})
    return {name: value for name, value in cleaned.items() if value not in (None, "", [])}


def _words(blocks: dict[str, Any]) -> str:
    return json.dumps(plain(blocks), ensure_ascii=False, sort_keys=True)


def _compare(mine: dict[str, Any], stored: dict[str, Any]) -> list[Difference]:
    return [
        Difference(BLOCKS[name], json.dumps(plain(block), ensure_ascii=False), json.dumps(plain(stored[name]), ensure_ascii=False))
        for name, block in mine.items()
        if block != stored[name]
    ]


def _page(request: SignedInRequest, entry: Entry, forms: Forms, at: datetime) -> HttpResponse:
    fresh = Entry.objects.select_related("edition", "track", "group").get(pk=entry.pk)
    scope = edit_scope(fresh)
    context = {
        **frame(open_dossier(fresh), STEP, at),
        "base": base_of({ROWS: _words(stored_details(fresh))}),
        "forms": forms,
        "layout": [forms.details[name] for name in DetailsForm.LAYOUT],
        "market": [forms.details[name] for name in DetailsForm.MARKET],
        "needs": [forms.details[name] for name in DetailsForm.NEEDS],
        "open": {name: scope.allows(name) for name in BLOCKS},
    }
    return render(request, "entries/applicant/details.html", context)
