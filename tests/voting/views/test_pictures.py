"""Covers, posters and cards: sized, kept under a name that follows the content, gone with the entry, no count on them."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image

from competitions.models import Edition
from core import clock
from entries import states
from entries.exports.cover import COVERS
from entries.models import Entry
from tests.factories import moments
from tests.voting.ballots import build_vote, vote
from voting.exports import pictures, poster
from voting.exports.poster import SIZES, ShareText, wrapped

pytestmark = pytest.mark.django_db
TEXT = ShareText("2026 年江高赛", "047", "陈皮仓储陈化环境智能调控", "示例企业丁", "http://testserver/e/1/", "agriculture")


@pytest.fixture(autouse=True)
def _during_the_vote(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with clock.rehearse(moments.DURING_VOTE):
        yield


def give_cover(entry: Entry, colour: str) -> None:
    out = io.BytesIO()
    Image.new("RGB", (2000, 900), colour).save(out, "PNG")
    entry.cover.save(f"{colour}.png", ContentFile(out.getvalue()))
    entry.cover_alt = "产品照片"
    entry.save()


def poster_of(client: Client, edition: Edition, number: int = 1) -> str:
    page = client.get(f"/{edition.slug}/entries/{number}/poster/").content.decode()
    return re.search(r'class="jg-poster" src="([^"]+)"', page)[1]


def test_lists_show_resized_lazy_covers_with_their_size(client: Client) -> None:
    edition = build_vote(2)
    give_cover(Entry.objects.get(number=1), "red")
    for page, shape in (("entries/", "wide"), ("vote/", "tall")):
        found = re.findall(r"<img src=\"([^\"]+cover-[^\"]+)\" width=\"(\d+)\" height=\"(\d+)\" alt=\"产品照片\" loading=\"lazy\"", client.get(f"/{edition.slug}/{page}").content.decode())
        ((url, width, height),) = found
        answer = client.get(url)
        assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
        assert Image.open(io.BytesIO(answer.content)).size == (int(width), int(height)) == COVERS[shape]


def test_another_cover_has_another_address_and_the_old_one_is_gone(client: Client) -> None:
    edition, entry = build_vote(1), Entry.objects.get(number=1)
    urls = []
    for colour in ("red", "blue"):
        give_cover(entry, colour)
        urls.append(re.search(r'src="([^"]+cover-[^"]+)"', client.get(f"/{edition.slug}/entries/1/").content.decode())[1])
    assert [client.get(url).status_code for url in urls] == [404, 200]
    Entry.objects.update(state=states.WITHDRAWN)
    assert client.get(urls[1]).status_code == 404


def test_a_poster_is_drawn_once_and_kept_for_ever(client: Client, monkeypatch) -> None:
    edition = build_vote(1)
    url = poster_of(client, edition)
    answer = client.get(url)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert Image.open(io.BytesIO(answer.content)).size == SIZES["poster"]
    monkeypatch.setattr(pictures, "draw", lambda *args: pytest.fail("drawn again"))
    assert client.get(url).content == answer.content


def test_an_older_name_leads_to_the_present_poster(client: Client) -> None:
    edition = build_vote(1)
    old = poster_of(client, edition)
    Entry.objects.update(title="改过的名称")
    assert client.get(old).url == poster_of(client, edition) != old


def test_votes_change_nothing_on_poster_and_card(client: Client) -> None:
    edition = build_vote(1)
    before = poster_of(client, edition)
    vote(edition, 1)
    assert poster_of(client, edition) == before
    page = client.get(f"/{edition.slug}/entries/1/").content.decode()
    card = re.search(r'property="og:image" content="(http://testserver[^"]+)"', page)[1]
    assert Image.open(io.BytesIO(client.get(card).content)).size == SIZES["card"]
    assert re.search(r'property="og:description" content="[^"]*票', page) is None


def test_unknown_kinds_and_hidden_entries_have_no_pictures(client: Client) -> None:
    edition = build_vote(1)
    url = poster_of(client, edition)
    assert client.get(url.replace("/poster-", "/banner-")).status_code == 404
    Entry.objects.update(is_display_consented=False)
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("cover", [None, Image.new("RGB", (300, 900), "blue")])
def test_the_code_on_the_poster_is_whole(cover) -> None:
    """Every module stands where it should, on white: a phone can read it."""
    picture = Image.open(io.BytesIO(poster.draw(TEXT, "poster", cover))).convert("L")
    box, (width, height) = 316, SIZES["poster"]
    code = picture.crop((width - 72 - box, height - 72 - box, width - 72, height - 72))
    rows = poster.qr_rows(TEXT.url)
    module = box // (len(rows) + 8)
    start = (box - module * len(rows)) // 2
    read = ["".join("1" if code.getpixel((start + x * module + module // 2, start + y * module + module // 2)) < 128 else "0" for x in range(len(rows))) for y in range(len(rows))]
    assert read == rows
    assert start >= 4 * module and code.getpixel((start - 1, start + 5)) > 240


@pytest.mark.parametrize(("title", "lines"), [("短", 1), ("一" * 16, 2), ("长" * 60, 3), ("", 1)])
def test_a_title_is_broken_into_lines_that_fit(title: str, lines: int) -> None:
    font = poster._font(60)
    found = wrapped(title, font, 900, most=3)
    assert len(found) == lines and all(font.getlength(line) <= 900 for line in found)
    assert (len(title) > 45) == found[-1].endswith("…")


def test_no_line_begins_with_a_closing_mark() -> None:
    assert wrapped("一二三四，五六", poster._font(60), 4 * 60, most=3) == ["一二三四，", "五六"]
