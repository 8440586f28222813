"""Many viewers of the hall's screen, in a process of their own: `python pollers.py HOST:PORT PATH COUNT SECONDS`.

Each keeps its connection, polls every 1.5 seconds with the tag it has, comes back after a broken connection, and counts:
`back` answers with a lower number than it has (must be 0), polls, 304s, bytes of the full answers, the slowest answer.
Prints one line of JSON at the end, or when it is told to stop (a line on its standard input).
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time

EVERY = 1.5
totals = {"polls": 0, "unchanged": 0, "full": 0, "bytes": 0, "back": 0, "broken": 0}
waits: list[float] = []


async def view(host: str, port: int, path: str, until: asyncio.Event) -> None:
    tag, reader, writer = "", None, None
    await asyncio.sleep(random.random() * EVERY)
    while not until.is_set():
        begun = time.monotonic()
        try:
            if writer is None:
                reader, writer = await asyncio.open_connection(host, port)
            tag = await ask(reader, writer, f"{host}:{port}", path, tag)
            waits.append(time.monotonic() - begun)
        except (OSError, asyncio.IncompleteReadError, ValueError, IndexError):
            totals["broken"] += 1
            if writer is not None:
                writer.close()
            reader = writer = None
        await asyncio.sleep(EVERY)


async def ask(reader, writer, host: str, path: str, tag: str) -> str:
    seen = f"If-None-Match: {tag}\r\n" if tag else ""
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{seen}\r\n".encode())
    await writer.drain()
    head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 20)).decode().lower()
    status = int(head.split(" ", 2)[1])
    fields = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if ": " in line)
    body = await reader.readexactly(int(fields.get("content-length", "0"))) if status != 304 else b""
    totals["polls"] += 1
    if status == 304:
        totals["unchanged"] += 1
        return tag
    if status != 200:
        raise ValueError(status)
    totals["full"] += 1
    totals["bytes"] += len(body)
    new = f'"{json.loads(body)["number"]}"'
    if tag and int(new.strip('"')) < int(tag.strip('"')):
        totals["back"] += 1
    return new


async def main(where: str, path: str, count: str, seconds: str) -> None:
    host, port = where.split(":")
    until = asyncio.Event()
    asyncio.get_running_loop().add_reader(sys.stdin, until.set)
    viewers = [asyncio.create_task(view(host, int(port), path, until)) for _ in range(int(count))]
    try:
        await asyncio.wait_for(until.wait(), float(seconds))
    except TimeoutError:
        until.set()
    for viewer in viewers:
        viewer.cancel()
    waits.sort()
    middle = {"p50_ms": waits[len(waits) // 2], "p95_ms": waits[len(waits) * 95 // 100]} if waits else {}
    print(json.dumps({**totals, **{name: round(value * 1000) for name, value in middle.items()}}))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
