"""The patent list as a file: what is taken out can be read in again, and whoever may read the entry takes it."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from entries.models import AssetSheet, Entry, IPAsset
from entries.pure.sheet_columns import HEADINGS
from tests.cast import Cast
from tests.entries.sheets import patent_rows, workbook

pytestmark = pytest.mark.django_db
KEPT = [name for name in HEADINGS if name not in ("is_core", "number_raw", "family")] + ["number"]


def address(entry: Entry, fmt: str) -> str:
    return reverse("entries:patents-file", args=[entry.public_id, fmt])


def take_in(client: Client, entry: Entry, content: bytes, name: str = "清单.xlsx") -> None:
    page = reverse("entries:patents-import", args=[entry.public_id])
    client.post(page, {"action": "read", "sheet": SimpleUploadedFile(name, content)})
    client.post(page, {"sheet": AssetSheet.objects.get().public_id, "action": "import"})


def kept(entry: Entry) -> list[dict[str, object]]:
    return list(entry.assets.order_by("position", "pk").values(*KEPT))


@pytest.mark.parametrize("fmt", ["xlsx", "csv"])
def test_what_is_taken_out_is_read_in_again(as_applicant: Client, empty_draft: Entry, fmt: str) -> None:
    take_in(as_applicant, empty_draft, workbook(patent_rows(4)))
    IPAsset.objects.filter(position=1).update(is_pledged=True, obtained="assigned", relation="核心部件", status="ended")
    before = kept(empty_draft)
    content = as_applicant.get(address(empty_draft, fmt)).content
    IPAsset.objects.all().delete()
    take_in(as_applicant, empty_draft, content, f"清单.{fmt}")
    assert len(before) == 4 and kept(empty_draft) == before


def test_dates_are_dates_and_numbers_text(as_applicant: Client, empty_draft: Entry) -> None:
    take_in(as_applicant, empty_draft, workbook(patent_rows(1)))
    sheet = load_workbook(BytesIO(as_applicant.get(address(empty_draft, "xlsx")).content)).active
    cells = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=True)}
    assert (cells["申请号"].data_type, cells["申请号"].value) == ("s", empty_draft.assets.get().number)
    assert cells["申请日"].is_date and cells["参赛后新增"].value in (None, "")
    (row,) = json.loads(as_applicant.get(address(empty_draft, "json")).content)["rows"]
    assert row["filed_on"] == "2022-03-01"


def test_it_hangs_on_the_step_and_on_the_page_of_the_entry(cast: Cast, as_applicant: Client, empty_draft: Entry) -> None:
    pages = [reverse("entries:register-step", args=[empty_draft.public_id, "patents"]), reverse("entries:my-entry", args=[empty_draft.public_id])]
    assert all(address(empty_draft, "xlsx") not in as_applicant.get(page, follow=True).content.decode() for page in pages)
    take_in(as_applicant, empty_draft, workbook(patent_rows(1)))
    assert all(address(empty_draft, "xlsx") in as_applicant.get(page).content.decode() for page in pages)
    assert as_applicant.get(address(empty_draft, "pdf")).status_code == 404
    rival = Client()
    rival.force_login(cast.rival)
    assert rival.get(address(empty_draft, "xlsx")).status_code == 404
