"""Log lines: what a failure tells, and what it must not."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from jianggaosai.settings.logs import config


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before = structlog.get_config()
    yield
    structlog.configure(**before)


def failing() -> None:
    held = "a secret in a local variable"[2:]
    raise ValueError(len(held))


def line(as_json: bool) -> str:
    """A failure as the server writes it."""
    how = config(json=as_json, level="INFO")["formatters"]["line"]
    formatter = structlog.stdlib.ProcessorFormatter(processors=how["processors"], foreign_pre_chain=how["foreign_pre_chain"])
    try:
        failing()
    except ValueError as error:
        record = logging.LogRecord("django.request", logging.ERROR, __file__, 1, "出错：%s", ("/x/",), (ValueError, error, error.__traceback__))
    return formatter.format(record)


@pytest.mark.parametrize("as_json", [False, True])
def test_a_failure_tells_where_and_no_local_variable(as_json: bool) -> None:
    written = line(as_json)
    told = json.loads(written)["exception"] if as_json else written
    assert "出错：/x/" in written
    assert "in failing" in told and "ValueError: 26" in told
    assert "secret in a local" not in written
