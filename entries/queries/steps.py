"""The steps of the registration form, and where on them a field stands."""

from __future__ import annotations

from django.db.models import Model
from django.urls import reverse

from entries.models import Attachment, Entry, EntryApplicant, IPAsset
from entries.queries.details import BLOCKS
from entries.queries.patent_window import Window

STEPS = {
    "applicant": "申报主体",
    "project": "项目信息",
    "patents": "专利清单",
    "files": "附件材料",
    "details": "补充信息",
    "review": "核对并提交",
}
# Steps a person may pass by: the way on leads past them.
OPTIONAL = ("details",)
PREFIXES = {"applicant": "applicant", "applicants": "applicant", "asset": "patents", "assets": "patents"}
PREFIXES |= {"file": "files", "files": "files", "is_truth_declared": "review", "is_display_consented": "review"}
PREFIXES |= dict.fromkeys(BLOCKS, "details") | {"is_sharing_consented": "review", "is_award_free_declared": "review"}
COLUMNS = {"number": "number_raw"}
ENTRY_FIELDS = frozenset(one.name for one in Entry._meta.fields)


def step_of(field: str) -> str:
    """The step on which a field (named as in entries.queries.editing) is filled in."""
    return PREFIXES.get(field.split(".")[0], "project")


def step_after(step: str) -> str:
    """The step the way leads on to; the last one stays where it is."""
    names = list(STEPS)
    following = [name for name in names[names.index(step) + 1 :] if name not in OPTIONAL]
    return following[0] if following else step


def step_before(step: str) -> str:
    """The step before; "" for the first."""
    names = list(STEPS)
    earlier = [name for name in names[: names.index(step)] if name not in OPTIONAL]
    return earlier[-1] if earlier else ""


def field_anchor(field: str) -> str:
    """The id of the field's control on its page, or of the section it stands in."""
    parts = field.split(".")
    if parts[0] == "asset" and len(parts) > 1:
        column = COLUMNS.get(parts[2], parts[2]) if len(parts) > 2 and parts[2] != "certificate" else "number_raw"
        return f"id_p-{int(parts[1]) - 1}-{column}"
    if parts[0] == "applicant" and len(parts) > 1:
        return f"id_a-{int(parts[1]) - 1}-revenue"
    if parts[0] == "file" and len(parts) > 1:
        return f"file-{parts[1]}"
    return {"assets": "patents", "applicants": "joint", "files": "files"}.get(parts[0], f"id_{parts[0]}")


def field_url(entry: Entry, field: str) -> str:
    """The address at which the applicant mends a field."""
    step = reverse("entries:register-step", args=[entry.public_id, step_of(field)])
    head, *rest = field.split(".")
    page = Window.of_place(int(rest[0])).query if head == "asset" and rest else ""
    return f"{step}{page}#{field_anchor(field)}"


def field_label(field: str) -> str:
    """A field in words: “专利清单 · 第 2 件申请号”, “项目信息 · 公开简介”. Unknown names come back as their step."""
    head, *rest = field.split(".")
    step = STEPS[step_of(field)]
    if head == "asset" and rest:
        column = words_for(IPAsset, COLUMNS.get(rest[1], rest[1])) if len(rest) > 1 else ""
        return f"{step} · 第 {rest[0]} 件{column}"
    if head == "applicant" and rest:
        return f"{step} · {words_for(EntryApplicant, 'revenue').removesuffix('（元）')}"
    if head in BLOCKS:
        return f"{step} · {BLOCKS[head]}"
    if head == "file" and rest:
        return f"{step} · {dict(Attachment.Kind.choices).get(rest[0], rest[0])}"
    return f"{step} · {words_for(Entry, head)}" if head in ENTRY_FIELDS else step


def words_for(model: type[Model], name: str) -> str:
    """The name of a field of `model` in words; the name itself when it has none or is unknown."""
    field = next((one for one in model._meta.get_fields() if one.name == name), None)
    return str(getattr(field, "verbose_name", name))
