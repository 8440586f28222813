#!/usr/bin/env python3
"""Recompute the order of a draw from what was published and say whether it is right.

    python3 verify_draw.py draw.json [--key <verifier key>]

One file, Python standard library only (the `cryptography` package is used for the signature when it is installed).
It checks that the commitment was signed, that the revealed code leads to the hash published in it, and that code,
public values and labels give exactly the published order. Exit code 0: everything agrees; 1: a fault, which is named.
Without --key the key in the file is used: compare it with the one the organiser has published elsewhere. Look up the
public values (lottery numbers and the like) yourself: the tool prints them with the place they were to come from.
"""

import argparse
import base64
import hashlib
import hmac
import json
import sys
from collections import Counter
from pathlib import Path

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    Ed25519PublicKey = None

FORMAT = "jianggaosai-draw/1"
HEADER = "jianggaosai draw v1"
MEMBERS = {"format", "note", "key", "draw", "reason", "code", "values", "labels", "withdrawn", "order"}


class Wrong(Exception):
    """What was published does not hold; the text says why."""


# ---- Ed25519 (RFC 8032), verification only ----------------------------------------------------------------------

PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, -1, PRIME) % PRIME
ROOT = pow(2, (PRIME - 1) // 4, PRIME)


def decode_point(data):
    """A point of the curve as (x, y), or None when the 32 bytes are none."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= PRIME:
        return None
    square = (y * y - 1) * pow(CURVE * y * y + 1, -1, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * ROOT % PRIME
    if (x * x - square) % PRIME or (x == 0 and sign):
        return None
    return (PRIME - x if x & 1 != sign else x), y


def extended(point):
    x, y = point
    return x, y, 1, x * y % PRIME


def add(one, other):
    a = (one[1] - one[0]) * (other[1] - other[0]) % PRIME
    b = (one[1] + one[0]) * (other[1] + other[0]) % PRIME
    c = 2 * one[3] * other[3] * CURVE % PRIME
    d = 2 * one[2] * other[2] % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def multiply(times, point):
    result = (0, 1, 1, 0)
    while times:
        if times & 1:
            result = add(result, point)
        point = add(point, point)
        times >>= 1
    return result


def same(one, other):
    return not ((one[0] * other[2] - other[0] * one[2]) % PRIME or (one[1] * other[2] - other[1] * one[2]) % PRIME)


BASE = decode_point((4 * pow(5, -1, PRIME) % PRIME).to_bytes(32, "little"))


def signed_pure(public, signature, message):
    key, start = decode_point(public), decode_point(signature[:32])
    scalar = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or key is None or start is None or scalar >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    challenge = int.from_bytes(digest, "little") % ORDER
    right = add(extended(start), multiply(challenge, extended(key)))
    return same(multiply(scalar, extended(BASE)), right)


def signed(public, signature, message):
    if Ed25519PublicKey is None:
        return signed_pure(public, signature, message)
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


# ---- signed note (C2SP) -----------------------------------------------------------------------------------------


def read_key(text):
    """(name, key id, 32 bytes) of a verifier key `name+hex+base64`."""
    name, identity, encoded = text.split("+", 2)
    data = base64.b64decode(encoded, validate=True)
    expected = hashlib.sha256(name.encode("utf-8") + b"\n" + data).digest()[:4]
    if len(data) != 33 or data[0] != 1 or expected.hex() != identity:
        raise Wrong("公钥写法有误：应为 名称+编号+Base64 的 Ed25519 验证公钥。")
    return name, expected, data[1:]


def note_body(note, key):
    """The text of the note when the key has signed it."""
    body, gap, signatures = note.rpartition("\n\n")
    if not gap:
        raise Wrong("承诺书没有签名。")
    body += "\n"
    name, identity, public = read_key(key)
    for line in signatures.splitlines():
        mark, signer, encoded = line.split(" ")
        data = base64.b64decode(encoded, validate=True)
        if mark == "—" and signer == name and data[:4] == identity:
            if len(data) == 68 and signed(public, data[4:], body.encode("utf-8")):
                return body
            raise Wrong("承诺书的签名不正确：承诺书被改动过，或不是用这把钥匙签的。")
    raise Wrong(f"承诺书没有 {name} 的签名。")


class Lines:
    """Takes the lines of the commitment one after another."""

    def __init__(self, body):
        self.rest = body.split("\n")[:-1]

    def one(self, start=""):
        if not self.rest or not self.rest[0].startswith(start):
            raise Wrong(f"承诺书缺少“{start.strip()}”一行。")
        return self.rest.pop(0)[len(start) :]

    def many(self, start):
        count = int(self.one(start))
        if count > len(self.rest):
            raise Wrong(f"承诺书“{start.strip()}”一节不完整。")
        return [self.one() for _ in range(count)]


def read_commitment(body):
    lines = Lines(body)
    if lines.one() != HEADER:
        raise Wrong(f"承诺书不是“{HEADER}”格式。")
    found = {"name": lines.one(), "apart": lines.one("neighbours ")}
    length, found["end"] = lines.one("chain ").split(" ")
    found["length"] = int(length)
    found["sources"] = lines.many("values ")
    found["labels"] = lines.many("labels ")
    found["organisations"] = {}
    if found["apart"] == "same-organisation-apart":
        for row in lines.many("organisations "):
            place, organisation = row.split(" ", 1)
            if not 1 <= int(place) <= len(found["labels"]):
                raise Wrong("承诺书的参赛单位一节有名单之外的项目。")
            found["organisations"].setdefault(found["labels"][int(place) - 1], set()).add(organisation)
    elif found["apart"] != "none":
        raise Wrong(f"承诺书中的相邻规则未知：{found['apart']}。")
    if lines.rest or len(set(found["labels"])) < len(found["labels"]):
        raise Wrong("承诺书有多余的行，或名单中有重复的项目。")
    return found


# ---- the draw ---------------------------------------------------------------------------------------------------


def check_code(code, draw, commitment):
    if not 1 <= draw <= commitment["length"]:
        raise Wrong(f"第 {draw} 次抽签超出口令链长度 {commitment['length']}。")
    link = bytes.fromhex(code)
    for _ in range(draw):
        link = hashlib.sha256(link).digest()
    if len(code) != 64 or link.hex() != commitment["end"]:
        raise Wrong(f"口令与承诺不符：连续 {draw} 次 SHA-256 得不到承诺书中的哈希。")


def order_of(record, commitment):
    values = "\n".join(record["values"]).encode("utf-8")
    key = hmac.new(bytes.fromhex(record["code"]), values, hashlib.sha256).digest()
    staying = set(commitment["labels"]) - set(record["withdrawn"])
    placed = sorted((hmac.new(key, one.encode("utf-8") + b"\x01", hashlib.sha256).digest(), one) for one in staying)
    order = [one for _, one in placed]
    if commitment["apart"] == "none":
        return order
    owners = commitment["organisations"]
    for here in range(1, len(order)):
        before = owners.get(order[here - 1], set())
        apart = [at for at in range(here, len(order)) if not before & owners.get(order[at], set())]
        if apart:
            order[here], order[apart[0]] = order[apart[0]], order[here]
    return order


def check_lists(record, commitment):
    if sorted(record["labels"]) != sorted(commitment["labels"]):
        raise Wrong("公布的名单与承诺书中的名单不同。")
    strangers = set(record["withdrawn"]) - set(commitment["labels"])
    if strangers:
        raise Wrong(f"退出的项目不在名单中：{'、'.join(sorted(strangers))}。")
    if len(record["values"]) != len(commitment["sources"]):
        raise Wrong(f"承诺采用 {len(commitment['sources'])} 个公开数值，公布了 {len(record['values'])} 个。")
    if record["draw"] > 1 and not record["reason"].strip():
        raise Wrong("重新抽签没有写明理由。")


def check_order(shown, right):
    if Counter(shown) != Counter(right):
        raise Wrong("公布的顺序与应参加抽签的项目不一致。")
    for place, (one, other) in enumerate(zip(shown, right, strict=True), start=1):
        if one != other:
            raise Wrong(f"第 {place} 位公布的是“{one}”，重算应为“{other}”。")


def no_twice(pairs):
    if len({key for key, _ in pairs}) < len(pairs):
        raise Wrong("文件中同一处有重复的键。")
    return dict(pairs)


def verify(path, key):
    record = json.loads(Path(path).read_bytes().decode("utf-8"), object_pairs_hook=no_twice)
    if not isinstance(record, dict) or set(record) != MEMBERS or record["format"] != FORMAT:
        raise Wrong(f"这不是 {FORMAT} 格式的抽签文件，或成员不全。")
    commitment = read_commitment(note_body(record["note"], key or record["key"]))
    check_lists(record, commitment)
    check_code(record["code"], record["draw"], commitment)
    order = order_of(record, commitment)
    check_order(record["order"], order)
    return record, commitment, order


def main():
    parser = argparse.ArgumentParser(description="独立重算抽签顺序")
    parser.add_argument("draw", help="公布的抽签文件（JSON）")
    parser.add_argument("--key", default="", help="主办方公布的验证公钥（名称+编号+Base64）")
    options = parser.parse_args()
    try:
        record, commitment, order = verify(options.draw, options.key)
    except Wrong as reason:
        print(f"不通过：{reason}")
        return 1
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as reason:
        print(f"不通过：抽签文件读不出或不完整：{type(reason).__name__} {reason}。")
        return 1
    print(f"通过：{commitment['name']} 的出场顺序与重算一致（第 {record['draw']} 次抽签）。")
    if not options.key:
        print(f"  公钥取自文件本身，请与主办方另行公布的核对：{record['key']}")
    for source, value in zip(commitment["sources"], record["values"], strict=True):
        print(f"  公开数值，请自行查对：{source} → {value}")
    for place, one in enumerate(order, start=1):
        print(f"  {place} {one}")
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main())
