"""The front door picks the reader, and no reader ever raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entries.pure.asset_type import ASSET_TYPE_NAMES
from entries.pure.classification import parse_ipc, parse_locarno
from entries.pure.ip_number import parse_ip_number
from entries.pure.publication_number import parse_publication_number

# Arbitrary text, and text made of what such numbers are made of, which gets further into the readers.
PIECES = st.sampled_from(
    ["ZL", "CN", "PCT/", "WO", "US", "EP", "BS.", "特願", "専", "号", "2022", "1", "0", "9", "X", ".", "/", "-", " ",
     "А", "Χ", "。", "，", "Ｘ", "\ud800", "\x00", "\u200b", "²", "٣", "(2006.01)"]
)  # fmt: skip
TEXTS = st.text() | st.text(st.characters()) | st.lists(PIECES, max_size=16).map("".join)


@pytest.mark.parametrize(
    ("raw", "asset_type", "country", "scheme"),
    [
        ("201910699568.X", "invention", "CN", "cn_application"),
        ("201922156545.2", "utility_model", "", "cn_application"),
        ("201930071397.7", "design", "cn", "cn_application"),
        ("US10681263", "invention", "US", "us_grant"),
        ("EP3406191B1", "foreign", "EP", "ep_publication"),
        ("PCT/CN2022/079908", "pct_application", "CN", "pct_application"),
        ("BS.185559220", "ic_layout", "CN", "cn_ic_layout"),
    ],
)
def test_the_reader_follows_the_type_and_the_country(raw, asset_type, country, scheme):
    parsed = parse_ip_number(raw, asset_type, country)

    assert (parsed.scheme, parsed.is_valid) == (scheme, True)


def test_the_country_is_china_unless_told():
    assert parse_ip_number("201910699568.X", "invention").canonical == "201910699568.X"
    assert [fault.code for fault in parse_ip_number("201910699568.X", "foreign").faults] == ["country"]


def test_an_unknown_type_is_refused():
    assert [fault.code for fault in parse_ip_number("1", "trademark").faults] == ["asset_type"]


def assert_sound(parsed):
    """Accepted with a canonical form, or refused with messages that can be shown."""
    assert bool(parsed.canonical) is parsed.is_valid
    for note in (*parsed.faults, *parsed.warnings):
        assert note.code
        assert note.message.endswith("。")
        note.message.encode("utf-8")
    parsed.canonical.encode("utf-8")


@pytest.mark.parametrize("asset_type", [*ASSET_TYPE_NAMES, "unknown"])
@given(raw=TEXTS, country=st.sampled_from(["CN", "US", "EP", "WO", "JP", "KR", "", "é"]))
def test_no_text_makes_a_reader_raise(asset_type, raw, country):
    parsed = parse_ip_number(raw, asset_type, country)

    assert_sound(parsed)
    if parsed.is_valid:
        assert parse_ip_number(parsed.canonical, asset_type, country).canonical == parsed.canonical


@pytest.mark.parametrize("reader", [parse_publication_number, parse_ipc, parse_locarno])
@given(raw=TEXTS)
def test_no_text_makes_the_other_readers_raise(reader, raw):
    assert_sound(reader(raw))


@pytest.mark.parametrize("asset_type", ASSET_TYPE_NAMES)
def test_a_very_long_number_is_refused_quietly(asset_type):
    for raw in ("9" * 20_000, "BS." + "9" * 20_000, "PCT/CN2022/" + "9" * 20_000, "号" * 20_000):
        parsed = parse_ip_number(raw, asset_type, "US" if asset_type == "foreign" else "CN")
        assert not parsed.is_valid
        assert all(len(fault.message) < 120 for fault in parsed.faults)
