from datetime import UTC, datetime, timedelta

import pytest

from voting.pure.device_token import BadDeviceToken, DeviceKey, DeviceToken, KeyRing, issue, read

AT = datetime(2026, 12, 1, 0, 15, 42, tzinfo=UTC)
RANDOM = bytes(range(16))
OLD, NEW = DeviceKey("k1", b"1" * 32), DeviceKey("k2", b"2" * 32)
RING = KeyRing("vote/2026", (OLD,))
ROTATED = KeyRing("vote/2026", (DeviceKey("k1", b"1" * 32, retired_at=AT + timedelta(days=1)), NEW))
DAY = timedelta(days=1)


def code_of(ring, token, at=AT):
    with pytest.raises(BadDeviceToken) as refused:
        read(ring, token, at)
    return refused.value.code


def test_a_token_is_short_safe_in_a_url_and_read_back():
    token = issue(RING, RANDOM, AT)
    assert len(token) < 60
    assert not set(token) - set("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.")
    assert read(RING, token, AT) == DeviceToken(RANDOM.hex(), AT.replace(second=0), "k1")


def test_any_changed_character_is_refused():
    token = issue(RING, RANDOM, AT)
    for place, char in enumerate(token):
        changed = token[:place] + ("A" if char != "A" else "B") + token[place + 1 :]
        assert code_of(RING, changed) in {"malformed", "foreign", "forged"}


@pytest.mark.parametrize(
    "token",
    [
        "",
        "1.k1",
        "2" + issue(RING, RANDOM, AT)[1:],
        issue(RING, RANDOM, AT) + "\n",
    ],
)
def test_a_malformed_token_is_refused(token):
    assert code_of(RING, token) == "malformed"


def test_another_way_to_write_the_same_bytes_is_refused():
    """22 characters hold 132 bits, of which the last four say nothing."""
    token = issue(RING, RANDOM, AT)
    digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for spare in range(1, 16):
        assert code_of(RING, token[:-1] + digits[digits.index(token[-1]) + spare]) == "forged"


def test_a_token_of_elsewhere_is_refused():
    assert code_of(RING, issue(KeyRing("vote/2026", (NEW,)), RANDOM, AT)) == "foreign"
    assert code_of(RING, issue(KeyRing("vote/2027", (OLD,)), RANDOM, AT)) == "forged"
    assert code_of(RING, issue(KeyRing("vote/2026", (DeviceKey("k1", b"3" * 32),)), RANDOM, AT)) == "forged"


def test_it_expires_to_the_minute():
    token = issue(RING, RANDOM, AT)
    last = AT.replace(second=0) + RING.lifetime
    assert read(RING, token, last - timedelta(seconds=1)).token_id == RANDOM.hex()
    assert code_of(RING, token, last) == "expired"


def test_a_token_from_the_future_is_refused():
    assert code_of(RING, issue(RING, RANDOM, AT + timedelta(minutes=7))) == "forged"


def test_rotation_with_grace():
    token = issue(RING, RANDOM, AT)
    assert read(ROTATED, token, AT + 30 * DAY).key_id == "k1"
    assert code_of(ROTATED, token, AT + 31 * DAY) == "expired"
    assert issue(ROTATED, RANDOM, AT).startswith("1.k2.")


def test_a_renewed_token_is_the_same_device():
    device = read(ROTATED, issue(RING, RANDOM, AT), AT + DAY)
    renewed = read(ROTATED, issue(ROTATED, bytes.fromhex(device.token_id), AT + DAY), AT + 60 * DAY)
    assert (renewed.token_id, renewed.key_id) == (device.token_id, "k2")


def test_a_retired_key_mints_nothing_new():
    assert code_of(ROTATED, issue(RING, RANDOM, AT + 2 * DAY), AT + 2 * DAY) == "forged"


@pytest.mark.parametrize(
    "keys",
    [
        (),
        (OLD, NEW),
        (OLD, DeviceKey("k1", b"1" * 32, retired_at=AT)),
        (DeviceKey("k1", b"1" * 32, retired_at=AT),),
    ],
)
def test_a_ring_has_one_current_key(keys):
    with pytest.raises(ValueError, match="one current key"):
        KeyRing("vote", keys)


@pytest.mark.parametrize(("key_id", "secret"), [("", b"1" * 32), ("K", b"1" * 32), ("k", b"1" * 31)])
def test_a_weak_key_is_refused(key_id, secret):
    with pytest.raises(ValueError, match="32 bytes"):
        DeviceKey(key_id, secret)


def test_a_device_id_is_16_bytes():
    with pytest.raises(ValueError, match="16"):
        issue(RING, RANDOM[:15], AT)


def test_secrets_are_not_shown():
    assert "1111" not in repr(RING)
