"""WeChat's exchange of a code, against a local server that answers as WeChat documents it."""

from __future__ import annotations

import pytest

from core import wechat
from tests.core.wechat_fake import FakeWeChat, fake_wechat

__all__ = ["fake_wechat"]


def fetch(fake: FakeWeChat, code: str) -> str:
    return wechat.fetch_openid(base=fake.url, app_id=fake.app_id, secret=fake.secret, code=code)


def test_the_address_names_scope_state_and_the_way_back() -> None:
    url = wechat.authorize_url(base="https://open.example", app_id="wx1", redirect_uri="https://our.example/a?b=1", state="s&t")
    assert url == (
        "https://open.example/connect/oauth2/authorize?appid=wx1&redirect_uri=https%3A%2F%2Four.example%2Fa%3Fb%3D1"
        "&response_type=code&scope=snsapi_base&state=s%26t#wechat_redirect"
    )


def test_a_code_is_good_once(fake_wechat: FakeWeChat) -> None:
    code = fake_wechat.new_code("oPerson-1_abcdefghijkl")
    assert fetch(fake_wechat, code) == "oPerson-1_abcdefghijkl"
    with pytest.raises(wechat.WeChatError) as spent:
        fetch(fake_wechat, code)
    assert spent.value.is_code
    assert fake_wechat.asked == ["/sns/oauth2/access_token", "/sns/oauth2/access_token"]


def test_a_wrong_secret_is_not_the_voter_s_fault(fake_wechat: FakeWeChat) -> None:
    with pytest.raises(wechat.WeChatError) as refused:
        wechat.fetch_openid(base=fake_wechat.url, app_id=fake_wechat.app_id, secret="wrong", code=fake_wechat.new_code("o" * 28))
    assert not refused.value.is_code


@pytest.mark.parametrize("fault", ["500", "html", "list", "redirect", "silent", "no openid"])
def test_an_answer_that_is_none_is_a_fault_and_no_crash(fake_wechat: FakeWeChat, fault: str, monkeypatch) -> None:
    monkeypatch.setattr(wechat, "TIMEOUT", 0.3)
    fake_wechat.fault = fault
    with pytest.raises(wechat.WeChatError) as error:
        fetch(fake_wechat, fake_wechat.new_code("o" * 28))
    assert not error.value.is_code
    assert "/elsewhere" not in fake_wechat.asked
