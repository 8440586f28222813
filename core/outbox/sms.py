"""Short messages: to the log of a developer, or through the signed HTTP interface of Aliyun (SendSms, 2017-05-25).

A provider sends approved templates only: each kind of message has its template's code in SMS_TEMPLATES, and the values
of `Message.params` fill it. The request is signed with ACS3-HMAC-SHA256 (core/outbox/acs3.py).
"""

from __future__ import annotations

import http.client
import json
import secrets
from datetime import UTC, datetime
from urllib.parse import urlencode, urlsplit

import structlog
from django.conf import settings

from core import clock
from core.outbox.acs3 import Request, authorization
from core.outbox.models import Message

log = structlog.get_logger(__name__)
ACTION, VERSION = "SendSms", "2017-05-25"
TIMEOUT = 10
LONGEST_ANSWER = 64 * 1024
FINAL = ("isv.MOBILE_NUMBER_ILLEGAL", "isv.SMS_TEMPLATE_ILLEGAL", "isv.SMS_SIGNATURE_ILLEGAL", "isv.TEMPLATE_MISSING_PARAMETERS")


class ProviderFault(Exception):
    """The provider answered and did not send; a later try may do."""


class Undeliverable(Exception):
    """No later try can help."""


def why_not(kind: str) -> str:
    """Why no short message of this kind can be sent from here, for an organiser; empty when it can."""
    if not (settings.SMS_ACCESS_KEY and settings.SMS_ACCESS_SECRET and settings.SMS_SIGN_NAME):
        return "还没有接入短信服务商，请系统管理员配置后再选。"
    if not settings.SMS_TEMPLATES.get(kind):
        return "短信只能用服务商审核过的模板，这种消息还没有模板，请系统管理员申请并配置后再选。"
    return ""


def send(message: Message) -> None:
    """Sends one short message; raises ProviderFault, Undeliverable, or what the line raised."""
    if not settings.SMS_ACCESS_KEY:
        log.info("sms", to=message.recipient, text=message.body)
        return
    template = settings.SMS_TEMPLATES.get(message.kind)
    if not template:
        raise Undeliverable(f"没有为“{message.kind}”配置短信模板（SMS_TEMPLATES）。")
    form = {
        "PhoneNumbers": _number(message.recipient),
        "SignName": settings.SMS_SIGN_NAME,
        "TemplateCode": template,
        "TemplateParam": json.dumps(message.params, ensure_ascii=False),
        "OutId": message.public_id,
    }
    answer = _post(urlencode(form).encode(), clock.now())
    if answer.get("Code") != "OK":
        fault = f"短信服务商没有发送：{answer.get('Message', '没有说明原因')}（{answer.get('Code', '无代码')}）"
        raise (Undeliverable if answer.get("Code") in FINAL else ProviderFault)(fault)


def _post(body: bytes, at: datetime) -> dict[str, str]:
    address = urlsplit(settings.SMS_ENDPOINT)
    headers = {
        "host": address.netloc,
        "content-type": "application/x-www-form-urlencoded",
        "x-acs-action": ACTION,
        "x-acs-version": VERSION,
        "x-acs-date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "x-acs-signature-nonce": secrets.token_hex(16),
    }
    request = Request("POST", "/", {}, headers, body)
    signed = request.headers | {
        "Authorization": authorization(request, settings.SMS_ACCESS_KEY, settings.SMS_ACCESS_SECRET)
    }
    make = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    line = make(address.netloc, timeout=TIMEOUT)
    try:
        line.request("POST", "/", body, signed)
        content = line.getresponse().read(LONGEST_ANSWER)
    finally:
        line.close()
    try:
        answer = json.loads(content)
    except ValueError:
        raise ProviderFault("短信服务商的回答读不懂。") from None
    return answer if isinstance(answer, dict) else {}


def _number(recipient: str) -> str:
    """Mainland numbers without the country's code, others with it and without the plus."""
    return recipient.removeprefix("+86") if recipient.startswith("+86") else recipient.removeprefix("+")
