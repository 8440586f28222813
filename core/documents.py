"""Printed documents: PDF by typst from a template and data. Text of users is data, never markup."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import typst
from django.apps import apps

FONTS = Path(__file__).parent / "fonts"


def render_pdf(template: str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """The PDF of `template` ("results/certificate" is results/documents/certificate.typ) filled with `data` (JSON values).

    The template reads `json(bytes(sys.inputs.data))`. `at` is written as the time of creation, so that the same
    document always has the same bytes. Only the fonts of core/fonts are used and embedded. Refuses (FileNotFoundError)
    a template that does not exist.
    """
    app, _, name = template.partition("/")
    folder = Path(apps.get_app_config(app).path) / "documents"
    source = folder / f"{name}.typ"
    if not source.is_file():
        raise FileNotFoundError(source)
    pdf = typst.compile(
        str(source),
        root=str(folder),
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        timestamp=int(at.timestamp()),
    )
    assert isinstance(pdf, bytes)
    return pdf
