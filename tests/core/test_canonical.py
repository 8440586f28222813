from decimal import Decimal

import pytest

from core.canonical import canonical_json, sha256_hex


def test_keys_are_sorted_and_nothing_is_spaced():
    assert (
        canonical_json({"b": [1, True, None], "a": {"项目": "甲"}})
        == '{"a":{"项目":"甲"},"b":[1,true,null]}'.encode()
    )


def test_decimals_become_strings():
    assert canonical_json({"score": Decimal("88.10")}) == b'{"score":"88.10"}'


@pytest.mark.parametrize("value", [1.5, {"a": float("nan")}, [b"x"], {1: "a"}, {"a": {"b": object()}}])
def test_what_has_no_canonical_form_is_refused(value):
    with pytest.raises(TypeError):
        canonical_json(value)


def test_sha256_hex():
    assert sha256_hex(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
