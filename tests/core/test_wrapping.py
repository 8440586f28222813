"""Wrapped keys open with the right key and label only."""

import base64

import pytest

from core.wrapping import BadWrapping, read_key, unwrap, wrap

KEY = base64.b64encode(bytes(range(32))).decode()
OTHER = base64.b64encode(bytes(32)).decode()


def test_what_was_wrapped_opens_again_and_never_looks_the_same() -> None:
    one, two = wrap(b"secret", key=KEY, label="a"), wrap(b"secret", key=KEY, label="a")
    assert one != two and "secret" not in one
    assert unwrap(one, key=KEY, label="a") == unwrap(two, key=KEY, label="a") == b"secret"


@pytest.mark.parametrize(
    ("key", "label", "change"), [(OTHER, "a", ""), (KEY, "b", ""), (KEY, "a", "AAAA"), (KEY, "a", "!")]
)
def test_another_key_label_or_text_is_refused(key: str, label: str, change: str) -> None:
    wrapped = wrap(b"secret", key=KEY, label="a")
    with pytest.raises(BadWrapping):
        unwrap(change + wrapped[len(change) :], key=key, label=label)


def test_a_key_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError):
        read_key(base64.b64encode(b"short").decode())
