"""The provider's interface against a local server that verifies the signature by the published recipe, on its own."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs

import pytest

from core.outbox.deliver import deliver_message
from core.outbox.models import Message
from tests.factories import moments

AT = moments.SET_UP
KEY, SECRET = "testkey", "testsecret"


class Provider(BaseHTTPRequestHandler):
    """Answers as the provider does: a wrong signature, an old template, a limit, or OK."""

    answer = "OK"
    seen: list[dict[str, str]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        form = {name: values[0] for name, values in parse_qs(body.decode()).items()}
        code = self.answer if self._is_signed(body) else "SignatureDoesNotMatch"
        Provider.seen.append(form | {"code": code, "action": self.headers["x-acs-action"]})
        content = b"<html>" if code == "nonsense" else json.dumps({"Code": code, "Message": "说明", "RequestId": "1"}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(content)

    def _is_signed(self, body: bytes) -> bool:
        scheme, _, rest = self.headers["Authorization"].partition(" ")
        parts = dict(part.split("=", 1) for part in rest.split(","))
        names = parts["SignedHeaders"].split(";")
        needed = {"host", "x-acs-action", "x-acs-content-sha256", "x-acs-date", "x-acs-signature-nonce", "x-acs-version"}
        if scheme != "ACS3-HMAC-SHA256" or parts["Credential"] != KEY or not needed <= set(names):
            return False
        digest = hashlib.sha256(body).hexdigest()
        lines = [f"{name}:{self.headers[name].strip()}" for name in sorted(names)]
        text = "\n".join(["POST", "/", "", *lines, "", parts["SignedHeaders"], digest])
        to_sign = f"{scheme}\n{hashlib.sha256(text.encode()).hexdigest()}"
        expected = hmac.new(SECRET.encode(), to_sign.encode(), hashlib.sha256).hexdigest()
        return hmac.compare_digest(expected, parts["Signature"]) and self.headers["x-acs-content-sha256"] == digest

    def log_message(self, *args) -> None:
        pass


@pytest.fixture
def provider(settings, db):
    server = HTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.SMS_ENDPOINT = f"http://127.0.0.1:{server.server_port}"
    settings.SMS_ACCESS_KEY, settings.SMS_ACCESS_SECRET, settings.SMS_SIGN_NAME = KEY, SECRET, "江高赛"
    settings.SMS_TEMPLATES = {"vote_code": "SMS_1"}
    Provider.answer, Provider.seen = "OK", []
    yield Provider
    server.shutdown()
    server.server_close()


def deliver(recipient="+8613800000001", kind="vote_code"):
    params = {"code": "123456", "edition": "江高赛 & <2026>"}
    one = Message.objects.create(
        channel="sms", recipient=recipient, kind=kind, body="b", params=params, queued_at=AT, due_at=AT
    )
    return deliver_message(message_id=one.pk, at=AT)


@pytest.mark.parametrize(("recipient", "number"), [("+8613800000001", "13800000001"), ("+85291234567", "85291234567")])
def test_a_signed_request_is_accepted(provider, recipient, number):
    assert deliver(recipient).state == "sent"

    seen = provider.seen[0]
    assert (seen["PhoneNumbers"], seen["TemplateCode"], seen["SignName"], seen["action"]) == (number, "SMS_1", "江高赛", "SendSms")
    assert json.loads(seen["TemplateParam"]) == {"code": "123456", "edition": "江高赛 & <2026>"}


def test_a_wrong_secret_is_found_out(provider, settings):
    settings.SMS_ACCESS_SECRET = "another"

    one = deliver()

    assert (one.state, one.attempts) == ("queued", 1)
    assert one.last_error == "短信服务商没有发送：说明（SignatureDoesNotMatch）"


@pytest.mark.parametrize(
    ("answer", "state", "words"),
    [
        ("isv.BUSINESS_LIMIT_CONTROL", "queued", "短信服务商没有发送：说明（isv.BUSINESS_LIMIT_CONTROL）"),
        ("isv.MOBILE_NUMBER_ILLEGAL", "failed", "短信服务商没有发送：说明（isv.MOBILE_NUMBER_ILLEGAL）"),
        ("nonsense", "queued", "短信服务商的回答读不懂。"),
    ],
)
def test_what_the_provider_says_is_told(provider, answer, state, words):
    provider.answer = answer

    one = deliver()

    assert (one.state, one.last_error) == (state, words)


def test_a_kind_without_an_approved_template_is_given_up_at_once(provider):
    one = deliver(kind="sms_member_added")

    assert (one.state, one.last_error) == ("failed", "没有为“sms_member_added”配置短信模板（SMS_TEMPLATES）。")
    assert provider.seen == []


def test_a_provider_that_is_not_there_is_tried_again(provider, settings):
    settings.SMS_ENDPOINT = "http://127.0.0.1:9"

    assert "连接不上发送服务器" in deliver().last_error


def test_without_a_key_it_goes_to_the_log(provider, settings):
    settings.SMS_ACCESS_KEY = ""

    assert deliver().state == "sent"
    assert provider.seen == []
