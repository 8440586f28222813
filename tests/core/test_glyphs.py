"""Characters the vendored fonts print, and those they do not."""

from __future__ import annotations

from core.documents import render_pdf
from core.glyphs import covered, unprintable, unprintable_sentence
from tests.factories import moments


def test_names_with_rare_characters_print():
    """Level three of the standard table, and U+20BB7, which only the fallback has."""
    assert unprintable("示例市䶮喆堃𬭎𬭸𡐓𠮷（Ltd.）·2026 年") == []
    assert len(covered()) > 33_000


def test_what_no_font_has_is_named_once_with_what_to_do():
    assert unprintable("龘\U0002a000和\U0002a000😀") == ["\U0002a000", "😀"]
    said = unprintable_sentence("示例\U0002a000公司", "单位名称")
    assert said.startswith("单位名称中的“\U0002a000”（U+2A000）") and "联系组委会" in said
    assert unprintable_sentence("示例公司", "单位名称") == ""


def test_the_fallback_is_embedded_where_it_is_needed():
    contents = {
        "edition": "示例届", "addressed": "你单位", "recipients": "示例𠮷公司", "title": "示例", "group": "示例组", "award": "金奖",
        "committee": "组委会", "date": "日期", "number": "样张", "code": "0000-0000-0000", "seal": [], "qr": ["10", "01"],
    }  # fmt: skip
    assert b"JGSRareJP" in render_pdf("results/certificate", contents, at=moments.SET_UP)
