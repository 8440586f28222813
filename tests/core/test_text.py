"""Folding of typed text: what is made equal, and which look-alikes must stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import fold, fold_code, fold_number, lower_ascii, quote_character, upper_ascii


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("ＺＬ２０１９．Ｘ", "ZL2019.X"),
        ("  abc\u3000", "abc"),
        ("\ufeffZL\u200b2019\u202c", "ZL2019"),
        ("a\u200d\u0301", "á"),
        ("", ""),
    ],
)
def test_fold_removes_width_and_what_nobody_sees(raw, folded):
    assert fold(raw) == folded


@pytest.mark.parametrize("dash", "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212－")
def test_spaces_are_dropped_and_every_dash_is_a_hyphen(dash):
    assert fold_code(f" zl 2019{dash}1 ") == "ZL20191"
    assert fold_number(f" loc 14 {dash}03") == "LOC14-03"


@pytest.mark.parametrize("lookalike", ["ı", "ß", "Х", "х", "Χ"])
def test_case_folding_never_turns_a_lookalike_into_a_letter(lookalike):
    assert upper_ascii(lookalike) == lookalike
    assert not fold_code(lookalike).isascii()


def test_lower_ascii_leaves_other_letters():
    assert lower_ascii("AZİ") == "azİ"


@pytest.mark.parametrize(
    ("ch", "name"),
    [
        ("Х", "“Х”（西里尔字母）"),
        ("Χ", "“Χ”（希腊字母）"),
        ("号", "“号”"),
        ("\ud800", "不可见字符 U+D800"),
        ("\x07", "不可见字符 U+0007"),
    ],
)
def test_a_character_is_named_so_that_a_person_can_find_it(ch, name):
    assert quote_character(ch) == name


@given(st.text())
def test_folding_twice_is_folding_once(raw):
    assert fold(fold(raw)) == fold(raw)
    assert fold_number(fold_number(raw)) == fold_number(raw)
    assert fold_code(fold_code(raw)) == fold_code(raw)
