"""The draw on the day: plates one by one, minutes with every figure, a photograph and the signed sheet."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from pypdf import PdfReader

from judging.actions.draw import prepare_draw, redraw, run_draw, show_plates
from judging.errors.stage import BadDrawInput, PlatesBeyond, RoomMoved
from judging.models import Draw, DrawFile
from tests.cast import Cast
from tests.factories import moments
from tests.factories.entries import build_accepted_entry
from tests.factories.finals import Final, build_final

AT = moments.DURING_COACHING


@pytest.fixture
def final(cast: Cast) -> Final:
    return build_final(cast.edition)


@pytest.fixture
def draw(cast: Cast, final: Final) -> Draw:
    prepared = prepare_draw(
        round=final.round, group=final.entries[0].group, entries=final.entries, method="hand", actor=cast.operator, at=AT
    )
    order = [final.entries[2], final.entries[0], final.entries[1]]
    return run_draw(draw=prepared, witness="区公证员", order=order, drawn_by_staff=[final.entries[0]], actor=cast.operator, at=AT)


@pytest.fixture
def staff(client: Client, cast: Cast) -> Client:
    client.force_login(cast.operator, backend="accounts.backends.PasswordBackend")
    return client


def url(name: str, draw: Draw) -> str:
    return reverse(f"judging:draw-{name}", args=["jgs2026", draw.public_id])


def wall(draw: Draw) -> dict:
    return Client().get(url("screen-state", draw)).json()


def test_the_wall_tells_only_the_plates_that_were_shown(staff: Client, draw: Draw) -> None:
    assert [row.get("code") for row in wall(draw)["plates"]] == [None, None, None]
    for count in (1, 2):
        draw.refresh_from_db()
        staff.post(url("plates", draw), {"count": count, "version": draw.screen_version})
    assert [row.get("code") for row in wall(draw)["plates"]] == ["003", "001", None]
    draw.refresh_from_db()
    staff.post(url("plates", draw), {"count": 1, "version": draw.screen_version})
    found = wall(draw)
    assert ([row.get("code") for row in found["plates"]], found["phase"]) == (["003", None, None], "drawing")
    assert Client().get(url("screen-state", draw), headers={"If-None-Match": f'"{found["number"]}"'}).status_code == 304
    assert "003" in Client().get(url("screen", draw)).content.decode()


def test_two_who_click_at_once_show_one_plate(cast: Cast, staff: Client, draw: Draw) -> None:
    version = draw.screen_version
    show_plates(draw=draw, count=1, version=version, actor=cast.operator, at=AT)
    with pytest.raises(RoomMoved):
        show_plates(draw=draw, count=2, version=version, actor=cast.organiser, at=AT)
    answer = staff.post(url("plates", draw), {"count": 2, "version": version})
    assert (answer.status_code, "现场状态刚刚由其他人更新" in answer.content.decode()) == (409, True)
    draw.refresh_from_db()
    assert draw.plates_shown == 1
    with pytest.raises(PlatesBeyond):
        show_plates(draw=draw, count=4, version=draw.screen_version, actor=cast.operator, at=AT)


def test_nothing_is_shown_before_the_draw(cast: Cast, staff: Client, draw: Draw) -> None:
    again = redraw(draw=draw, reason="漏了一个号牌", actor=cast.operator, at=AT)
    assert (wall(again)["phase"], [row.get("code") for row in wall(again)["plates"]]) == ("waiting", [None] * 3)
    assert staff.get(url("room", again)).status_code == 404


def test_the_minutes_name_everything(staff: Client, draw: Draw) -> None:
    pdf = PdfReader(io.BytesIO(staff.get(url("minutes", draw)).content))
    text = "\n".join(page.extract_text() for page in pdf.pages)
    rows = [line for line in text.splitlines() if line[:2] in ("1 ", "2 ", "3 ")]
    assert [row.split()[1] for row in rows] == ["003", "001", "002"]
    assert rows[1].endswith("工作人员代抽")
    assert ("区公证员" in text, "现场抽签" in text, "参赛单位代表" in text) == (True, True, True)


def test_photograph_and_signed_minutes_are_kept(staff: Client, draw: Draw) -> None:
    assert "还缺：现场照片、签字的抽签记录" in staff.get(url("room", draw)).content.decode()
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(picture, "PNG")
    sent = {"kind": "photo", "file": SimpleUploadedFile("现场.png", picture.getvalue())}
    assert staff.post(url("file-add", draw), sent).status_code == 302
    found = DrawFile.objects.get()
    assert staff.get(reverse("judging:draw-file", args=["jgs2026", draw.public_id, found.public_id])).status_code == 200
    assert "还缺：签字的抽签记录" in staff.get(url("room", draw)).content.decode()
    bad = {"kind": "minutes", "file": SimpleUploadedFile("记录.pdf", b"not a pdf")}
    assert staff.post(url("file-add", draw), bad).status_code == 422
    assert DrawFile.objects.count() == 1


def test_too_few_public_values_are_refused(cast: Cast, final: Final) -> None:
    given = {"round": final.round, "group": final.entries[0].group, "method": "computed", "actor": cast.operator, "at": AT}
    many = build_many(cast, final)
    with pytest.raises(BadDrawInput, match="至少要采用 2 个开奖数值"):
        prepare_draw(**given, entries=many, sources_text="双色球第 2026130 期")
    assert Draw.objects.count() == 0
    prepare_draw(**given, entries=many, sources_text="双色球第 2026130 期\n大乐透第 2026131 期")


def build_many(cast: Cast, final: Final) -> list:
    more = [build_accepted_entry(cast.edition, number, short_name=f"项目{number}") for number in range(4, 12)]
    return [*final.entries, *more]
