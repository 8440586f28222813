"""A blind round: whatever a judge can reach names nobody. One layer hides (judging/queries/material.py)."""

from __future__ import annotations

import io

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from core import clock
from entries.models import Attachment, EntryDetails
from judging.models import ScoreSheet
from judging.queries.material import HIDDEN, mask
from judging.views import screen
from tests.factories import moments
from tests.factories.judging import AssignmentFactory, lock_sheet_at
from tests.jianggaosai.test_api_scopes import Caller
from tests.judging.hall import AT, build_hall
from tests.judging.scene import MARKS, build_scene, readable

FIRM, SHORT, OWNER, INVENTOR, CONTACT, MEMBER = "柏木精工有限公司", "柏木精工", "岑溪研究院", "欧阳见山", "司徒问水", "慕容听雨"
NUMBER, RAW, PUBLICATION = "202210000101.3", "ZL202210000101.3", "CN114000001B"
SECRETS = (FIRM, SHORT, OWNER, INVENTOR, CONTACT, MEMBER)
NUMBERS = (NUMBER, RAW, PUBLICATION)


@pytest.fixture
def blind(cast):
    """Names and numbers in every field an entrant can type into."""
    scene = build_scene(cast, entry_count=2)
    scene.round.is_blind = scene.round.hides_numbers = True
    scene.round.save()
    AssignmentFactory(seat=scene.seats["judge"], entry=scene.entries[1])
    said = f"{FIRM}（{SHORT}）与{OWNER}的{INVENTOR}、{CONTACT}，见 {NUMBER}、{RAW} 和 {PUBLICATION}"
    for entry in scene.entries:
        organisation = entry.organisations.get()
        organisation.name, organisation.contact_name = f"{FIRM}", CONTACT
        organisation.save()
        for name in ("title", "pitch", "summary"):
            setattr(entry, name, f"{SHORT}{INVENTOR}{OWNER}的项目")
        for name in ("description", "advantages", "layout", "market", "needs"):
            setattr(entry, name, said)
        entry.team, entry.short_name = f"{MEMBER}，{said}", SHORT
        entry.save()
        entry.assets.all().delete()
        entry.assets.create(
            title=f"{SHORT}的方法", number=NUMBER, number_raw=RAW, publication_number=PUBLICATION, owners=f"{FIRM}；{OWNER}",
            inventors=f"{INVENTOR}、{MEMBER}", relation=f"{INVENTOR}主持", is_core=True,
        )  # fmt: skip
        EntryDetails.objects.update_or_create(entry=entry, defaults={"products": said, "keywords": SHORT})
        for kind in Attachment.Kind.values:
            Attachment.objects.create(
                entry=entry, kind=kind, file=ContentFile(b"%PDF-1.4", name="x.pdf"), original_name=f"{FIRM}{INVENTOR}.pdf",
                media_type="application/pdf", size=8, sha256="0" * 64, uploaded_at=moments.DURING_REGISTRATION,
                uploaded_by=cast.applicant,
            )  # fmt: skip
    return scene


def judge_pages(client: Client, scene) -> dict[str, str]:
    """Everything a judge can reach, with searches and orders, and what a save and a refusal answer."""
    own = scene.assignment.public_id
    found = ["/judge/", "/my/", "/judge/?state=empty", "/judge/?q=" + SHORT, "/judge/?sort=organisation"]
    found += [reverse(f"judging:{name}", args=[own]) for name in ("score", "submit", "recuse")]
    found += ["/judge/compare/jgs2026/preliminary/", "/judge/declaration/jgs2026/preliminary/"]
    pages = {address: client.get(address).content.decode().replace(f"q={SHORT}", "") for address in found}
    caller = Caller(scene.cast.judge, "judge")
    for path in ("judge/tasks/", f"judge/tasks/?search={SHORT}", f"judge/tasks/{own}/"):
        pages[path] = readable(caller.call("get", path).content)
    for name in ("score", "autosave", "recuse"):
        pages[f"POST {name}"] = client.post(reverse(f"judging:{name}", args=[own]), {"mark-A": "x"}).content.decode()
    return pages


def test_no_page_of_a_judge_names_anybody(blind):
    client = Client()
    client.force_login(blind.cast.judge)
    with clock.rehearse(moments.DURING_PRELIMINARY):
        lock_sheet_at(blind.seats["judge"].assignments.get(entry=blind.entries[1]), MARKS)
        pages = judge_pages(client, blind)
        files = [client.get(reverse("judging:attachment", args=[blind.assignment.public_id, one.public_id])) for one in blind.entries[0].attachments.all()]
    assert HIDDEN in pages["/judge/"] and "除匿名版申报书外" in pages[reverse("judging:score", args=[blind.assignment.public_id])]
    assert [(address, word) for address, page in pages.items() for word in (*SECRETS, *NUMBERS) if word in page] == []
    shown = [one for one in files if one.status_code == 200]
    assert len(shown) == 1 and not [word for word in SECRETS if word in str(shown[0].headers)]


def test_a_blind_final_names_nobody_on_wall_tablet_and_paper(cast):
    """The control is the same final with the names on."""
    hall = build_hall(cast, entries=2)
    for entry in hall.final.entries:
        entry.organisations.update(name=FIRM)
        entry.title, entry.short_name, entry.pitch = f"{FIRM}的乳液", f"{SHORT}乳液", f"{SHORT}出品"
        entry.save()
    pages = {}
    for is_blind in (False, True):
        hall.final.round.is_blind = is_blind
        hall.final.round.save()
        pages[is_blind] = _final_texts(hall, cast)
        screen._boards.forget()
    assert all(SHORT in text for name, text in pages[False].items()), [name for name, text in pages[False].items() if SHORT not in text]
    assert [name for name, text in pages[True].items() if SHORT in text] == []


def _final_texts(hall, cast) -> dict[str, str]:
    found, (judge, chief) = {}, (Client(), Client())
    judge.force_login(cast.judge)
    chief.force_login(cast.chief)
    if hall.slots[0].state == "waiting":
        hall.step(0, "start_talk")
    token = hall.room.screen_token
    with clock.rehearse(AT):
        for client, address in (
            (judge, "/judge/live/jgs2026/"), (judge, "/judge/live/jgs2026/state/"), (judge, "/judge/?round=jgs2026-final"),
            (chief, "/judge/chair/jgs2026/stage/"),
            (Client(), reverse("judging:screen", args=["jgs2026", token])),
            (Client(), reverse("judging:screen-state", args=["jgs2026", token])),
        ):  # fmt: skip
            answer = client.get(address)
            assert answer.status_code == 200, address
            found[address] = readable(answer.content)
        if not ScoreSheet.objects.exists():
            lock_sheet_at(hall.final.assignment(0, 0), MARKS)
        pdf = judge.get(reverse("judging:sheet-own", args=["jgs2026", "final"])).content
    found["paper"] = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return found


def test_the_chief_judge_reads_no_names_either(blind):
    client = Client()
    client.force_login(blind.cast.chief)
    with clock.rehearse(moments.DURING_PRELIMINARY):
        page = client.get("/judge/chair/jgs2026/").content.decode()
    assert [word for word in SECRETS if word in page] == []


def test_numbers_stay_where_the_round_does_not_hide_them_and_the_page_says_so(blind):
    blind.round.hides_numbers = False
    blind.round.save()
    client = Client()
    client.force_login(blind.cast.judge)
    with clock.rehearse(moments.DURING_PRELIMINARY):
        page = client.get(reverse("judging:score", args=[blind.assignment.public_id])).content.decode()
    assert NUMBER in page and "专利号没有隐去" in page
    assert [word for word in SECRETS if word in page] == []


@given(st.lists(st.text(min_size=2, max_size=6), min_size=1, max_size=4), st.lists(st.text(max_size=5), min_size=5, max_size=5))
def test_no_name_survives_masking(names, parts):
    names = [name for name in names if not set(name) & set(HIDDEN)]
    text = "".join(part + (names[index % len(names)] if names else "") for index, part in enumerate(parts))
    left = mask(text, names).replace(HIDDEN, "\0")
    assert [name for name in names if name in left and "\0" not in name] == []
