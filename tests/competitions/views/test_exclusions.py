"""The exclusion list as the organiser keeps it."""

from __future__ import annotations

from django.test import Client

from competitions.models import ExclusionRecord
from core import clock
from tests.cast import Cast
from tests.factories import moments


def test_an_organisation_is_listed_and_lifted(client: Client, cast: Cast) -> None:
    client.force_login(cast.organiser)
    url = f"/org/{cast.edition.slug}/setup/exclusions/"
    with clock.rehearse(moments.SET_UP):
        assert "名单是空的" in client.get(url).content.decode()
        bad = client.post(url, {"name": "示例企业", "uscc": "91440606722473344A", "until_year": 2028, "reason": "造假"})
        assert "最后一位应为 C" in bad.content.decode() and not ExclusionRecord.objects.exists()
        good = {"name": "示例企业", "uscc": "91440606722473344C", "until_year": 2028, "reason": "申报材料造假"}
        assert "申报材料造假" in client.post(url, good, follow=True).content.decode()
        record = ExclusionRecord.objects.get()
        lift = f"{url}{record.public_id}/lift/"
        assert "请写明解除的原因" in client.post(lift, {"reason": " "}).content.decode()
        assert "复核无误" in client.post(lift, {"reason": "复核无误"}, follow=True).content.decode()
        assert client.get(lift).status_code == 404
