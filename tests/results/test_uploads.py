"""Files of an objection sent in pieces while it is being written, by people with and without an account."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings, settings
from django.test import Client
from django.urls import reverse

from core import clock
from core.uploads import views
from core.uploads.models import UploadSession
from core.uploads.visitor import COOKIE
from jianggaosai.demo.pdf import sample_pdf
from results.actions.material import KEPT_FOR, drop_stale_materials
from results.models import Notice, Objection, ObjectionFile, ObjectionMaterial
from tests.cast import Cast
from tests.factories.results import AFTER_FINAL, publish_final

pytestmark = pytest.mark.django_db
AT = AFTER_FINAL + timedelta(hours=2)
SCAN = sample_pdf("objection")
VALUES = {
    "grounds": "公示的总分与现场宣布的不一致，请核实。", "name": "示例单位乙", "contact_name": "示例联系人", "mobile": "13800138001",
    "email": "unit@example.invalid",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _disk(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, settings.UPLOAD_ROOT = tmp_path / "media", tmp_path / "uploads"
    settings.UPLOAD_ROOT.mkdir()


@pytest.fixture
def notice(cast: Cast) -> Notice:
    return Notice.objects.get(result=publish_final(cast))


def form_of(notice: Notice) -> str:
    return reverse("results:objection-new", args=[notice.edition.slug, notice.public_id])


def visitor(notice: Notice) -> Client:
    """A stranger who has opened the form."""
    client = Client()
    assert client.get(form_of(notice)).status_code == 200
    return client


def begin(client: Client, notice: Notice, *, slot: str = "signed", name: str = "异议书.pdf", purpose: str = "results.objection"):
    data = {"purpose": purpose, "target": notice.public_id, "slot": slot, "name": name, "size": len(SCAN), "fingerprint": name}
    return client.post(reverse("uploads:begin"), data)


def put(client: Client, public_id: str, start: int, end: int):
    address = reverse("uploads:chunk", args=[public_id])
    return client.put(f"{address}?offset={start}", SCAN[start:end], content_type="application/octet-stream")


def send(client: Client, notice: Notice, **changes: str) -> None:
    begun = begin(client, notice, **changes)
    assert begun.status_code == 201, begun.content
    put(client, begun.json()["id"], 0, len(SCAN))
    assert client.post(reverse("uploads:finish", args=[begun.json()["id"]])).status_code == 200


def on_disk() -> list[str]:
    return sorted(path.name for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file() and "objections" in path.parts)


def test_a_stranger_goes_on_where_the_line_broke_and_files_with_what_came(notice: Notice) -> None:
    with clock.rehearse(AT):
        client = visitor(notice)
        first = begin(client, notice).json()
        put(client, first["id"], 0, 200)
        again = begin(client, notice).json()
        assert (again["id"], again["offset"]) == (first["id"], 200)
        put(client, first["id"], 200, len(SCAN))
        assert client.post(reverse("uploads:finish", args=[first["id"]])).status_code == 200
        send(client, notice, slot="evidence_1", name="现场照片.pdf")
        assert client.post(form_of(notice), VALUES).status_code == 302
    files = ObjectionFile.objects.filter(objection=Objection.objects.get())
    assert [(one.kind, one.original_name) for one in files] == [("evidence", "现场照片.pdf"), ("signed", "异议书.pdf")]
    assert not ObjectionMaterial.objects.exists()
    assert len(on_disk()) == 2 and all(one.file.read() == SCAN for one in files)


def test_what_came_outlives_a_fault_of_the_form_and_can_be_left_out(notice: Notice, django_capture_on_commit_callbacks) -> None:
    with clock.rehearse(AT):
        client = visitor(notice)
        send(client, notice)
        send(client, notice, slot="evidence_1", name="错的.pdf")
        faulty = client.post(form_of(notice), VALUES | {"mobile": "12"})
        assert faulty.status_code == 422 and "不提交“错的.pdf”" in faulty.content.decode()
        bare = client.post(form_of(notice), VALUES | {"drop": ["signed"]})
        assert bare.status_code == 422 and "请另选加盖公章的异议书扫描件" in bare.content.decode()
        assert client.post(form_of(notice), VALUES | {"drop": ["evidence_1"]}).status_code == 302
    assert [one.kind for one in ObjectionFile.objects.all()] == ["signed"]
    with django_capture_on_commit_callbacks(execute=True):
        assert drop_stale_materials(at=AT + KEPT_FOR) == 1
    assert len(on_disk()) == 1


def test_a_second_file_of_a_field_takes_the_place_of_the_first(notice: Notice, django_capture_on_commit_callbacks) -> None:
    with clock.rehearse(AT), django_capture_on_commit_callbacks(execute=True):
        client = visitor(notice)
        send(client, notice, name="旧.pdf")
        send(client, notice, name="新.pdf")
    assert [one.original_name for one in ObjectionMaterial.objects.all()] == ["新.pdf"] and len(on_disk()) == 1


def test_one_visitor_reaches_nothing_of_another(notice: Notice) -> None:
    with clock.rehearse(AT):
        owner, other = visitor(notice), visitor(notice)
        begun = begin(owner, notice).json()
        assert put(other, begun["id"], 0, 9).status_code == 404
        assert other.post(reverse("uploads:discard", args=[begun["id"]])).status_code == 404
        send(owner, notice)
        assert other.post(form_of(notice), VALUES).status_code == 422
        forged = Client()
        forged.cookies[COOKIE] = owner.cookies[COOKIE].value[:-3] + "abc"
        assert begin(forged, notice).status_code == 302  # to the sign-in, like anybody without the cookie
    assert not Objection.objects.exists()


def test_visitors_send_nothing_but_files_of_objections_and_only_in_the_period(notice: Notice) -> None:
    with clock.rehearse(AT):
        client = visitor(notice)
        assert begin(client, notice, purpose="entries.attachment").status_code == 404
        assert begin(client, notice, slot="anything").status_code == 404
        assert begin(client, notice, name="程序.exe").status_code == 201  # its first bytes decide
        assert begin(Client(), notice).status_code == 302
    with clock.rehearse(notice.closes_at):
        assert begin(client, notice).status_code in (302, 409)
    assert UploadSession.objects.count() == 1


def test_one_address_begins_so_many_whatever_its_cookies(notice: Notice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "VISITORS_BEGIN", 3)
    with clock.rehearse(AT):
        codes = [begin(visitor(notice), notice, name=f"{number}.pdf").status_code for number in range(5)]
    assert codes == [201, 201, 201, 429, 429]


def test_the_room_of_a_notice_is_shared_by_all_who_have_not_filed(notice: Notice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("results.uploads.ROOM", 2 * len(SCAN))
    with clock.rehearse(AT):
        send(visitor(notice), notice)
        assert begin(visitor(notice), notice).status_code == 201
        assert begin(visitor(notice), notice).json()["title"].startswith("“异议书.pdf”有")


def test_the_committee_sends_the_letter_it_enters_in_pieces_too(notice: Notice, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.organiser, "accounts.backends.PasswordBackend")
    late = notice.closes_at + timedelta(hours=1)
    with clock.rehearse(late):
        send(client, notice)
        address = reverse("results:letter", args=[notice.edition.slug, notice.public_id])
        answer = client.post(address, VALUES | {"received_at": f"{clock.local(AT):%Y-%m-%dT%H:%M}"})
    assert answer.status_code == 302, answer.content.decode()
    assert ObjectionFile.objects.get().original_name == "异议书.pdf"
