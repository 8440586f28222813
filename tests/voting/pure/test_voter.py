import pytest

from voting.pure.voter import BadIdentity, device_identity, mobile_identity, voter_tag, wechat_identity

KEY = bytes(range(32))


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000",
        " 138 0013 8000 ",
        "138-0013-8000",
        "+86 138 0013 8000",
        "008613800138000",
        "8613800138000",
        "１３８００１３８０００",
        "（+86）13800138000",
    ],
)
def test_one_mobile_number_has_one_identity(typed):
    assert mobile_identity(typed) == "mobile:+8613800138000"


@pytest.mark.parametrize(
    ("typed", "identity"),
    [("+852 6123 4567", "mobile:+85261234567"), ("00853 6612 3456", "mobile:+85366123456")],
)
def test_numbers_of_hong_kong_and_macau(typed, identity):
    assert mobile_identity(typed) == identity


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "12345678901",
        "1380013800",
        "138001380001",
        "0750-3272266",
        "+1 202 555 0100",
        "+85261",
        "1380013800a",
        "13800138٠00",
    ],
)
def test_other_numbers_are_refused(typed):
    with pytest.raises(BadIdentity, match="手机号码有误"):
        mobile_identity(typed)


def test_device_and_wechat():
    assert device_identity("0f" * 16) == "device:" + "0f" * 16
    assert wechat_identity("oABC_def-1234567890abcdefGHI") == "wechat:oABC_def-1234567890abcdefGHI"


@pytest.mark.parametrize("token_id", ["", "0F" * 16, "0f" * 15, "0f" * 16 + "\n"])
def test_a_wrong_device_id_is_refused(token_id):
    with pytest.raises(BadIdentity):
        device_identity(token_id)


@pytest.mark.parametrize("openid", ["", "short", "has space 1234567890", "x" * 65])
def test_a_wrong_openid_is_refused(openid):
    with pytest.raises(BadIdentity):
        wechat_identity(openid)


def test_the_tag_is_half_an_hmac():
    # HMAC-SHA256 with key 00…1f over "mobile:+8613800138000", computed with openssl.
    tag = voter_tag(KEY, mobile_identity("13800138000"))
    assert tag == "3a97faa5cdc801cb2fd6c6a56ca8ac5d"
    assert voter_tag(KEY[::-1], mobile_identity("13800138000")) != tag


def test_a_short_campaign_key_is_refused():
    with pytest.raises(ValueError, match="32"):
        voter_tag(KEY[:31], "device:x")
