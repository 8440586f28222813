from decimal import Decimal

import pytest

from core.canonical import canonical_json, sha256_hex
from core.fault import Fault


def test_keys_are_sorted_without_spaces_in_utf8():
    assert canonical_json({"b": [1, True, None], "a": "金奖"}) == '{"a":"金奖","b":[1,true,null]}'.encode()


def test_the_open_leaf_of_the_ledger_norm():
    leaf = {"v": 1, "t": "close", "at": "2026-12-01T00:00Z"}
    assert canonical_json(leaf) == b'{"at":"2026-12-01T00:00Z","t":"close","v":1}'


@pytest.mark.parametrize(
    ("value", "text"), [("89.00", "89.00"), ("1E+2", "100"), ("-0.00", "0.00"), ("1E-7", "0.0000001"), ("-1.5", "-1.5")]
)
def test_decimals_become_plain_text(value, text):
    assert canonical_json(Decimal(value)) == f'"{text}"'.encode()


@pytest.mark.parametrize("value", [1.0, {"a": [0.5]}, Decimal("NaN"), {1: 2}, {1, 2}, b"x", "\ud800"])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(Fault) as refusal:
        canonical_json(value)
    assert refusal.value.code == "not_canonical"


def test_sha256_of_the_empty_text():
    assert sha256_hex(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
