"""`manage.py recompute <result>`: the record anew from its frozen inputs, byte for byte."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.canonical import sha256_hex
from results.models import RoundResult
from results.pure.record import compute, record_bytes

SHOWN = 20


class Command(BaseCommand):
    help = "Recomputes a result from its frozen inputs; fails and names what differs unless the bytes are the same."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("public_id", help="the result's public id")

    def handle(self, *args: Any, public_id: str, **options: Any) -> None:
        result = RoundResult.objects.filter(public_id=public_id).first()
        if result is None:
            raise CommandError(f"没有编号为 {public_id} 的结果。")
        stored = json.loads(result.record)
        again = record_bytes(compute(stored["input"]))
        faults = differences(stored, json.loads(again))
        if sha256_hex(result.record.encode()) != result.sha256:
            faults.insert(0, "存储的记录与登记的 SHA-256 不符")
        if faults or again.decode() != result.record:
            shown = "\n".join(f"  {one}" for one in faults[:SHOWN]) or "  只有写法不同（不是规范 JSON）"
            raise CommandError(f"不一致，{max(len(faults), 1)} 处：\n{shown}")
        self.stdout.write(f"一致：{len(again)} 字节，SHA-256 {result.sha256}")


def differences(stored: Any, again: Any, where: str = "record") -> list[str]:
    """Where two JSON values differ, as paths with both values."""
    if isinstance(stored, dict) and isinstance(again, dict):
        keys = sorted(set(stored) | set(again))
        return [one for key in keys for one in differences(stored.get(key), again.get(key), f"{where}.{key}")]
    if isinstance(stored, list) and isinstance(again, list) and len(stored) == len(again):
        pairs = enumerate(zip(stored, again, strict=True))
        return [one for index, (old, new) in pairs for one in differences(old, new, f"{where}[{index}]")]
    return [] if stored == again else [f"{where}：存储为 {stored!r}，重算为 {again!r}"]
