"""A longer term for one applicant, and a name or contact mended by the organiser."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.pure.mobile import write_mobile
from accounts.queries.organisations import named_organisations
from competitions.queries.access import get_edition_for
from core import clock
from core.errors import Refusal
from entries import states
from entries.actions.correction import CONTACTS, TEXTS, correct_entry
from entries.actions.extension import extend_entry, extend_registration
from entries.forms.formality import CorrectionForm, ExtensionForm
from entries.forms.terms import OrganisationExtensionForm
from entries.models import DeadlineExtension, Entry
from entries.queries.dossier import open_dossier
from entries.views.organizer.entry import asked
from entries.views.organizer.reach import page_of, person, posted, staff_entry

FORMS = ["GET", "HEAD", "POST"]
Kind = DeadlineExtension.Kind
KINDS = {states.DRAFT: [Kind.REGISTRATION], states.RETURNED: [Kind.CORRECTION], states.ACCEPTED: [Kind.SUPPLEMENT]}


@login_required
@require_http_methods(FORMS)
def entry_extend(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    entry = staff_entry(request, slug, public_id, to="entries.manage_entry")
    kinds = [str(kind) for kind in KINDS.get(entry.state, [])]
    words = {
        "title": "个别延期",
        "text": _extension_text(entry, bool(kinds)),
        "submit": "准许延期并通知",
        "done": "已准许延期，通知邮件已登记发送。",
        "hides": not kinds,
    }

    def extend(values: dict[str, Any]) -> Entry:
        extend_entry(entry=entry, **values, actor=person(request), at=clock.now())
        return entry

    return asked(request, entry, ExtensionForm(posted(request), kinds=kinds), words, extend)


@login_required
@require_http_methods(FORMS)
def extensions(request: HttpRequest, slug: str) -> HttpResponse:
    """A longer registration for an organisation without an entry, and every longer term of the edition."""
    edition, status = get_edition_for(request.user, slug, to="entries.manage_entry"), 200
    found = named_organisations(request.POST["words"]) if request.POST.get("words", "").strip() else []
    form = OrganisationExtensionForm(posted(request), found=found)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                granted = extend_registration(
                    edition=edition,
                    organisation=form.chosen,
                    until=form.cleaned_data["until"],
                    reason=form.cleaned_data["reason"],
                    actor=person(request),
                    at=clock.now(),
                )
            except Refusal as refusal:
                form.add_error(None, refusal.text)
            else:
                messages.success(request, f"已准许“{granted.organisation}”的报名延至 {clock.local(granted.until):%Y-%m-%d %H:%M}，并通知对方。")
                return redirect("entries:extension-list", slug)
    rows = edition.extensions.select_related("organisation", "entry", "granted_by").order_by("-granted_at", "-pk")
    context = {"edition": edition, "form": form, "page_obj": page_of(request, rows)}
    return render(request, "entries/organizer/extensions.html", context, status=status)


@login_required
@require_http_methods(FORMS)
def entry_correct(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    entry = staff_entry(request, slug, public_id, to="entries.manage_entry")
    organisation = open_dossier(entry).lead.organisation
    initial = {name: getattr(entry, name) for name in TEXTS} | {name: getattr(organisation, name) for name in CONTACTS}
    initial["contact_mobile"] = write_mobile(organisation.contact_mobile)
    words = {
        "title": "更正名称或联系人",
        "text": "只用于更正错字和联系方式，形成新的一版；参赛编号、组别和状态不变，其他内容不能在这里修改。",
        "submit": "保存更正并通知",
        "done": "已更正，形成新的一版，通知邮件已登记发送。",
    }

    def correct(values: dict[str, Any]) -> Entry:
        reason = values.pop("reason")
        correct_entry(entry=entry, values=values, reason=reason, actor=person(request), at=clock.now())
        return entry

    return asked(request, entry, CorrectionForm(posted(request), initial=initial), words, correct)


def _extension_text(entry: Entry, fits: bool) -> str:
    if not fits:
        return f"项目当前状态是“{states.LABELS[entry.state]}”，没有可以延长的期限。"
    given = entry.edition.extensions.filter(organisation=open_dossier(entry).lead.organisation).order_by("-granted_at")
    known = "；".join(f"{one.get_kind_display()}已延至 {clock.local(one.until):%Y-%m-%d %H:%M}" for one in given[:3])
    scope = "报名延期对这个单位本届的全部项目有效。" if entry.state == states.DRAFT else "只对这个项目有效。"
    return f"到期自动截止，以最近一次准许为准。{scope}{known}"
