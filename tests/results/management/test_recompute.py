from __future__ import annotations

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.append_only import install_triggers, remove_triggers
from core.canonical import canonical_json, sha256_hex
from results.models import RoundResult
from tests.factories.results import publish_final


def recompute(result: RoundResult) -> str:
    out = StringIO()
    call_command("recompute", result.public_id, stdout=out)
    return out.getvalue()


def tamper(result: RoundResult, record: str, **fields: str) -> None:
    """What only somebody with the database in hand could do."""
    remove_triggers()
    RoundResult.objects.filter(pk=result.pk).update(record=record, **fields)
    install_triggers()


def test_the_same_bytes_come_out(cast):
    result = publish_final(cast)
    assert recompute(result) == f"一致：{len(result.record.encode())} 字节，SHA-256 {result.sha256}\n"


def test_an_altered_figure_is_named(cast):
    result = publish_final(cast)
    record = json.loads(result.record)
    record["steps"]["totals"]["001"]["total"] = "99.00"
    data = canonical_json(record)
    tamper(result, data.decode(), sha256=sha256_hex(data))
    with pytest.raises(CommandError) as caught:
        recompute(result)
    assert "record.steps.totals.001.total：存储为 '99.00'，重算为 '89.83'" in str(caught.value)


def test_an_altered_mark_shows_in_the_hash(cast):
    result = publish_final(cast)
    tamper(result, result.record.replace('"judge":"评委 01"', '"judge":"评委 09"'))
    with pytest.raises(CommandError, match="存储的记录与登记的 SHA-256 不符"):
        recompute(result)


def test_other_writing_of_the_same_record_is_noticed(cast):
    result = publish_final(cast)
    spaced = json.dumps(json.loads(result.record), ensure_ascii=False)
    tamper(result, spaced, sha256=sha256_hex(spaced.encode()))
    with pytest.raises(CommandError, match="只有写法不同"):
        recompute(result)


def test_a_result_that_does_not_exist(db):
    with pytest.raises(CommandError, match="没有编号为 nothing 的结果"):
        call_command("recompute", "nothing")
