"""What is done with several entries of the queue at once: assigning, and passing those without doubt."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from competitions.queries.access import get_edition_for
from core import clock
from entries.actions.assignment import assign_many, spread_entries
from entries.actions.bulk import LIMIT, accept_many
from entries.forms.formality import AssignForm, BulkForm
from entries.queries.assignment import chosen_entries, examiners_of
from entries.queries.bulk import looks
from entries.queries.grouping import computed_group
from entries.views.organizer.reach import PER_PAGE, person, posted


@login_required
@require_POST
def formality_assign(request: HttpRequest, slug: str) -> HttpResponse:
    """Gives the ticked entries to one examiner, or spreads all that nobody has over everybody."""
    edition, at = get_edition_for(request.user, slug, to="entries.manage_entry"), clock.now()
    people = {one.pk: one for one, _ in examiners_of(edition)}
    if request.POST.get("spread"):
        given, left = spread_entries(edition=edition, actor=person(request), at=at)
        rest = f"，{left} 份没有可以审查的人" if left else ""
        messages.success(request, f"已平均分派 {given} 份{rest}。") if people else messages.error(
            request, "还没有形式审查员，请先在角色中添加。"
        )
        return redirect("entries:formality-queue", slug)
    form = AssignForm(request.POST, people=[(pk, one.actor_label) for pk, one in people.items()])
    chosen = chosen_entries(edition, request.POST.getlist("entry"), PER_PAGE)
    if not chosen or not form.is_valid():
        messages.error(request, "请先勾选项目，再选择审查员。")
        return redirect("entries:formality-queue", slug)
    examiner = people[int(form.cleaned_data["examiner"])]
    given, refused = assign_many(entries=chosen, examiner=examiner, actor=person(request), at=at)
    if given:
        messages.success(request, f"已把 {given} 份分派给{examiner}。")
    for _, reason in refused:
        messages.error(request, reason)
    return redirect("entries:formality-queue", slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def formality_bulk(request: HttpRequest, slug: str) -> HttpResponse:
    """Shows what would become of each ticked entry; the POST passes those without doubt and says what was refused."""
    edition, at = get_edition_for(request.user, slug, to="entries.examine_entry"), clock.now()
    entries = chosen_entries(edition, request.POST.getlist("entry"), LIMIT)
    if not entries:
        messages.error(request, "请先在队列中勾选要通过的项目。")
        return redirect("entries:formality-queue", slug)
    is_preview = "preview" in request.POST
    form, status = BulkForm(None if is_preview else posted(request)), 200
    if not is_preview:
        status = 422
        if form.is_valid():
            results = accept_many(entries=entries, note=form.cleaned_data["note"], actor=person(request), at=at)
            context = {"edition": edition, "results": results, "passed": sum(not one.refusal for one in results)}
            return render(request, "entries/organizer/bulk_done.html", context)
    rows = [
        {"entry": one.entry, "doubt": one.doubt, "finding": computed_group(one.dossier)} for one in looks(entries, person(request), at)
    ]
    clean = sum(not row["doubt"] for row in rows)
    context = {"edition": edition, "rows": rows, "form": form, "clean": clean, "limit": LIMIT}
    return render(request, "entries/organizer/bulk.html", context, status=status)
