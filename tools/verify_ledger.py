#!/usr/bin/env python3
"""核验公开的投票账本：任何人可运行，只需 Python 3.11 及以上，不需要安装任何东西。

    python3 verify_ledger.py 账本目录 [--known 文件]... [--key 公钥]

Checks a published vote ledger without any code of the platform. Ed25519 comes from `cryptography` when that
is installed, else from the few lines below. Exit code: 0 all right, 1 faults found, 2 cannot be read.

Layout of a ledger directory (formats: C2SP signed-note, tlog-checkpoint, tlog-tiles; tree: RFC 6962):

    log.vkey                  verifier keys of the log, one a line, the first one first; a later one is believed when a
                              checkpoint bears its signature beside that of one believed before
    checkpoints/<size>        the signed checkpoint of each sealing; the file's name is its size in decimal
    checkpoint                the newest of them again (optional)
    leaves.jsonl              leaf 0, 1, 2 …: canonical JSON, one a line, each line ended by "\\n"   } one of the
    tile/entries/<N>[.p/<W>]  the same leaves as entry bundles                                     } two, or both
    tile/<L>/<N>[.p/<W>]      hash tiles (optional where all leaves are published)

While the board is hidden, leaves may be missing or be a prefix only; tile/0 must then reach the newest
checkpoint, and everything but the recount of the missing leaves is checked.

Checked are: every signature; that every checkpoint is a prefix of the newest; every hash tile; the form of
every leaf; the quotas of the `open` leaf (rules.quota, rules.groups), voids not giving a vote back; times
against open, pause and close; the recount of every entry against `final`. `--known` takes a checkpoint, a
vote receipt or a tlog-proof kept from earlier, and refuses a ledger that contradicts it.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from pathlib import Path

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
except ImportError:
    Ed25519PublicKey = None

SHOWN = 20
WIDTH = 256
MINUTE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\dZ", re.ASCII)
VOTE = re.compile(
    rb'\{"at":"(\d{4}-\d\d-\d\dT\d\d:\d\dZ)","by":"([0-9a-f]{32})","e":"([^\s"\\\x00-\x1f]{1,160})",'
    rb'"ev":"[0-9a-f]{64}","t":"vote","v":1\}'
)
MEMBERS = {
    "open": {"entries", "rules"},
    "hold": {"case", "code", "of"},
    "void": {"case", "code", "of"},
    "restore": {"case", "code", "of"},
    "withdraw": {"e"},
    "pause": {"until"},
    "resume": {"until"},
    "extend": {"until"},
    "close": set(),
    "final": {"approved", "tally"},
}
QUOTA = {"limit", "per_entry_limit", "period", "scope", "choose_min", "choose_max"}
TERMS, SCOPES = {"day": "每天", "edition": "全程"}, {"edition": "", "group": "每个组别"}
MOVES = {
    "hold": {None: "hold"},
    "void": {None: "void", "hold": "void"},
    "restore": {"hold": None, "void": None},
}


class Unreadable(Exception):
    """The directory or a file in it is not what the layout says."""


# --- Ed25519 (RFC 8032), for machines without `cryptography`; public data only, so no care for timing ---

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P


def ed_add(a, b):
    """Return the sum of two points in extended coordinates (X, Y, Z, T)."""
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def ed_decode(data):
    """Return the point encoded in 32 bytes; refuses what encodes none."""
    y, sign = int.from_bytes(data, "little") & (2**255 - 1), data[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or x * x % P != square or (x == 0 and sign):
        raise Unreadable("公钥不是 Ed25519 公钥。")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def ed_table(point):
    """Return 64 rows of 16 multiples of a point, so that a product is 64 additions."""
    rows = []
    for _ in range(64):
        row = [(0, 1, 1, 0)]
        for _ in range(15):
            row.append(ed_add(row[-1], point))
        rows.append(row)
        point = ed_add(row[-1], point)
    return rows


def pure_verifier(public):
    """Return a function (signature, message) -> bool for one public key."""
    base_y = (4 * pow(5, -1, P) % P).to_bytes(32, "little")
    x, y, z, t = ed_decode(public)
    base, key = ed_table(ed_decode(base_y)), ed_table((P - x, y, z, P - t))

    def verify(signature, message):
        s = int.from_bytes(signature[32:], "little")
        if len(signature) != 64 or s >= ORDER:
            return False
        k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
        total = (0, 1, 1, 0)
        for place in range(64):
            total = ed_add(total, base[place][s >> 4 * place & 15])
            total = ed_add(total, key[place][k >> 4 * place & 15])
        inverse = pow(total[2], -1, P)
        encoded = total[1] * inverse % P | (total[0] * inverse % P & 1) << 255
        return encoded.to_bytes(32, "little") == signature[:32]

    return verify


def library_verifier(public):
    """Return the same function on `cryptography`."""
    key = Ed25519PublicKey.from_public_bytes(public)

    def verify(signature, message):
        try:
            key.verify(signature, message)
        except InvalidSignature:
            return False
        return True

    return verify


# --- notes, checkpoints, receipts ---


class LogKey:
    """One verifier key of the log; opens notes it signed."""

    def __init__(self, text):
        try:
            self.name, identifier, encoded = text.strip().split("+", 2)
            data = base64.b64decode(encoded, validate=True)
        except ValueError:
            raise Unreadable("log.vkey 不是验签公钥。") from None
        digest = hashlib.sha256(self.name.encode() + b"\n" + data).digest()[:4]
        if len(data) != 33 or data[0] != 1 or digest.hex() != identifier:
            raise Unreadable("log.vkey 的编号与公钥不符，或不是 Ed25519 公钥。")
        self.prefix, self.digest = f"— {self.name} ", digest
        self._verify = (library_verifier if Ed25519PublicKey else pure_verifier)(data[1:])

    def signed(self, text, block):
        """Return whether this key signed the text: None when the block has no signature of it, False when it is wrong."""
        valid = None
        for line in block.split("\n"):
            signature = decode64(line.removeprefix(self.prefix)) if line.startswith(self.prefix) else b""
            if signature[:4] == self.digest:
                if not self._verify(signature[4:], text.encode()):
                    return False
                valid = True
        return valid


class LogKeys:
    """The log's keys. One is trusted from the start; another when a checkpoint bears its signature beside a trusted one's."""

    def __init__(self, lines, trusted):
        self.keys = {line: LogKey(line) for line in dict.fromkeys([*lines, trusted])}
        self.trusted = {trusted}

    def open(self, data, learns=False):
        """Return the signed text, or None when no trusted key signed it or a listed key's signature is wrong."""
        text, separator, block = data.rpartition("\n\n")
        text += "\n"
        found = {line: key.signed(text, block) for line, key in self.keys.items()} if separator else {}
        signers = {line for line, valid in found.items() if valid}
        if False in found.values() or not signers & self.trusted:
            return None
        if learns:
            self.trusted |= signers
        return text


def decode64(text):
    """Return the bytes, or none when the text is not base64."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""


def read_checkpoint(text):
    """Return (origin, size, root) or None when the text is no checkpoint."""
    lines = text.split("\n")
    if len(lines) < 4 or not re.fullmatch("0|[1-9][0-9]{0,18}", lines[1]) or len(decode64(lines[2])) != 32:
        return None
    return lines[0], int(lines[1]), decode64(lines[2])


def read_text(path):
    """Return a file's text without touching its line ends."""
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"读不到 {path.name}：{error}") from None


# --- the tree ---


def leaf_hash(leaf):
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left, right):
    return hashlib.sha256(b"\x01" + left + right).digest()


def roots_at(hashes, sizes):
    """Return the root for each of `sizes`, in one pass over the leaf hashes."""
    roots, stack, wanted = {0: hashlib.sha256(b"").digest()}, [], set(sizes)
    for index, digest in enumerate(hashes):
        carry = index
        while carry & 1:
            digest, carry = node_hash(stack.pop(), digest), carry >> 1
        stack.append(digest)
        if index + 1 in wanted:
            roots[index + 1] = stack[-1]
            for left in stack[-2::-1]:
                roots[index + 1] = node_hash(left, roots[index + 1])
    return roots


def tile_place(parts):
    """Return (index, width) of a tile from the parts of its path below the level, None for another file."""
    match = re.fullmatch(r"((?:x\d{3}/)*)(\d{3})(?:\.p/([1-9]\d{0,2}))?", "/".join(parts))
    if not match or int(match[3] or WIDTH) > WIDTH:
        return None
    return int(match[1].replace("x", "").replace("/", "") + match[2]), int(match[3] or WIDTH)


class Published:
    """The files of a ledger directory."""

    def __init__(self, folder):
        self.folder = folder
        self.tiles = defaultdict(dict)
        for path in sorted((folder / "tile").rglob("*")):
            level, *parts = path.relative_to(folder / "tile").parts
            place = tile_place(parts) if path.is_file() else None
            if place:
                self.tiles[level][place] = path.read_bytes()

    def row(self, level):
        """Return the widest tile of each index from 0 on, up to the first gap."""
        widest = {index: data for (index, _), data in sorted(self.tiles[level].items())}
        row = []
        while len(row) in widest:
            row.append(widest[len(row)])
        return row

    def leaves(self, faults):
        """Return the published leaves, from leaves.jsonl and from the entry bundles."""
        path, lines = self.folder / "leaves.jsonl", []
        if path.exists():
            *lines, rest = path.read_bytes().split(b"\n")
            if rest:
                faults.add("写法", "leaves.jsonl 的末行没有换行。")
        entries = [leaf for bundle in self.row("entries") for leaf in unpack(bundle)]
        for number, (line, entry) in enumerate(zip(lines, entries, strict=False)):
            if line != entry:
                faults.add("矛盾", f"第 {number} 条在 leaves.jsonl 与 tile/entries 中不同。")
                break
        return max(lines, entries, key=len)


def unpack(bundle):
    """Return the leaves of an entry bundle."""
    leaves, place = [], 0
    while place < len(bundle):
        end = place + 2 + int.from_bytes(bundle[place : place + 2], "big")
        if end > len(bundle):
            raise Unreadable("tile/entries 中有残缺的文件。")
        leaves.append(bundle[place + 2 : end])
        place = end
    return leaves


class Faults(list):
    """What was found wrong, each as (kind, sentence)."""

    def add(self, kind, sentence):
        self.append((kind, sentence))


def all_hashes(leaves, published, faults):
    """Return the leaf hashes: of the published leaves, then those of tile/0 that go on."""
    hashes = [leaf_hash(leaf) for leaf in leaves]
    data = b"".join(published.row("0"))
    tiled = [data[i : i + 32] for i in range(0, len(data), 32)]
    for number, (ours, theirs) in enumerate(zip(hashes, tiled, strict=False)):
        if ours != theirs:
            faults.add("改动", f"第 {number} 条记录与哈希瓦片不符：被改动、删去或换了次序。")
            break
    return hashes + tiled[len(hashes) :]


def check_tiles(published, hashes, faults):
    """Compare every hash tile and every entry bundle with the leaf hashes."""
    for (index, width), data in published.tiles["entries"].items():
        expected = hashes[index * WIDTH : index * WIDTH + width]
        if [leaf_hash(leaf) for leaf in unpack(data)] != expected:
            faults.add("瓦片", f"tile/entries 第 {index} 块（宽 {width}）与记录不符。")
    row, level = hashes, 0
    while row:
        for (index, width), data in published.tiles[str(level)].items():
            if data != b"".join(row[index * WIDTH : index * WIDTH + width]) or len(data) != width * 32:
                faults.add("瓦片", f"tile/{level} 第 {index} 块（宽 {width}）与记录不符。")
        full = range(0, len(row) - WIDTH + 1, WIDTH)
        row = [roots_at(row[i : i + WIDTH], [WIDTH])[WIDTH] for i in full]
        level += 1


def load_checkpoints(folder, key, faults):
    """Return {size: root} and the origin from all checkpoints whose signature is right."""
    roots, origins = {}, set()
    paths = sorted((folder / "checkpoints").glob("[!.]*"), key=lambda path: (len(path.name), path.name))
    for path in [*paths, *folder.glob("checkpoint")]:
        text = key.open(read_text(path), learns=True)
        checkpoint = text and read_checkpoint(text)
        if not checkpoint:
            faults.add("签名", f"检查点 {path.name} 的签名不正确或格式有误。")
            continue
        origin, size, root = checkpoint
        origins.add(origin)
        if path.name not in (str(size), "checkpoint"):
            faults.add("签名", f"检查点文件 {path.name} 里写的是 {size} 条。")
        if roots.setdefault(size, root) != root:
            faults.add("分叉", f"同为 {size} 条的两份检查点，根不同。")
    if not paths:
        raise Unreadable("checkpoints/ 里没有检查点。")
    if len(origins) > 1:
        faults.add("签名", f"检查点来自不同的账本：{'、'.join(sorted(origins))}。")
    return roots, min(origins, default="")


def check_consistency(roots, computed, count, faults):
    """Every checkpoint must be the root of the first leaves: then each is a prefix of every later one."""
    good, wrong = 0, [size for size in sorted(roots) if size <= count and computed[size] != roots[size]]
    newest = max(roots, default=0)
    if wrong:
        good = max((size for size in roots if size < wrong[0]), default=0)
        faults.add(
            "改写",
            f"检查点 {wrong[0]} 与记录不符：第 {good} 至 {wrong[0] - 1} 条中有改动、删除、插入或换序"
            f"（不符的检查点共 {len(wrong)} 份）。",
        )
    if count < newest:
        faults.add("缺失", f"最新检查点有 {newest} 条，公布的记录和哈希只有 {count} 条。")
    if count > newest:
        faults.add("多出", f"第 {newest} 条起的 {count - newest} 条没有检查点签名。")


def check_known(path, key, origin, hashes, faults):
    """Compare the ledger with a checkpoint, a receipt or a tlog-proof kept from earlier."""
    data, proof = read_text(path), None
    if data.startswith("c2sp.org/tlog-proof@v1\n"):
        proof, _, data = data.partition("\n\n")
    text = key.open(data)
    if text is None:
        faults.add("凭据", f"{path.name} 不是由本账本的公钥签名的。")
        return
    lines, checkpoint = text.split("\n"), read_checkpoint(text)
    if lines[0] != origin:
        faults.add("凭据", f"{path.name} 属于另一账本 {lines[0]}。")
    elif checkpoint:
        check_known_checkpoint(path, checkpoint, hashes, faults)
        if proof and not proof_holds(proof.split("\n")[1:], checkpoint[2], checkpoint[1], hashes):
            faults.add("矛盾", f"{path.name} 证明的记录与账本不符。")
    elif len(lines) == 4 and lines[1] == "receipt " + leaf_hash(lines[2].encode()).hex():
        if leaf_hash(lines[2].encode()) not in set(hashes):
            faults.add(
                "矛盾", f"回执 {path.name} 所载的票不在账本的 {len(hashes)} 条记录中。刚投的票一分钟内入账。"
            )
    else:
        faults.add("凭据", f"{path.name} 既不是检查点，也不是回执。")


def check_known_checkpoint(path, checkpoint, hashes, faults):
    _, size, root = checkpoint
    if size > len(hashes):
        faults.add("矛盾", f"已知检查点 {path.name} 有 {size} 条，账本只有 {len(hashes)} 条。")
    elif roots_at(hashes[:size], [size])[size] != root:
        faults.add("矛盾", f"账本的前 {size} 条与已知检查点 {path.name} 不符：历史被改写。")


def proof_holds(lines, root, size, hashes):
    """Return whether an inclusion proof ties this ledger's leaf to the root (RFC 9162 §2.1.3.2)."""
    lines = lines[1:] if lines[0].startswith("extra ") else lines
    if not re.fullmatch(r"index \d{1,19}", lines[0]) or int(lines[0][6:]) >= min(size, len(hashes)):
        return False
    node, last = int(lines[0][6:]), size - 1
    digest = hashes[node]
    for sibling in map(decode64, lines[1:]):
        if last == 0:
            return False
        if node & 1 or node == last:
            digest = node_hash(sibling, digest)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            digest = node_hash(digest, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and digest == root


# --- the count ---


def has_members(kind, leaf):
    """Return whether a leaf that is no vote has the members of its kind, a time, and a reason where votes are void."""
    if not isinstance(kind, str) or kind not in MEMBERS or set(leaf) != {"at", "t", "v", *MEMBERS[kind]}:
        return False
    ends = [leaf["until"]] if "until" in leaf and (kind != "pause" or leaf["until"] is not None) else []
    reason = [leaf.get("case", "0" * 64), leaf.get("code", "R1")]
    return (
        type(leaf["v"]) is int
        and leaf["v"] == 1
        and all(map(is_minute, [leaf["at"], *ends]))
        and all(isinstance(text, str) for text in reason)
        and bool(re.fullmatch(r"[0-9a-f]{64} R[1-9][0-9]?", " ".join(reason)))
        and isinstance(leaf.get("of", []), list)
        and all(type(index) is int for index in leaf.get("of", []))
    )


def is_minute(text):
    """Return whether a value is a UTC minute such as 2026-12-01T00:15Z."""
    try:
        return bool(MINUTE.fullmatch(text) and datetime.fromisoformat(text))
    except (TypeError, ValueError):
        return False


class Recount:
    """Reads the leaves one by one: form, order, quotas, marks, tally."""

    def __init__(self, faults):
        self.faults, self.rules, self.quota, self.groups = faults, {}, {}, {}
        self.entries, self.entry_of, self.times = [], [], []
        self.by_entry, self.by_scope, self.ballots = Counter(), Counter(), defaultdict(list)
        self.marks, self.codes, self.withdrawn, self.pauses, self.days = {}, {}, set(), [], {}
        self.opened = self.closed = self.final = None

    def run(self, leaves):
        """Read all leaves."""
        for index, data in enumerate(leaves):
            match = VOTE.fullmatch(data)
            self.entry_of.append(match and match[3].decode(errors="replace"))
            if match and self.opened:
                self.vote(index, match[1].decode(), match[2], self.entry_of[-1])
            else:
                self.other(index, data)
            if not self.opened:
                self.fault("次序", index, "账本的首条不是有效的“open”，无法重算。")
                return
        self.check_times()

    def fault(self, kind, index, sentence):
        self.faults.add(kind, f"第 {index} 条：{sentence}")

    def other(self, index, data):
        """Read a leaf that is no vote."""
        try:
            leaf = json.loads(data)
            text = json.dumps(leaf, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        except (ValueError, RecursionError):
            leaf, text = None, b""
        kind = leaf.get("t") if isinstance(leaf, dict) else None
        if text != data or not isinstance(leaf, dict) or not has_members(kind, leaf):
            self.fault("写法", index, "不是规范写法的记录。")
        elif kind == "open" and self.opened:
            self.fault("次序", index, "“open”只能有一条。")
        elif self.final is not None:
            self.fault("次序", index, "“final”之后还有记录。")
        else:
            self.act(kind, index, leaf)

    def act(self, kind, index, leaf):
        """Let a leaf of known kind take effect; members of a wrong type are a fault, not a crash."""
        handler = self.move if kind in MOVES else getattr(self, "on_" + kind, self.on_change)
        try:
            handler(index, leaf)
        except (TypeError, ValueError, KeyError, AttributeError):
            self.fault("写法", index, f"“{kind}”记录的成员有误。")

    def on_open(self, index, leaf):
        entries, rules, quota, groups = (
            leaf["entries"],
            leaf["rules"],
            leaf["rules"]["quota"],
            leaf["rules"]["groups"],
        )
        counts = [quota["limit"], quota["per_entry_limit"]]
        if quota["choose_max"] is not None:
            counts += [quota["choose_min"], quota["choose_max"]]
        is_counted = all(type(count) is int and count > 0 for count in counts)
        is_named = isinstance(entries, list) and all(isinstance(entry, str) for entry in entries)
        if set(quota) != QUOTA or quota["period"] not in TERMS or quota["scope"] not in SCOPES:
            raise ValueError("rules.quota")
        if not is_counted or not is_named or not {type(name) for name in groups.values()} <= {str}:
            raise ValueError("rules")
        self.opened, self.entries, self.rules = leaf["at"], entries, rules
        self.quota, self.groups = quota, groups

    def on_withdraw(self, index, leaf):
        if leaf["e"] not in self.entries or leaf["e"] in self.withdrawn:
            self.fault("次序", index, f"项目 {leaf['e']} 未参加投票或已退出。")
        self.withdrawn.add(leaf["e"])

    def on_change(self, index, leaf):
        """pause, resume, extend: only pauses bear on what is checked."""
        if self.closed:
            self.fault("次序", index, f"截止后还有“{leaf['t']}”。")
        elif leaf["t"] == "pause":
            self.pauses.append((leaf["at"], leaf["until"] or "9999"))
        elif leaf["t"] == "resume" and self.pauses:
            self.pauses[-1] = (self.pauses[-1][0], min(leaf["at"], self.pauses[-1][1]))

    def on_close(self, index, leaf):
        if self.closed:
            self.fault("次序", index, "截止了两次。")
        self.closed = leaf["at"]
        for (by, day, _), votes in self.ballots.items():
            if len({at for _, at in votes}) > 1 or len(votes) < self.quota["choose_min"]:
                self.fault("超额", votes[-1][0], f"选民 {by.decode()} 在 {day} 的选票不止一张，或选得太少。")

    def on_final(self, index, leaf):
        self.final = leaf["tally"]
        if not isinstance(leaf["approved"], int) or leaf["approved"] < 2:
            self.fault("定稿", index, "批准定稿的不足两人。")
        if not self.closed:
            self.fault("次序", index, "投票未截止就定稿。")
        if held := sum(mark == "hold" for mark in self.marks.values()):
            self.fault("定稿", index, f"定稿时还有 {held} 票待核。")
        counted = {entry: row["valid"] for entry, row in self.counts().items() if entry not in self.withdrawn}
        for entry in sorted(counted.keys() | self.final.keys()):
            if counted.get(entry) != self.final.get(entry):
                stated, ours = self.final.get(entry, "无"), counted.get(entry, "不计票")
                self.fault("票数", index, f"项目 {entry} 定稿 {stated} 票，重算 {ours} 票。")

    def move(self, index, leaf):
        """hold, void, restore."""
        for of in leaf["of"]:
            is_vote = isinstance(of, int) and 0 <= of < index and self.entry_of[of] is not None
            mark = self.marks.get(of)
            if not is_vote or mark not in MOVES[leaf["t"]]:
                self.fault("次序", index, f"第 {of} 条不是此前可以“{leaf['t']}”的票。")
            else:
                self.marks[of], self.codes[of] = MOVES[leaf["t"]][mark], leaf["code"]

    def vote(self, index, at, by, entry):
        """One vote: order and quota. A voided vote keeps its place in the quota."""
        self.times.append((at, index))
        if self.closed or entry not in self.entries:
            self.fault("次序", index, "截止后还有票。" if self.closed else f"没有参加投票的项目 {entry}。")
            return
        try:
            period = self.period(at)
        except ValueError:
            self.fault("写法", index, f"没有 {at} 这个时间。")
            return
        scope = self.groups.get(entry) if self.quota["scope"] == "group" else ""
        self.by_entry[by, period, entry] += 1
        self.by_scope[by, period, scope] += 1
        who = f"选民 {by.decode()} 在 {period}"
        if self.by_entry[by, period, entry] > self.quota["per_entry_limit"]:
            self.fault("超额", index, f"{who} 对 {entry} 超过 {self.quota['per_entry_limit']} 票。")
        elif self.by_scope[by, period, scope] > self.quota["limit"]:
            self.fault("超额", index, f"{who} 超过 {self.quota['limit']} 票。")
        if self.quota["choose_max"] is not None:
            self.ballots[by, period, scope].append((index, at))

    def period(self, at):
        """Return the day in Shanghai, or one period for the whole vote."""
        if self.quota["period"] != "day":
            return "本届"
        hour = at[:13]
        if hour not in self.days:
            self.days[hour] = (datetime.fromisoformat(hour) + timedelta(hours=8)).date().isoformat()
        return self.days[hour]

    def check_times(self):
        """Votes are cast from open to close and not within a pause (to the minute)."""
        for at, index in self.times:
            is_outside = at < self.opened or (self.closed is not None and at > self.closed)
            if is_outside or any(start < at < end for start, end in self.pauses):
                self.fault("时间", index, f"{at} 不在投票时间内。")

    def counts(self):
        """Return per entry what counts, what is void, held, or counts for nobody (withdrawn)."""
        votes = Counter((entry, self.marks.get(index)) for index, entry in enumerate(self.entry_of) if entry)
        rows = {}
        for entry in self.entries:
            free = votes[entry, None]
            gone = entry in self.withdrawn
            rows[entry] = {
                "valid": 0 if gone else free,
                "void": votes[entry, "void"],
                "held": votes[entry, "hold"],
                "uncounted": free if gone else 0,
            }
        return rows


def verify(folder, known=(), key_text=None):
    """Return (faults, facts to print) of the ledger in `folder`; raises Unreadable."""
    faults, published = Faults(), Published(folder)
    lines = read_text(folder / "log.vkey").split()
    if not lines:
        raise Unreadable("log.vkey 里没有公钥。")
    key_line = (key_text or lines[0]).strip()
    if key_line not in lines:
        faults.add("公钥", "给定的公钥不在 log.vkey 中。")
    key = LogKeys(lines, key_line)
    roots, origin = load_checkpoints(folder, key, faults)
    leaves = published.leaves(faults)
    hashes = all_hashes(leaves, published, faults)
    check_consistency(roots, roots_at(hashes, roots), len(hashes), faults)
    check_tiles(published, hashes, faults)
    for path in known:
        check_known(path, key, origin, hashes, faults)
    recount = Recount(faults)
    if leaves:
        recount.run(leaves)
    return faults, facts(key_line, len(key.trusted), origin, roots, hashes, recount)


def facts(key_line, key_count, origin, roots, hashes, recount):
    """Return the lines that say what was read."""
    shown, votes = len(recount.entry_of), len(recount.times)
    lines = [
        f"账本：{origin}",
        f"公钥：{key_line}（请与公示的公钥核对）" + (f"，曾更换，共 {key_count} 把" if key_count > 1 else ""),
        f"检查点：{len(roots)} 份，最新 {max(roots, default=0)} 条",
        f"记录：{len(hashes)} 条，其中公开 {shown} 条，含票 {votes} 张",
    ]
    if recount.rules:
        quota = recount.quota
        term, scope = TERMS[quota["period"]], SCOPES[quota["scope"]]
        lines.append(f"规则：{recount.rules.get('sentence', '')}")
        lines.append(
            f"　按此核验：每人{term}{scope} {quota['limit']} 票，同一项目 {quota['per_entry_limit']} 票"
        )
    for entry, row in recount.counts().items():
        tail = f"　退出不计 {row['uncounted']}" if entry in recount.withdrawn else ""
        lines.append(f"　{entry}　有效 {row['valid']}　作废 {row['void']}　待核 {row['held']}{tail}")
    codes = Counter(recount.codes[index] for index, mark in recount.marks.items() if mark == "void")
    if codes:
        lines.append("作废原因：" + "，".join(f"{code} {count} 票" for code, count in sorted(codes.items())))
    if shown < len(hashes):
        lines.append(f"注意：还有 {len(hashes) - shown} 条尚未公开，以上票数不完整。")
    lines.append("定稿：已定稿" if recount.final is not None else "定稿：尚未定稿，以上不是最终票数")
    return lines


def main(arguments=None):
    """Run from the command line; return the exit code."""
    parser = argparse.ArgumentParser(description="核验公开的投票账本")
    parser.add_argument("folder", type=Path, metavar="账本目录")
    parser.add_argument(
        "--known", type=Path, action="append", default=[], metavar="文件", help="以前保存的检查点、回执或证明"
    )
    parser.add_argument("--key", metavar="公钥", help="从别处得到的验签公钥")
    options = parser.parse_args(arguments)
    try:
        faults, lines = verify(options.folder, options.known, options.key)
    except (Unreadable, OSError) as error:
        print(f"无法核验：{error}")
        return 2
    print("\n".join(lines))
    for kind, sentence in faults[:SHOWN]:
        print(f"✗ 【{kind}】{sentence}")
    if len(faults) > SHOWN:
        print(f"　…… 另有 {len(faults) - SHOWN} 处")
    print(f"核验未通过：{len(faults)} 处问题。" if faults else "核验通过。")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
