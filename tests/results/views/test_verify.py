"""A certificate altered by one character does not verify, whatever was altered."""

from __future__ import annotations

import json
import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core import clock
from core.errors import Blocked
from entries.models import Entry
from results.actions.certificate import issue_certificates, reissue_certificate
from results.actions.publicity import save_publicity, set_seal
from results.models import Certificate, Seal
from results.queries.certificates import contents_of, is_genuine
from tests.factories.results import AFTER_FINAL, certify, end_notice, publish_final


@pytest.fixture
def issued(cast):
    with clock.rehearse(AFTER_FINAL):
        yield certify(publish_final(cast), cast)[0]


def plain(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def found_by(client, typed: str):
    return client.get("/verify/", {"code": typed}, follow=True)


def test_code_and_number_both_lead_to_it(client, issued):
    for typed in (issued.verify_code, issued.verify_code.replace("-", "").lower(), issued.number, issued.number.lower().replace("-", " ")):
        assert "证书真实有效" in plain(found_by(client, typed)), typed


def test_one_character_of_the_code_or_number_and_it_is_not_found(client, issued):
    last = issued.verify_code[-1]
    other = "7" if last != "7" else "8"
    for typed in (issued.verify_code[:-1] + other, "JG26-G-999"):
        said = plain(found_by(client, typed))
        assert "没有查到" in said and "证书真实有效" not in said


@pytest.mark.parametrize("key", ["title", "recipients", "award", "number", "date"])
def test_one_character_of_what_is_registered_and_it_fails(client, issued, key):
    contents = contents_of(issued)
    contents[key] = contents[key][:-1] + ("甲" if contents[key][-1] != "甲" else "乙")
    Certificate.objects.filter(pk=issued.pk).update(contents=json.dumps(contents, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
    issued.refresh_from_db()
    assert not is_genuine(issued)
    said = plain(client.get(f"/verify/{issued.verify_code}/"))
    assert "查验不通过" in said and "证书真实有效" not in said
    assert client.get(f"/certs/{issued.number}/").status_code == 302


def test_the_file_itself_is_compared(client, issued):
    pdf = client.get(f"/certs/{issued.number}/").content
    same = client.post("/verify/file/", {"file": SimpleUploadedFile("证书.pdf", pdf)})
    assert "逐字节一致" in plain(same)
    altered = pdf.replace(b"/Title", b"/Titel", 1) if b"/Title" in pdf else pdf[:-2] + b"\n\n"
    assert "不一致" in plain(client.post("/verify/file/", {"file": SimpleUploadedFile("证书.pdf", altered + b" ")}))
    assert "不是本站签发的证书" in plain(client.post("/verify/file/", {"file": SimpleUploadedFile("别的.pdf", b"%PDF-1.4")}))


def test_what_stands_on_it_stays_when_names_change(cast, client, issued):
    entry = issued.award.placing.entry
    Entry.objects.filter(pk=entry.pk).update(title="改了名字的项目")
    assert entry.title in plain(client.get(f"/verify/{issued.verify_code}/"))
    new = reissue_certificate(certificate=issued, reason="项目名称更正", actor=cast.organiser, at=AFTER_FINAL)
    assert (new.replaces, contents_of(new)["title"]) == (issued, "改了名字的项目") and new.number != issued.number
    old = plain(client.get(f"/verify/{issued.verify_code}/"))
    assert "证书已撤销" in old and f"已换发新证书，编号 {new.number}" in old
    assert issue_certificates(result=issued.award.placing.result, actor=cast.organiser, at=AFTER_FINAL) == []


def test_a_character_no_font_has_is_refused_before_anything_is_printed(cast):
    result = end_notice(publish_final(cast), cast)
    Entry.objects.filter(number=1).update(title="示例\U0002a000项目")
    with pytest.raises(Blocked) as caught:
        issue_certificates(result=result, actor=cast.organiser, at=AFTER_FINAL)
    assert "001 号" in caught.value.reasons[0].message and Certificate.objects.count() == 0


def test_signature_line_and_seal_are_those_of_the_day_of_issue(cast, client, issued):
    from_style = client
    from_style.force_login(cast.organiser, backend="accounts.backends.PasswordBackend")
    path = "/org/jgs2026/certificates/style/"
    assert from_style.post(path, {"committee": "示例\U0002a000组委会"}).status_code == 422
    assert from_style.post(path, {"committee": "", "seal": SimpleUploadedFile("章.png", b"no picture")}).status_code == 422
    from_style.post(path, {"committee": "示例组委会办公室", "seal": SimpleUploadedFile("章.png", picture())})
    new = reissue_certificate(certificate=issued, reason="换章", actor=cast.organiser, at=AFTER_FINAL)
    told = contents_of(new)
    assert (told["committee"], told["seal"]) == ("示例组委会办公室", Seal.objects.get().sha256)
    assert b"/Image" in client.get(f"/certs/{new.number}/").content
    assert client.get("/org/jgs2026/certificates/sample.pdf")["Content-Type"] == "application/pdf"
    set_seal(edition=cast.edition, picture=None, actor=cast.organiser, at=AFTER_FINAL)
    save_publicity(edition=cast.edition, values={"committee": ""}, actor=cast.organiser, at=AFTER_FINAL)
    assert is_genuine(new) and b"/Image" in client.get(f"/certs/{new.number}/").content


def test_reissuing_asks_for_the_reason(cast, client, issued):
    client.force_login(cast.organiser, backend="accounts.backends.PasswordBackend")
    path = f"/org/jgs2026/certificates/{issued.number}/reissue/"
    assert "撤销并换发" in plain(client.get(path))
    client.post(path, {"reason": ""})
    assert Certificate.objects.filter(replaces=issued).count() == 0
    client.post(path, {"reason": "单位名称更正"})
    assert Certificate.objects.filter(replaces=issued).count() == 1


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGBA", (600, 600), (200, 0, 0, 128)).save(out, "PNG")
    return out.getvalue()
