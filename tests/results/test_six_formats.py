"""Screen, PDF, XLSX, CSV, JSON and API say the same of every entry of a ranking, to the last digit."""

from __future__ import annotations

import csv
import json
import re
from decimal import Decimal
from html import unescape
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pypdf import PdfReader

from accounts.actions.api_token import create_api_token
from core import clock
from entries.models import Entry
from results.models import RoundResult
from results.views.organizer import PER_PAGE
from tests.cast import Cast
from tests.factories.results import (
    AFTER_FINAL,
    AFTER_PRELIMINARY,
    approve_and_publish,
    compute_round,
    publish_preliminary,
    score_final,
)

pytestmark = pytest.mark.django_db
# Thirds, halves at the third place, a shared place, no vote at all, and numbers that need a thousands separator.
MARKS = {
    1: ("startup", ("90", "88", "87")), 2: ("startup", ("80.5", "82", "84.5")), 3: ("startup", ("70", "72", "74")),
    4: ("startup", ("70", "72", "74")), 11: ("growth", ("91", "89.5", "87")), 12: ("growth", ("81", "83", "86")),
}  # fmt: skip
VOTES = {"001": 333, "002": 12_345, "003": 0, "004": 0, "011": 1_007, "012": 1_999}
FINAL = {
    1: ("88.5", "91", "86.5", "90", "92.5"), 2: ("90", "90", "90.5", "90", "90"), 3: ("70", "71", "72.5", "73", "74"),
    4: ("70", "71", "72.5", "73", "74"), 11: ("89", "89", "89", "70", "95"), 12: ("80", "81", "82", "83.5", "84"),
}  # fmt: skip
FIGURES = ("panel_score", "votes", "vote_points", "total")
LABELS = {"panel_score": "评审得分", "votes": "票数", "vote_points": "折算分", "total": "总分", "outcome": "结果"}
Rows = dict[str, dict[str, str]]


def figures(row: dict[str, Any]) -> dict[str, str]:
    """A row as every format is compared: text, "—" for what there is not."""
    return {key: "—" if row[key] in (None, "") else str(row[key]) for key in ("place", *FIGURES, "outcome")}


def from_json(client: Client, address: str) -> Rows:
    rows = json.loads(client.get(f"{address}json").content)["rows"]
    return {one["number"]: figures({**one, "place": f"{one['place']}{'=' if one['tied'] else ''}"}) for one in rows}


def from_csv(client: Client, address: str) -> Rows:
    text = client.get(f"{address}csv").content.decode("utf-8-sig")
    return {one["编号"]: _of_titles(one) for one in csv.DictReader(StringIO(text))}


def from_xlsx(client: Client, address: str) -> Rows:
    """Also the types: figures are numbers with the places they are shown with, everything else is text."""
    sheet = load_workbook(BytesIO(client.get(f"{address}xlsx").content)).active
    assert sheet is not None and sheet.freeze_panes == "A2"
    titles = [str(cell.value) for cell in sheet[1]]
    found = {}
    for cells in sheet.iter_rows(min_row=2):
        row: dict[str, str] = {}
        for title, cell in zip(titles, cells, strict=True):
            is_number = title in ("名次", "上一轮名次", "有效票数") or title.endswith(("分", "计入总分"))
            assert cell.value is None or cell.data_type == ("n" if is_number else "s"), (title, cell.value)
            if is_number and cell.value is not None:
                places = len(cell.number_format.partition(".")[2])
                row[title] = f"{Decimal(str(cell.value)):.{places}f}"
            else:
                row[title] = cell.value or ""
        found[row["编号"]] = _of_titles(row)
    return found


def _of_titles(row: dict[str, str]) -> dict[str, str]:
    names = {"panel_score": "评审得分", "votes": "有效票数", "vote_points": "投票折算分", "total": "总分", "outcome": "结果"}
    place = f"{row['名次']}{'=' if row['并列'] else ''}"
    return figures({"place": place, **{key: row[title] for key, title in names.items()}})


def from_pdf(client: Client, address: str, *, blended: bool) -> Rows:
    """Each row's tokens behind the group; two more of them, the weighted parts, where the round blends."""
    pages = PdfReader(BytesIO(client.get(f"{address}pdf").content)).pages
    text = "\n".join(page.extract_text() for page in pages)
    found = {}
    for place, code, tail in re.findall(r"^(\d+=?) (\d{3}) .*?(?:初创组|成长组) (.*)$", text, re.MULTILINE):
        panel, votes, points, *rest = tail.split(" ")
        total, outcome = rest[2 if blended else 0], rest[3 if blended else 1] if len(rest) > 1 else ""
        is_word = not re.fullmatch(r"[\d.,—]*", outcome)
        values = {"panel_score": panel, "votes": votes.replace(",", ""), "vote_points": points, "total": total}
        found[code] = figures({"place": place, **values, "outcome": outcome if is_word else ""})
    return found


def from_api(address: str, token: str = "") -> Rows:
    found = {}
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    for one in Client().get(address, headers=headers).json()["standings"]:
        word = "、".join(one["awards"]) or {"advanced": "入围决赛", "eliminated": "未入围", "": ""}[one["outcome"]]
        place = f"{one['place']}{'=' if one['is_tied'] else ''}"
        found[f"{one['number']:03d}"] = figures({**one, "place": place, "outcome": word})
    return found


def from_screen(client: Client, address: str) -> Rows:
    """The cells of the organiser's page by their labels; a column it leaves out has nothing in any row."""
    html = client.get(address).content.decode()
    found = {}
    for row in re.findall(r"<tr><td class=\"num\" data-label=\"名次\">.*?</tr>", html, re.DOTALL):
        cells = dict(re.findall(r'<td[^>]*data-label="([^"]+)"[^>]*>(.*?)</td>', row, re.DOTALL))
        hidden = r'<small.*?</small>|<span class="visually-hidden">.*?</span>|<svg.*?</svg>|<[^>]+>'
        texts = {label: unescape(re.sub(hidden, "", cell, flags=re.DOTALL)).strip() for label, cell in cells.items()}
        code = re.findall(r"<small>(\d{3}) 号", row)[0]
        shown = {key: texts.get(label, "—").replace(",", "") for key, label in LABELS.items()}
        found[code] = figures({"place": texts["名次"], **shown})
    return found


def all_six(cast: Cast, result: RoundResult) -> dict[str, Rows]:
    client, slug, kind = Client(), cast.edition.slug, result.round.kind
    client.force_login(cast.organiser)
    _, token = create_api_token(
        user=cast.organiser, name=kind, scope="organiser", days=365, actor=cast.organiser, at=AFTER_FINAL
    )
    file = reverse("results:export", args=[slug, kind, "pdf"])[: -len("pdf")]
    with clock.rehearse(AFTER_FINAL):
        return {
            "screen": from_screen(client, reverse("results:ranking", args=[slug, kind])),
            "pdf": from_pdf(client, file, blended=kind == "preliminary"),
            "xlsx": from_xlsx(client, file),
            "csv": from_csv(client, file),
            "json": from_json(client, file),
            "api": from_api(f"/api/v1/org/{slug}/results/{kind}/", token),
        }


def placed(result: RoundResult) -> Rows:
    """What the rows of the database say, to compare the six with."""
    found = {}
    for one in result.placings.select_related("entry").prefetch_related("awards__award_type"):
        values = {key: getattr(one, key) for key in FIGURES}
        word = "、".join(award.award_type.name for award in one.awards.all()) or (one.get_outcome_display() if one.outcome else "")
        found[one.entry.code] = figures({"place": f"{one.place}{'=' if one.is_tied else ''}", **values, "outcome": word})
    return found


def test_the_six_say_the_same_of_every_entry_of_both_rounds(cast: Cast) -> None:
    with clock.rehearse(AFTER_PRELIMINARY):
        preliminary = publish_preliminary(cast, marks=MARKS, votes=VOTES)
    for number in MARKS:
        Entry.objects.filter(number=number).update(title=f"=项目{number}")
    with clock.rehearse(AFTER_FINAL):
        final = compute_round(round=score_final(cast.edition, FINAL), actor=cast.organiser, at=AFTER_FINAL)
        approve_and_publish(final, cast, AFTER_FINAL)
    assert len(MARKS) < PER_PAGE
    for result in (preliminary, final):
        expected, found = placed(result), all_six(cast, result)
        assert set(expected) == {f"{number:03d}" for number in MARKS}
        if result == final:  # the final counts no votes of its own: what is shown are those of the round before
            before = placed(preliminary)
            expected = {code: {**row, "votes": before[code]["votes"]} for code, row in expected.items()}
        for name, rows in found.items():
            assert rows == expected, (result.round.kind, name)
    first = placed(preliminary)
    assert first["001"] == {
        "place": "1", "panel_score": "88.33", "votes": "333", "vote_points": "2.70", "total": "84.05", "outcome": "入围决赛",
    }  # fmt: skip
    assert first["003"]["place"] == first["004"]["place"] == "3="


def test_the_public_files_are_those_of_the_organiser_once_published(cast: Cast) -> None:
    with clock.rehearse(AFTER_PRELIMINARY):
        publish_preliminary(cast, marks=MARKS, votes=VOTES)
    with clock.rehearse(AFTER_FINAL):
        final = compute_round(round=score_final(cast.edition, FINAL), actor=cast.organiser, at=AFTER_FINAL)
        approve_and_publish(final, cast, AFTER_FINAL)
        own, public = Client(), Client()
        own.force_login(cast.organiser)
        for fmt in ("json", "csv"):
            files = [
                own.get(reverse("results:export", args=[cast.edition.slug, "final", fmt])),
                public.get(reverse("results:table", args=[cast.edition.slug, fmt])),
            ]
            assert files[0].content == files[1].content
        shown = from_api(f"/api/v1/editions/{cast.edition.slug}/results/{final.public_id}/")
    before = placed(cast.edition.rounds.get(kind="preliminary").results.get())
    assert shown == {code: {**row, "votes": before[code]["votes"]} for code, row in placed(final).items()}
