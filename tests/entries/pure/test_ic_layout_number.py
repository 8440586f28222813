"""Registration numbers of layout-designs."""

import pytest

from entries.pure.ic_layout_number import parse_ic_layout_number


@pytest.mark.parametrize(
    "raw",
    ["BS.185559220", "BS185559220", "bs.185559220", "ＢＳ.185559220", "BS。185559220", "登记号：BS.18555 9220"],
)
def test_a_layout_number_is_read_however_it_is_written(raw):
    parsed = parse_ic_layout_number(raw)

    assert (parsed.canonical, parsed.kind, parsed.year, parsed.faults) == ("BS.185559220", "ic_layout", 2018, ())


def test_a_made_up_number_of_2020_is_read():
    assert parse_ic_layout_number("BS.205012345").year == 2020


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("BS.13500123X", "character"),
        ("BS.2050123", "length"),
        ("185559220", "prefix"),
        ("BS-185559220", "dot"),
        ("ВS.185559220", "prefix"),  # Cyrillic В
        ("BS.٢٠٥٠١٢٣٤٥", "character"),
        ("", "empty"),
    ],
)
def test_another_text_is_refused(raw, code):
    parsed = parse_ic_layout_number(raw)

    assert ([fault.code for fault in parsed.faults], parsed.canonical) == ([code], "")
