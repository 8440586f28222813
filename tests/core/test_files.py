from __future__ import annotations

import hashlib
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core import files
from tests.entries.conftest import office_bytes, pdf_bytes, picture_bytes

ALL = tuple(files.MEDIA_TYPES)


def check(content: bytes, name: str = "材料.pdf", allowed: tuple[str, ...] = ALL, max_size: int = 1_000_000):
    return files.check_upload(SimpleUploadedFile(name, content), allowed=allowed, max_size=max_size)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (pdf_bytes(), "pdf"),
        (picture_bytes("JPEG"), "jpg"),
        (picture_bytes("PNG"), "png"),
        (office_bytes("word/document.xml"), "docx"),
        (office_bytes("xl/workbook.xml"), "xlsx"),
        (office_bytes("ppt/presentation.xml"), "pptx"),
    ],
)
def test_the_kind_is_read_from_the_content_whatever_the_name_says(content, kind):
    checked = check(content, name="随便.exe")

    assert checked.kind == kind
    assert checked.media_type == files.MEDIA_TYPES[kind]
    assert checked.original_name == "随便.exe"
    assert checked.sha256 == hashlib.sha256(checked.path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", files.FileEmpty),
        (b"MZ\x90 a program", files.FileKindRefused),
        (b"<html><script>1</script>", files.FileKindRefused),
        (office_bytes("something/else.xml"), files.FileKindRefused),
        (b"PK\x03\x04 no archive", files.FileKindRefused),
        (pdf_bytes()[:200], files.FileBroken),
        (b"%PDF-1.7\n garbage \n%%EOF", files.FileBroken),
        (pdf_bytes(password="secret"), files.FileEncrypted),
        (picture_bytes("PNG")[:60], files.FileBroken),
        (office_bytes("word/document.xml", "word/vbaProject.bin"), files.FileWithMacros),
    ],
)
def test_what_is_unsound_is_refused_by_name(content, fault):
    with pytest.raises(fault) as refused:
        check(content, name="申报书.pdf")

    assert "申报书.pdf" in refused.value.text


def test_a_kind_that_is_not_wanted_here_is_refused_and_the_wanted_are_named():
    with pytest.raises(files.FileKindRefused) as refused:
        check(picture_bytes(), allowed=("pdf",))

    assert "这里接收 PDF" in refused.value.text


def test_the_size_limit_includes_the_last_byte():
    content = pdf_bytes()

    assert check(content, max_size=len(content)).kind == "pdf"
    with pytest.raises(files.FileTooLarge):
        check(content, max_size=len(content) - 1)


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_is_drawn_anew_without_what_was_hidden_in_it(kind):
    exif = Image.Exif()
    exif[0x010E] = "where it was taken"
    content = picture_bytes(kind, exif=exif) + b"<?php hidden ?>"

    checked = check(content, name="图.jpg")

    assert b"where it was taken" not in checked.path.read_bytes()
    assert b"hidden" not in checked.path.read_bytes()
    with Image.open(io.BytesIO(checked.path.read_bytes())) as drawn:
        assert drawn.size == (40, 30)
        assert dict(drawn.getexif()) == {}


def test_the_stored_name_is_random_and_has_nothing_of_the_original():
    checked = check(pdf_bytes(), name="../../etc/机密.pdf")

    first, second = checked.stored().name, checked.stored().name
    assert checked.original_name == "机密.pdf"
    assert first != second
    assert first.endswith(".pdf") and "机密" not in first and "/" not in first


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("C:\\Users\\丁\\申报书.pdf", "申报书.pdf"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("", "未命名"),
        ("长" * 200 + ".pdf", "长" * 116 + ".pdf"),
    ],
)
def test_a_file_name_is_only_its_last_part_short_and_printable(name, plain):
    assert files.plain_name(name) == plain
