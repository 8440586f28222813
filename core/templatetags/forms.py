"""`{% error_summary form %}`: everything that must be mended, on top of the page, each item linked to its field."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.forms import BaseForm, BaseFormSet
from django.utils.translation import gettext as _

register = template.Library()


def form_errors(form: BaseForm, row: str = "") -> list[dict[str, str]]:
    """The errors of one form as {anchor, message}; errors of the whole form have no anchor. `row` is put before."""
    found = []
    for name, errors in form.errors.items():
        bound = form[name] if name in form.fields else None
        anchor = (bound.id_for_label or f"div_{bound.auto_id}") if bound is not None else ""
        label = str(bound.label) if bound is not None and bound.label else ""
        found += [{"anchor": anchor, "message": f"{row}{named(label, str(error))}"} for error in errors]
    return found


def named(label: str, message: str) -> str:
    """The message with the name of its field, unless the sentence names it already."""
    return message if not label or label in message else f"{label}：{message}"


def formset_errors(formset: BaseFormSet, unit: str = "") -> list[dict[str, str]]:
    """The errors of all rows and of the set, each row named 第 2 件 (`unit`)."""
    found = [{"anchor": "", "message": str(error)} for error in formset.non_form_errors()]
    for index, form in enumerate(formset.forms, start=1):
        found += form_errors(form, _("第 %(index)d %(unit)s：") % {"index": index, "unit": unit or _("行")})
    return found


@register.inclusion_tag("components/error_summary.html")
def error_summary(*sources: BaseForm | BaseFormSet, unit: str = "", extra: Iterable[Any] = ()) -> dict[str, Any]:
    """The summary of any number of forms and formsets; writes nothing when there is nothing to mend."""
    errors: list[dict[str, str]] = [{"anchor": "", "message": str(reason)} for reason in extra]
    for source in sources:
        if isinstance(source, BaseFormSet):
            errors += formset_errors(source, unit) if source.is_bound else []
        elif source.is_bound:
            errors += form_errors(source)
    return {"errors": errors}
