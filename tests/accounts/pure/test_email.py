"""E-mail addresses: one canonical form, no look-alikes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.pure.email import mask_email, normalize_email

LONGEST = "li@" + f"{'a' * 61}." * 4 + "com"  # 254 characters


@pytest.mark.parametrize(
    ("raw", "canonical"),
    [
        ("Li.Ming@Example.COM", "li.ming@example.com"),
        ("  liming@example.com\u3000", "liming@example.com"),
        ("ｌｉｍｉｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ", "liming@example.com"),
        ("liming\u200b@example.com", "liming@example.com"),
        ("l" * 64 + "@example.com", "l" * 64 + "@example.com"),
        (LONGEST, LONGEST),
        ("li+vote@mail.example.com.cn", "li+vote@mail.example.com.cn"),
        ("a@xn--fiqs8s.xn--fiqs8s", "a@xn--fiqs8s.xn--fiqs8s"),
    ],
)
def test_one_address_is_one_text_however_it_is_typed(raw, canonical):
    parsed = normalize_email(raw)

    assert (parsed.canonical, parsed.faults) == (canonical, ())


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("", "empty"),
        ("liming", "at"),
        ("a@b@example.com", "at"),
        ("@example.com", "local"),
        (".li@example.com", "local"),
        ("l" * 65 + "@example.com", "local"),
        ("li@example", "domain"),
        ("li@-example.com", "domain"),
        ("li@example.com.", "domain"),
        ("li@" + "a" * 64 + ".com", "domain"),
        ("m" + LONGEST, "length"),
        ("li ming@example.com", "character"),
        ("liming@example。com", "character"),
        ("lіming@example.com", "character"),  # Cyrillic і
        ("lımıng@example.com", "character"),  # dotless ı
        ("liming@example.com\nBcc: x@example.com", "character"),
    ],
)
def test_another_text_is_refused(raw, code):
    parsed = normalize_email(raw)

    assert ([fault.code for fault in parsed.faults], parsed.canonical) == ([code], "")


def test_the_message_names_the_character():
    assert normalize_email("li ming@example.com").faults[0].message == "邮箱中不能有空格，请删去或切换到英文输入法重新输入。"
    assert (
        normalize_email("lіming@example.com").faults[0].message
        == "邮箱中不能有“і”（西里尔字母），请删去或切换到英文输入法重新输入。"
    )


@pytest.mark.parametrize(
    ("canonical", "masked"),
    [("liming@example.com", "l***@example.com"), ("l@example.com", "***@example.com"), ("liming", "***"), ("", "***")],
)
def test_a_mask_hides_the_person(canonical, masked):
    assert mask_email(canonical) == masked


@given(st.text() | st.emails() | st.text("ab@.-+ Ａ。\ud800", max_size=20))
def test_no_text_makes_the_reader_raise(raw):
    parsed = normalize_email(raw)

    assert bool(parsed.canonical) is parsed.is_valid
    if parsed.is_valid:
        assert normalize_email(parsed.canonical).canonical == parsed.canonical
    mask_email(raw)
