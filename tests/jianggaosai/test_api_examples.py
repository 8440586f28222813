"""The examples of docs/api.md: every address exists with its method and filters, every answer keeps to the schema."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import yaml
from django.urls import resolve
from jsonschema import Draft4Validator

from core.webhooks.deliver import signature
from tests.arch.sources import ROOT

TEXT = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
SCHEMA = yaml.safe_load((ROOT / "docs" / "openapi.yaml").read_text(encoding="utf-8"))
CALL = re.compile(r"curl(?: -X (?P<method>[A-Z]+))?.*?(?P<address>https://site\.example/\S*?)\"?$", re.DOTALL)
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LISTS = "/lists/"  # narrowed by the words of its page, which the schema does not name


def examples() -> Iterator[tuple[str, str, Any]]:
    """Method, address and answer (None where none follows) of every call in the order of the text."""
    blocks = BLOCK.findall(TEXT)
    for (kind, text), (next_kind, answer) in zip(blocks, [*blocks[1:], ("", "")], strict=True):
        calls = [] if kind else [one for one in re.split(r"(?m)^(?=curl )", text.replace("\\\n", " ")) if one.startswith("curl ")]
        for index, call in enumerate(calls):
            found = CALL.match(call.strip())
            assert found, call
            is_last = index == len(calls) - 1
            yield found["method"] or "GET", found["address"], json.loads(answer) if is_last and next_kind == "json" else None


def operation(method: str, path: str) -> dict[str, Any]:
    route = resolve(path).route
    template = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", f"/{route}")
    return SCHEMA["paths"][template][method.lower()]


def faults(answer: Any, schema: dict[str, Any]) -> list[str]:
    return [f"{list(one.path)}: {one.message}" for one in Draft4Validator(nullable({**schema, "components": SCHEMA["components"]})).iter_errors(answer)]


def nullable(node: Any) -> Any:
    """`nullable` of OpenAPI 3.0 in the words of JSON Schema; unknown members are faults."""
    if isinstance(node, list):
        return [nullable(one) for one in node]
    if not isinstance(node, dict):
        return node
    found = {key: nullable(value) for key, value in node.items()}
    if node.get("type") == "object" and node.get("properties") and "additionalProperties" not in node:
        found["additionalProperties"] = False
    if found.pop("nullable", False) is True:
        return {"anyOf": [found, {"type": "null"}]}
    return found


def test_there_is_an_example_for_everybody_and_for_every_kind_of_call() -> None:
    parts = {address.split("/")[5] for _, address, _ in examples()}
    assert parts == {"editions", "my", "judge", "org"}
    assert {method for method, *_ in examples()} == {"GET", "PUT", "POST"}
    assert sum(answer is not None for *_, answer in examples()) >= 7


@pytest.mark.parametrize(("method", "address", "answer"), list(examples()), ids=lambda value: value if isinstance(value, str) else "")
def test_an_example_is_true(method: str, address: str, answer: Any) -> None:
    parts = urlsplit(address)
    described = operation(method, parts.path)
    asked, known = {name for name, _ in parse_qsl(parts.query)}, {one["name"] for one in described["parameters"] if one["in"] == "query"}
    assert LISTS in parts.path or asked <= known
    if answer is not None:
        given = next(body for status, body in described["responses"].items() if status.startswith("2"))
        assert faults(answer, given["content"]["application/json"]["schema"]) == []


def test_the_example_of_a_refusal_is_true() -> None:
    refusals = [json.loads(text) for kind, text in BLOCK.findall(TEXT) if kind == "json" and "urn:jgs:problem" in text]
    assert len(refusals) == 1 and faults(refusals[0], SCHEMA["components"]["schemas"]["Problem"]) == []


def test_the_receiver_of_the_example_accepts_what_is_signed_and_nothing_else() -> None:
    """The code is run as it stands."""
    (code,) = (text for kind, text in BLOCK.findall(TEXT) if kind == "python")
    room: dict[str, Any] = {}
    exec(code, room)  # noqa: S102 - our own document
    now, body = int(room["time"].time()), b'{"event":"ping"}'
    header = signature("secret", now, body)
    assert room["is_ours"](body, header, "secret")
    assert not room["is_ours"](body + b" ", header, "secret") and not room["is_ours"](body, header, "other")
    assert not room["is_ours"](body, signature("secret", now - 301, body), "secret")
