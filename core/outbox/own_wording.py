"""The words of a letter an edition sends: a text with placeholders, filled with plain values (ADR 0031).

`templates/messages/fields/<kind>.txt` holds the platform's words and says what may stand in an edition's own. Each line
above `---` is one placeholder: name, kind of value, a sample, and the template that gives the value. `own` is made by the
platform or the organiser and stands as it is; `needed` is too, and may not be left out, because a term or a right hangs
on it; `user` was typed by somebody as one short line and can pretend nothing (core/outbox/wording.py), `text` likewise but
of several lines. Below stands the platform's text, its first line the subject.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.template import Context, Template, TemplateDoesNotExist
from django.template.loader import get_template, render_to_string

from core.errors import Refusal
from core.outbox.wording import fill, placeholders_in, plain, plain_lines

NEEDED, USER, TEXT = "needed", "user", "text"
BREAK = "\u2028"  # a new line in a value of ours; plain() takes it out of what people type
LONGEST_SUBJECT, LONGEST_BODY = 120, 4000
ALONE = re.compile(r"(?:[^{}：]{1,20}：)?\{([^{}\n]{1,20})\}")  # a placeholder with nothing but a label before it


class PlaceholderUnknown(Refusal):
    code = "wording_placeholder"
    status = 422
    message = "没有名为“{name}”的占位符，可以用：{known}。"


class PlaceholderMissing(Refusal):
    code = "wording_incomplete"
    status = 422
    message = "正文里缺少“{name}”：收件人要凭它知道自己的权利和期限，请加上 {{{name}}}。"


@dataclass(frozen=True, slots=True)
class Field:
    """One placeholder: `kind` is own, needed, user or text; `source` the template of its value."""

    name: str
    kind: str
    sample: str
    source: str


@dataclass(frozen=True, slots=True)
class Wording:
    """What may be written for one kind of message, and the platform's text."""

    fields: tuple[Field, ...]
    subject: str
    body: str


@lru_cache
def wording_of(kind: str) -> Wording | None:
    """The text and the placeholders of a kind; None where the words are fixed."""
    try:
        text = get_template(f"messages/fields/{kind}.txt").template.source  # type: ignore[attr-defined]
    except TemplateDoesNotExist:
        return None
    head, _, start = text.partition("\n---\n")
    fields = tuple(Field(*line.split("|", 3)) for line in head.split("\n"))
    subject, _, body = start.strip().partition("\n")
    return Wording(fields, subject, body)


def refuse_wording(wording: Wording, subject: str, body: str) -> None:
    """Refuses a placeholder there is not, and a body that leaves out what is needed."""
    known = [one.name for one in wording.fields]
    for name in sorted((placeholders_in(subject) | placeholders_in(body)) - set(known)):
        raise PlaceholderUnknown(name=name, known="、".join(f"{{{one}}}" for one in known))
    for one in wording.fields:
        if one.kind == NEEDED and one.name not in placeholders_in(body):
            raise PlaceholderMissing(name=one.name)


def written(wording: Wording, subject: str, body: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """Subject (one line) and body with the values of `context`, and the platform's signature below. What is empty of
    `subject` and `body` is the platform's."""
    subject, body = subject or wording.subject, body or wording.body
    known = Context({**context, "site_url": settings.SITE_URL}, autoescape=False)
    wanted = placeholders_in(subject) | placeholders_in(body)
    values = {one.name: _value(one, known) for one in wording.fields if one.name in wanted}
    return _filled(subject, body, values, context)


def sample_of(wording: Wording, subject: str, body: str, context: Mapping[str, Any]) -> tuple[str, str]:
    """The same with the sample values, for a preview."""
    return _filled(subject, body, {one.name: one.sample for one in wording.fields}, context)


@lru_cache
def _template(source: str) -> Template:
    return Template(source)


def _value(field: Field, known: Context) -> str:
    value = _template(field.source).render(known)
    if field.kind == USER:
        return plain(value)
    return plain_lines(value) if field.kind == TEXT else value.replace(BREAK, "\n")


def _filled(subject: str, body: str, values: dict[str, str], context: Mapping[str, Any]) -> tuple[str, str]:
    """`values` are safe by now (`_value`)."""
    line = " ".join(fill(subject, values, own=values.keys()).split())[:200]
    kept = [one for one in body.strip().splitlines() if not _is_emptied(one, values)]
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(kept))
    footer = render_to_string("components/mail_footer.txt", dict(context))
    return line, f"{fill(text, values, own=values.keys()).strip()}\n\n{footer.strip()}\n"


def _is_emptied(line: str, values: dict[str, str]) -> bool:
    """A line of nothing but a placeholder whose value is empty, perhaps behind a label, is left out."""
    alone = ALONE.fullmatch(line.strip())
    return alone is not None and not values.get(alone[1], "-").strip()
