"""Scans of a licence as people upload them."""

from __future__ import annotations

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def licence(name: str = "营业执照.png") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "#0b6153").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue())
