from __future__ import annotations

import pytest
from django.conf import settings as project

from core.outbox.kinds import KINDS, edition_kinds, kind_of
from core.outbox.models import Message
from core.outbox.own_wording import wording_of
from core.outbox.send import queue_message
from core.outbox.setting import KindFixed, set_message
from core.outbox.wording import fill
from tests.factories import moments

AT = moments.SET_UP
REMINDER = {"edition": {"short_name": "江高赛", "name": "江高赛"}, "name": "丁<工>&", "round": {"name": "初赛"}, "due": 3, "missing": 2}


def remind():
    return queue_message(channel="mail", recipient="a@b.invalid", template="judge-reminder", context=REMINDER, at=AT, edition="jgs")


@pytest.mark.django_db
def test_plain_text_is_not_escaped_and_the_kind_is_noted():
    one = remind()

    assert one.kind == "judge-reminder"
    assert "丁<工>&，您好" in one.body


@pytest.mark.django_db
def test_an_optional_kind_is_switched_off_and_a_paragraph_added(cast):
    set_message(edition="jgs", kind="judge-reminder", is_off=False, note=" 请带身份证。 ", actor=cast.organiser, at=AT)
    assert remind().body.endswith("\n\n组委会补充说明：请带身份证。\n")

    set_message(edition="jgs", kind="judge-reminder", is_off=True, note="", actor=cast.organiser, at=AT)
    assert remind() is None
    assert Message.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "is_off", "note"),
    [("entry_returned", True, ""), ("joint_invited", False, "x"), ("account_login_code", True, ""), ("no-such", False, "")],
)
def test_what_people_rely_on_is_neither_switched_off_nor_bent(cast, kind, is_off, note):
    with pytest.raises(KindFixed):
        set_message(edition="jgs", kind=kind, is_off=is_off, note=note, actor=cast.organiser, at=AT)


def test_every_kind_has_its_template_and_codes_are_no_business_of_an_edition():
    folder = project.BASE_DIR / "templates" / "messages"
    found = {code: [(folder / f"{code}.txt").is_file(), wording_of(code) is not None] for code in KINDS}
    assert [code for code, places in found.items() if sum(places) != 1] == []  # one text, not two
    assert [kind.code for kind in edition_kinds() if kind.is_secret] == ["judge_invited"]  # its words, never its link
    assert kind_of("something-new").is_optional is False


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("丁工", "丁工，您好"),
        ("a\r\nBcc: x@y\x00", "a Bcc: x@y，您好"),
        ("点 https://evil.invalid www.evil.invalid", "点 https：//evil.invalid www。evil.invalid，您好"),
        ("{大赛名称}", "{大赛名称}，您好"),
        ("长" * 200, "长" * 80 + "，您好"),
    ],
)
def test_what_somebody_typed_can_pretend_nothing(value, written):
    assert fill("{收件人}，您好", {"收件人": value, "大赛名称": "江高赛"}) == written
