from __future__ import annotations

import pytest
from django.urls import reverse

from core import clock
from core.uploads.models import UploadSession
from tests.core.uploads.conftest import AT, left_on_disk
from tests.entries.conftest import pdf_bytes

CONTENT = pdf_bytes()
BINARY = "application/octet-stream"


@pytest.fixture
def browser(client, cast):
    client.force_login(cast.applicant)
    with clock.rehearse(AT):
        yield client


def begin(browser, **changes):
    data = {"purpose": "test.shelf", "target": "t1", "name": "稿.pdf", "size": len(CONTENT), "fingerprint": "f"}
    return browser.post(reverse("uploads:begin"), data | changes)


def put(browser, public_id, offset, content):
    address = reverse("uploads:chunk", args=[public_id])
    return browser.put(f"{address}?offset={offset}", content, content_type=BINARY)


def test_from_the_first_piece_to_the_address_of_the_result(shelf, browser, django_capture_on_commit_callbacks):
    begun = begin(browser)
    assert begun.status_code == 201
    public_id = begun.json()["id"]

    half = put(browser, public_id, 0, CONTENT[:200])
    assert half.json() == {"id": public_id, "offset": 200, "size": len(CONTENT), "chunk": 2**20, "is_complete": False}
    assert browser.get(reverse("uploads:chunk", args=[public_id])).json()["offset"] == 200
    assert begin(browser).json()["offset"] == 200

    assert put(browser, public_id, 200, CONTENT[200:]).json()["offset"] == len(CONTENT)
    with django_capture_on_commit_callbacks(execute=True):
        done = browser.post(reverse("uploads:finish", args=[public_id]))
    assert done.json() == {"url": "/shelf/t1/"}
    assert browser.post(reverse("uploads:finish", args=[public_id])).json() == {"url": "/shelf/t1/"}


def test_a_misplaced_piece_is_answered_with_the_right_place(shelf, browser):
    public_id = begin(browser).json()["id"]
    put(browser, public_id, 0, CONTENT[:200])

    answer = put(browser, public_id, 0, CONTENT[:200])

    assert (answer.status_code, answer.json()["offset"]) == (409, 200)


@pytest.mark.parametrize("offset", ["", "-1", "x", "９", "1e9", "9" * 16])
def test_an_offset_that_is_no_number_is_refused(shelf, browser, offset):
    public_id = begin(browser).json()["id"]

    assert put(browser, public_id, offset, b"%PDF-").status_code == 413
    assert UploadSession.objects.get().received == 0


def test_a_piece_too_long_is_refused_before_it_is_read(shelf, browser):
    public_id = begin(browser).json()["id"]

    assert put(browser, public_id, 0, b"x" * (2**20 + 1)).status_code == 413


@pytest.mark.parametrize("data", [{"size": "many"}, {"size": -1}, {"name": ""}, {"purpose": ""}, {"size": 2**41}])
def test_a_beginning_that_makes_no_sense_is_refused_with_a_sentence(shelf, browser, data):
    answer = begin(browser, **data)

    assert answer.status_code == 422
    assert answer.json()["title"]
    assert not UploadSession.objects.exists()


def test_a_refusal_comes_as_a_sentence(shelf, browser, settings):
    public_id = begin(browser).json()["id"]

    answer = put(browser, public_id, 0, b"MZ")

    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["title"] == "“稿.pdf”的内容不是可以接收的格式。这里接收 PDF、PPTX，请另存为其中一种再上传。"
    assert put(browser, public_id, 0, b"MZ").status_code == 404
    assert left_on_disk(settings.UPLOAD_ROOT) == []


@pytest.mark.parametrize(("back", "leads_to"), [("/my/", "/my/"), ("https://evil.invalid/", "/"), ("", "/")])
def test_an_upload_is_given_up(shelf, browser, settings, back, leads_to):
    public_id = begin(browser).json()["id"]
    put(browser, public_id, 0, CONTENT[:200])

    answer = browser.post(reverse("uploads:discard", args=[public_id]), {"next": back})

    assert answer["Location"] == leads_to
    assert not UploadSession.objects.exists()
    assert left_on_disk(settings.UPLOAD_ROOT) == []


def test_somebody_elses_upload_is_not_there(shelf, browser, cast, client):
    public_id = begin(browser).json()["id"]
    client.force_login(cast.rival)

    assert put(client, public_id, 0, CONTENT).status_code == 404
    assert client.post(reverse("uploads:discard", args=[public_id])).status_code == 404
    assert UploadSession.objects.count() == 1
