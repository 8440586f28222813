"""International application numbers."""

import pytest

from entries.pure.pct_number import parse_pct_application


@pytest.mark.parametrize(
    ("raw", "canonical", "year"),
    [
        ("PCT/CN2022/079908", "PCT/CN2022/079908", 2022),
        ("PCT/CN2022/087983", "PCT/CN2022/087983", 2022),
        ("PCT/CN2022/102505", "PCT/CN2022/102505", 2022),
        ("PCT/CN2022/134810", "PCT/CN2022/134810", 2022),
        ("PCT/CN2022/126443", "PCT/CN2022/126443", 2022),
        ("PCT/US2023/019105", "PCT/US2023/019105", 2023),
        ("PCT/CN2023/123456", "PCT/CN2023/123456", 2023),
        ("PCT/CN98/00123", "PCT/CN98/00123", 1998),
        ("PCT/US78/00001", "PCT/US78/00001", 1978),
        ("PCT/CN03/00123", "PCT/CN03/00123", 2003),
        ("PCT/CN2004/000123", "PCT/CN2004/000123", 2004),
        ("国际申请号：ｐｃｔ／cn 2022／079908", "PCT/CN2022/079908", 2022),
    ],
)
def test_a_pct_number_is_read(raw, canonical, year):
    parsed = parse_pct_application(raw)

    assert (parsed.canonical, parsed.year, parsed.faults) == (canonical, year, ())
    assert (parsed.kind, parsed.country) == ("pct_application", "WO")


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("PCT/CN23/123456", "year"),
        ("PCT/US77/00001", "year"),
        ("PCT/CN2003/000123", "year"),
        ("PCT/CN2023/12345", "length"),
        ("PCT/CN98/001234", "length"),
        ("PCTCN2023123456", "format"),
        ("PCT/CN202/123456", "format"),
        ("WO2023/123456", "publication_number"),
        ("PCT/СN2023/123456", "character"),  # Cyrillic С
        ("", "empty"),
    ],
)
def test_another_text_is_refused(raw, code):
    parsed = parse_pct_application(raw)

    assert ([fault.code for fault in parsed.faults], parsed.canonical) == ([code], "")
