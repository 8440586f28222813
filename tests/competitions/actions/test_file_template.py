"""Forms an edition hands out, and the kinds of files it demands."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from competitions.actions import remove_file_template, save_entry_rules, save_file_template
from competitions.forms.file_template import NAMES
from competitions.models import FileTemplate
from competitions.pure.file_kinds import FILE_KINDS, demand
from core import clock
from core.audit.models import AuditEntry
from core.files import FileRefused
from entries.models import Attachment, Entry
from entries.queries.completeness import file_reasons
from entries.queries.dossier import open_dossier
from entries.queries.sections import file_sections
from tests.cast import Cast
from tests.entries.conftest import office_bytes, pdf_bytes, stored_files, upload
from tests.entries.dossiers import build_submitted_entry, list_file
from tests.factories import moments

AT = moments.SET_UP


@pytest.fixture(autouse=True)
def media(settings, tmp_path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def hand_out(cast: Cast, name: str = "承诺书.docx", content: bytes = b"", kind: str = "commitment") -> FileTemplate:
    sent = upload(name, content or office_bytes("word/document.xml"))
    return save_file_template(edition=cast.edition, kind=kind, upload=sent, actor=cast.organiser, at=AT)


def test_the_words_are_those_of_the_attachments() -> None:
    labels = dict(Attachment.Kind.choices)
    assert {kind: labels[kind] for kind in {**FILE_KINDS, **NAMES}} == {**FILE_KINDS, **NAMES}
    assert all(demand(kind).startswith("请上传") for kind in FILE_KINDS)


def test_one_form_a_kind_and_the_old_one_is_gone(cast, media, django_capture_on_commit_callbacks) -> None:
    hand_out(cast)
    with django_capture_on_commit_callbacks(execute=True):
        hand_out(cast, "新承诺书.pdf", pdf_bytes())
    assert FileTemplate.objects.get().original_name == "新承诺书.pdf"
    assert len(stored_files(media)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        remove_file_template(edition=cast.edition, kind="commitment", actor=cast.organiser, at=AT)
    assert not FileTemplate.objects.exists() and stored_files(media) == []
    verbs = AuditEntry.objects.filter(verb__startswith="competitions.template.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["competitions.template.saved"] * 2 + ["competitions.template.removed"]


def test_what_is_no_document_is_refused_and_leaves_nothing(cast, media) -> None:
    with pytest.raises(FileRefused):
        hand_out(cast, content=b"MZ not a document")
    with pytest.raises(ValueError, match="no form"):
        hand_out(cast, kind="video")
    assert not FileTemplate.objects.exists() and stored_files(media) == []


def test_what_the_edition_demands_is_asked_for_and_shown_to_the_examiner(cast) -> None:
    entry = build_submitted_entry(cast)
    list_file(entry)
    assert file_reasons(open_dossier(entry)) == []
    save_entry_rules(edition=cast.edition, values={"required_files": ["commitment", "cover"]}, actor=cast.organiser, at=AT)
    reasons = file_reasons(open_dossier(Entry.objects.get()))
    assert [one.url.split("#")[1] for one in reasons] == ["file-commitment", "file-cover"]
    assert "盖章的承诺书" in reasons[0].message
    badges = {one.title: one.badge for one in file_sections(open_dossier(Entry.objects.get()))}
    assert badges["承诺书"] == badges["项目封面"] == "必交"
    list_file(entry, "commitment", "承诺书.pdf")
    assert [one.field for one in file_reasons(open_dossier(Entry.objects.get()))] == ["file.cover"]


def test_the_organiser_uploads_and_the_applicant_downloads(cast, client: Client) -> None:
    setup = reverse("competitions:setup-file-templates", args=[cast.edition.slug])
    client.force_login(cast.organiser)
    with clock.rehearse(AT):
        assert "还没有模板" in client.get(setup).content.decode()
        bad = client.post(setup, {"kind": "commitment", "file": upload("承诺书.exe", b"MZ")})
        assert "的内容不是可以接收的格式" in bad.content.decode()
        sent = upload("承诺书.docx", office_bytes("word/document.xml"))
        assert "承诺书.docx" in client.post(setup, {"kind": "commitment", "file": sent}, follow=True).content.decode()
    entry = build_submitted_entry(cast, state="draft")
    client.force_login(cast.applicant)
    url = reverse("competitions:file-template", args=[cast.edition.slug, "commitment"])
    with clock.rehearse(moments.DURING_REGISTRATION):
        step = client.get(reverse("entries:register-step", args=[entry.public_id, "files"])).content.decode()
    assert url in step and "下载模板：承诺书.docx" in step
    client.logout()
    answer = client.get(url)
    assert answer["Content-Disposition"].startswith("attachment") and answer.content[:2] == b"PK"
    assert client.get(reverse("competitions:file-template", args=[cast.edition.slug, "deck"])).status_code == 404
