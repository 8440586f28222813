"""The computed draw of the roadshow order: committed to before, checkable by everybody after (trust.md §4)."""

import hashlib
import hmac
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import factorial

from core.fault import Fault

CHAIN_LENGTH = 25
NOTICE = timedelta(days=1)  # at least so long the commitment stands before the draw
SECRET_BYTES = 32
HEADER = "jianggaosai draw v1"
SOURCE_BITS = 24  # what one lottery draw gives
BEACON_BITS = 256  # a drand round
RECORD_FORMAT = "jianggaosai-draw/1"
RULE_NONE = "none"
RULE_APART = "same-organisation-apart"


@dataclass(frozen=True, slots=True)
class Commitment:
    """What the organiser promises before the draw; its text is signed and published with the announcement.

    `name`: which draw, e.g. "2026 决赛 初创组"; `labels`: see `label`; `sources`: one line for each public value that
    will be used, naming the draw and its exact textual form; `chain_end`: hex of H^n(secret); `organisations`: label →
    names, only when neighbours of one organisation are to be kept apart (None: no such rule).
    """

    name: str
    labels: tuple[str, ...]
    sources: tuple[str, ...]
    chain_end: str
    chain_length: int = CHAIN_LENGTH
    organisations: Mapping[str, tuple[str, ...]] | None = None

    def __post_init__(self) -> None:
        _require_lines([self.name, *self.labels, *self.sources])
        if len(set(self.labels)) < len(self.labels) or not self.labels:
            raise Fault("bad_labels", "抽签名单不能为空，也不能有重复的项目。")
        if not self.sources:
            raise Fault("no_sources", "请至少写明一个将要采用的公开数值。")
        if self.chain_length < 2 or not _is_hash(self.chain_end):
            raise Fault("bad_chain", "口令链的末端应为 64 位十六进制，长度至少为 2。")
        if self.organisations is not None:
            _require_lines([one for names in self.organisations.values() for one in names])
            if set(self.organisations) != set(self.labels):
                raise Fault("bad_organisations", "同单位回避规则要求写明每个项目的参赛单位。")


def label(code: str, short_name: str) -> str:
    """The text a draw orders: entry code, one space, short name, in Unicode form NFC. Refuses a code with a space."""
    name = unicodedata.normalize("NFC", short_name).strip()
    if not code or not name or any(letter.isspace() for letter in code):
        raise Fault("bad_labels", "抽签标签须由不含空格的项目编号和项目简称组成。")
    text = f"{code} {name}"
    _require_lines([text])
    return text


def sources_fault(count: int, sources: Sequence[str]) -> str:
    """What is wrong with the number of public values for `count` labels, or nothing: together they must be able to give
    every order (24 bits a lottery draw: two up to 16 labels, three up to 20; a drand round is enough by itself)."""
    needed = (factorial(count) - 1).bit_length()
    given = sum(BEACON_BITS if "drand" in one.lower() else SOURCE_BITS for one in sources)
    if given >= needed:
        return ""
    lotteries = -(-needed // SOURCE_BITS)
    return f"{count} 个项目至少要采用 {lotteries} 个开奖数值（或一个 drand 随机数），现有 {len(sources)} 个，不足以产生全部可能的顺序。"


def hash_chain(secret: bytes, times: int) -> bytes:
    """SHA-256 applied `times` times to the 32-byte secret."""
    if len(secret) != SECRET_BYTES or times < 0:
        raise Fault("bad_secret", f"口令须为 {SECRET_BYTES} 字节。")
    for _ in range(times):
        secret = hashlib.sha256(secret).digest()
    return secret


def chain_end(secret: bytes, chain_length: int = CHAIN_LENGTH) -> str:
    """What is published beforehand: H^n(secret) in hex."""
    return hash_chain(secret, chain_length).hex()


def code_for(secret: bytes, draw_number: int = 1, chain_length: int = CHAIN_LENGTH) -> str:
    """The code revealed for the first draw (1), the first redraw (2) …: H^(n − number)(secret) in hex."""
    if not 1 <= draw_number <= chain_length:
        raise Fault("no_code_left", f"口令链只有 {chain_length} 个口令，第 {draw_number} 次抽签无口令可用。")
    return hash_chain(secret, chain_length - draw_number).hex()


def code_matches(code: str, commitment: Commitment, draw_number: int = 1) -> bool:
    """Whether a revealed code leads to the published end of the chain in exactly `draw_number` steps."""
    if not _is_hash(code) or not 1 <= draw_number <= commitment.chain_length:
        return False
    return hash_chain(bytes.fromhex(code), draw_number).hex() == commitment.chain_end


def position(of_label: str, code: str, values: Sequence[str]) -> bytes:
    """Where a label stands: HKDF with SHA-256, key material from the code and the public values joined by line feeds."""
    message = "\n".join(values).encode("utf-8")
    key = hmac.new(bytes.fromhex(code), message, hashlib.sha256).digest()
    return hmac.new(key, of_label.encode("utf-8") + b"\x01", hashlib.sha256).digest()


def draw_order(
    commitment: Commitment, code: str, values: Sequence[str], *, withdrawn: Sequence[str] = (), draw_number: int = 1
) -> tuple[str, ...]:
    """The running order. `values` are the public values in the order of the commitment's sources.

    Withdrawn labels are skipped, the others keep their order. Refuses a code that does not lead to the commitment, a
    missing public value, and withdrawn labels that were never in the draw.
    """
    if not code_matches(code, commitment, draw_number):
        raise Fault("code_wrong", f"公布的口令与承诺不符（第 {draw_number} 次抽签）。")
    if len(values) != len(commitment.sources):
        raise Fault("values_missing", f"承诺采用 {len(commitment.sources)} 个公开数值，现有 {len(values)} 个。")
    _require_lines(values)
    strangers = sorted(set(withdrawn) - set(commitment.labels))
    if strangers:
        raise Fault("bad_labels", f"退出的项目不在抽签名单中：{'、'.join(strangers)}。")
    staying = [one for one in commitment.labels if one not in set(withdrawn)]
    order = sorted(staying, key=lambda one: position(one, code, values))
    return tuple(order if commitment.organisations is None else keep_apart(order, commitment.organisations))


def keep_apart(order: Sequence[str], organisations: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Going through the order once, an entry of the same organisation as the one before it changes places with the
    next one that is not; when there is none, it stays."""
    result = list(order)
    for here in range(1, len(result)):
        before = set(organisations[result[here - 1]])
        for other in range(here, len(result)):
            if not before & set(organisations[result[other]]):
                result[here], result[other] = result[other], result[here]
                break
    return result


def commitment_note_body(commitment: Commitment) -> str:
    """The canonical text that is signed (C2SP signed note): fixed lines, each ended by one line feed.

    Header; name; neighbours rule; `chain <n> <hex>`; `values <count>` and the sources; `labels <count>` and the labels,
    sorted; with the rule against neighbours also `organisations <count>` and lines `<place of the label in that list>
    <organisation>` (a signed note may hold no tab).
    """
    labels = sorted(commitment.labels)
    rule = RULE_NONE if commitment.organisations is None else RULE_APART
    lines = [HEADER, commitment.name, f"neighbours {rule}"]
    lines.append(f"chain {commitment.chain_length} {commitment.chain_end}")
    lines += [f"values {len(commitment.sources)}", *commitment.sources, f"labels {len(labels)}", *labels]
    if commitment.organisations is not None:
        numbered = enumerate(labels, start=1)
        owned = [f"{place} {name}" for place, one in numbered for name in sorted(commitment.organisations[one])]
        lines += [f"organisations {len(owned)}", *owned]
    return "".join(f"{line}\n" for line in lines)


def draw_record(
    commitment: Commitment,
    signed_note: str,
    key: str,
    code: str,
    values: Sequence[str],
    *,
    withdrawn: Sequence[str] = (),
    draw_number: int = 1,
    reason: str = "",
) -> dict[str, object]:
    """What is published after a draw and what `tools/verify_draw.py` reads (as canonical JSON).

    `signed_note` is the body of `commitment_note_body` with its signature lines, `key` the verifier key of the signer
    in C2SP form (`name+hex+base64`). Refuses a redraw without a reason and a note of another commitment.
    """
    if draw_number > 1 and not reason.strip():
        raise Fault("reason_missing", "重新抽签须写明理由。")
    if not signed_note.startswith(commitment_note_body(commitment) + "\n"):
        raise Fault("note_differs", "签名的承诺书与本次抽签的承诺不符。")
    order = draw_order(commitment, code, values, withdrawn=withdrawn, draw_number=draw_number)
    return {
        "format": RECORD_FORMAT,
        "note": signed_note,
        "key": key,
        "draw": draw_number,
        "reason": reason,
        "code": code,
        "values": list(values),
        "labels": sorted(commitment.labels),
        "withdrawn": sorted(withdrawn),
        "order": list(order),
    }


def draw_faults(
    commitment: Commitment,
    code: str,
    values: Sequence[str],
    published: Sequence[str],
    *,
    withdrawn: Sequence[str] = (),
    draw_number: int = 1,
) -> list[str]:
    """What is wrong with a published order, as Chinese sentences; empty when it is the order of the draw."""
    try:
        order = draw_order(commitment, code, values, withdrawn=withdrawn, draw_number=draw_number)
    except Fault as fault:
        return [fault.message]
    if sorted(order) != sorted(published):
        return ["公布的顺序与抽签名单中的项目不一致。"]
    return [
        f"第 {place} 位应为“{right}”，公布的是“{shown}”。"
        for place, (right, shown) in enumerate(zip(order, published, strict=True), start=1)
        if right != shown
    ]


def _is_hash(text: str) -> bool:
    return len(text) == 64 and all(letter in "0123456789abcdef" for letter in text)


def _require_lines(texts: Sequence[str]) -> None:
    for text in texts:
        clean = text == text.strip() and text == unicodedata.normalize("NFC", text)
        if not text or not clean or any(unicodedata.category(letter) in ("Cc", "Zl", "Zp", "Cs") for letter in text):
            raise Fault("bad_text", f"抽签文本须为一行、首尾无空格、Unicode NFC 形式：{text!r}。")
