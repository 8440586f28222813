"""The cover of an entry: one, large enough, public, and following the file it is."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from PIL import Image

from core import clock
from core.files import FileRefused
from entries import states
from entries.actions.attachment import attach_file, remove_file, replace_file
from entries.actions.cover import describe_cover
from entries.errors import CoverThere, EntryNotEditable, SupplementClosed
from entries.models import Entry, RetiredAttachment
from tests.cast import Cast
from tests.entries.conftest import AT, stored_files, upload
from tests.entries.dossiers import file_submission
from tests.entries.terms import build_own_accepted, until
from tests.factories import moments


def picture(width: int = 640, height: int = 320, colour: str = "#0b6153", kind: str = "PNG", mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height), colour).save(out, kind)
    return out.getvalue()


def give(cast: Cast, entry: Entry, content: bytes = b"", at=AT):
    return attach_file(entry=entry, kind="cover", upload=upload("封面.png", content or picture()), actor=cast.applicant, at=at)


def test_the_entry_names_the_stored_file(cast, draft):
    given = give(cast, draft)
    draft.refresh_from_db()
    assert draft.cover.name == given.file.name and draft.cover.size == given.size
    other = replace_file(attachment=given, upload=upload("二.png", picture(colour="red")), actor=cast.applicant, at=AT)
    draft.refresh_from_db()
    assert draft.cover.name == other.file.name != given.file.name
    remove_file(attachment=other, actor=cast.applicant, at=AT)
    draft.refresh_from_db()
    assert not draft.cover and draft.attachments.filter(kind="cover").count() == 0


@pytest.mark.parametrize(("width", "height"), [(639, 400), (800, 319)])
def test_a_small_one_is_refused_and_leaves_nothing(cast, draft, media, width, height):
    before = stored_files(media)
    with pytest.raises(FileRefused, match=f"只有 {width}×{height} 像素.*640×320"):
        give(cast, draft, picture(width, height))
    assert stored_files(media) == before and not Entry.objects.get().cover


def test_there_is_one(cast, draft, media):
    give(cast, draft)
    before = stored_files(media)
    with pytest.raises(CoverThere):
        give(cast, draft)
    assert stored_files(media) == before


def test_what_examiners_saw_is_kept(cast, draft):
    given = give(cast, draft)
    file_submission(draft)
    replace_file(attachment=given, upload=upload("二.png", picture(colour="red")), actor=cast.applicant, at=AT)
    assert RetiredAttachment.objects.get().get_kind_display() == "项目封面"


def test_it_may_change_while_files_may(cast):
    until(cast, moments.COACHING_CLOSES)
    entry = build_own_accepted(cast)
    give(cast, entry, at=moments.DURING_COACHING)
    describe_cover(entry=entry, words=" 压装机 ", actor=cast.applicant, at=moments.DURING_COACHING)
    entry.refresh_from_db()
    assert entry.cover and entry.cover_alt == "压装机"
    with pytest.raises(SupplementClosed):
        describe_cover(entry=entry, words="晚了", actor=cast.applicant, at=moments.COACHING_CLOSES)
    Entry.objects.filter(pk=entry.pk).update(state=states.SUBMITTED)
    entry.refresh_from_db()
    with pytest.raises(EntryNotEditable):
        describe_cover(entry=entry, words="审查中", actor=cast.applicant, at=moments.DURING_COACHING)


def test_the_step_shows_both_cuts_and_keeps_the_words(cast, draft, as_applicant):
    step = reverse("entries:register-step", args=[draft.public_id, "files"])
    assert "不小于 640×320 像素" in as_applicant.get(step).content.decode()
    data = {"kind": "cover", "file": upload("小.png", picture(100, 100))}
    refused = as_applicant.post(reverse("entries:attachment-upload", args=[draft.public_id]), data)
    assert refused.status_code == 422 and "只有 100×100 像素" in refused.content.decode()
    data = {"kind": "cover", "file": upload("封面.png", picture(900, 900, "#ff000080", mode="RGBA"))}
    as_applicant.post(reverse("entries:attachment-upload", args=[draft.public_id]), data)
    page = as_applicant.get(step).content.decode()
    for shape, size in (("wide", (640, 320)), ("tall", (264, 396))):
        url = reverse("entries:cover-preview", args=[draft.public_id, shape])
        assert url in page
        shown = Image.open(io.BytesIO(as_applicant.get(url).content))
        assert shown.size == size
        red, green, _ = shown.getpixel((5, 5))
        assert red > 240 and 100 < green < 160  # half red on paper
    assert as_applicant.get(reverse("entries:cover-preview", args=[draft.public_id, "round"])).status_code == 404
    done = as_applicant.post(step, {"action": "describe", "cover_alt": "流水线上的压装机"}, follow=True)
    assert "封面说明已保存" in done.content.decode() and 'value="流水线上的压装机"' in done.content.decode()
    assert as_applicant.post(step, {"action": "describe", "cover_alt": "长" * 81}).status_code == 422


def test_an_examiner_sees_it_among_the_files(cast, draft, client):
    give(cast, draft)
    Entry.objects.filter(pk=draft.pk).update(state=states.SUBMITTED, submitted_at=AT)
    client.force_login(cast.examiner)
    with clock.rehearse(moments.DURING_FORMALITY):
        page = client.get(reverse("entries:entry-inspect", args=[cast.edition.slug, draft.public_id]), {"tab": "files"})
    assert "项目封面" in page.content.decode()
