import base64
import hashlib
import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.canonical import canonical_json
from judging.pure.draw import Commitment, chain_end, code_for, commitment_note_body, draw_record, label

TOOL = Path(__file__).resolve().parents[2] / "tools" / "verify_draw.py"
SPEC = importlib.util.spec_from_file_location("verify_draw", TOOL)
verify_draw = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(verify_draw)

SECRET = bytes(range(32))
NAME = "jianggaosai.example/2026"
LABELS = tuple(label(f"E{number:02}", f"项目{number}") for number in range(1, 13))
SOURCES = ("双色球 2026123 期", "排列5 26301 期")
VALUES = ("01,05,09,22,30,33+07", "3 1 4 1 5")


def keys(seed: int = 1) -> tuple[Ed25519PrivateKey, str, bytes]:
    """Signer, verifier key in C2SP form, key id."""
    signer = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    data = b"\x01" + signer.public_key().public_bytes_raw()
    identity = hashlib.sha256(NAME.encode() + b"\n" + data).digest()[:4]
    return signer, f"{NAME}+{identity.hex()}+{base64.b64encode(data).decode()}", identity


def signed(body: str, seed: int = 1) -> str:
    signer, _, identity = keys(seed)
    return f"{body}\n— {NAME} {base64.b64encode(identity + signer.sign(body.encode())).decode()}\n"


def published(**more) -> dict:
    owners = more.pop("organisations", None)
    commitment = Commitment("2026 决赛 初创组", LABELS, SOURCES, chain_end(SECRET), organisations=owners)
    number = more.get("draw_number", 1)
    note = signed(commitment_note_body(commitment))
    return draw_record(commitment, note, keys()[1], code_for(SECRET, number), VALUES, **more)


def run(folder: Path, record: object, *options: str) -> tuple[int, str]:
    path = folder / "draw.json"
    path.write_bytes(record if isinstance(record, bytes) else canonical_json(record))
    done = subprocess.run(
        [sys.executable, "-I", str(TOOL), str(path), *options], capture_output=True, cwd=folder, timeout=60, check=False
    )
    assert done.stderr == b""
    return done.returncode, done.stdout.decode()


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"withdrawn": [LABELS[3], LABELS[0]]},
        {"draw_number": 2, "reason": "首次抽签名单有误"},
        {"organisations": {one: ("甲公司",) if number < 6 else ("乙大学", one) for number, one in enumerate(LABELS)}},
    ],
)
def test_a_right_draw_passes(tmp_path, more):
    record = published(**more)
    code, said = run(tmp_path, record, "--key", keys()[1])
    assert code == 0 and said.startswith("通过：2026 决赛 初创组")
    assert [line.split(" ", 3)[3] for line in said.splitlines() if line.startswith("  ")][2:] == record["order"]


def test_an_organisation_of_nobody_in_the_list_is_refused(tmp_path):
    record = published(organisations={one: (one,) for one in LABELS})
    body = record["note"].split("\n\n")[0] + "\n"
    record["note"] = signed(body.replace("\n12 E12 项目12\n", "\n13 E12 项目12\n"))
    code, said = run(tmp_path, record)
    assert code == 1 and "名单之外的项目" in said


def test_a_key_from_the_file_itself_is_said_to_be_so(tmp_path):
    code, said = run(tmp_path, published())
    assert code == 0 and "公钥取自文件本身" in said


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (lambda r: r["order"].reverse(), "第 1 位公布的是"),
        (lambda r: r["order"].pop(), "不一致"),
        (lambda r: r.update(code=code_for(SECRET, 2)), "口令与承诺不符"),
        (lambda r: r.update(draw=2), "没有写明理由"),
        (lambda r: r.update(draw=0), "超出口令链长度"),
        (lambda r: r["values"].pop(), "公布了 1 个"),
        (lambda r: r.update(values=["a", "b"]), "位公布的是"),
        (lambda r: r["labels"].pop(), "名单与承诺书中的名单不同"),
        (lambda r: r.update(withdrawn=["E99 某"]), "退出的项目不在名单中"),
        (lambda r: r.update(note=r["note"].replace("项目1\n", "项目甲\n")), "签名不正确"),
        (lambda r: r.update(note=r["note"].split("\n\n")[0] + "\n"), "没有签名"),
        (lambda r: r.update(note=signed("something else\n")), "不是“jianggaosai draw v1”格式"),
        (lambda r: r.update(note=signed(r["note"].split("\n\n")[0] + "\nE99 某\n")), "多余的行"),
        (lambda r: r.update(key=keys(2)[1]), "没有 jianggaosai.example/2026 的签名"),
        (lambda r: r.update(key=keys()[1].replace("+", "+0", 1)), "公钥写法有误"),
        (lambda r: r.pop("code"), "成员不全"),
        (lambda r: r.update(draw="1"), "读不出或不完整"),
    ],
)
def test_an_altered_draw_is_refused_and_the_fault_named(tmp_path, change, part):
    record = published()
    change(record)
    code, said = run(tmp_path, record)
    assert code == 1 and said.startswith("不通过") and part in said


def test_a_draw_signed_by_somebody_else_is_found_by_the_known_key(tmp_path):
    record = published()
    body = record["note"].split("\n\n")[0] + "\n"
    forged = {**record, "note": signed(body, 2), "key": keys(2)[1]}
    assert run(tmp_path, forged)[0] == 0
    assert run(tmp_path, forged, "--key", keys()[1])[0] == 1


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b'{"a":1,"a":2}', b"\xff"])
def test_what_is_no_draw_is_refused(tmp_path, data):
    code, said = run(tmp_path, data)
    assert code == 1 and said.startswith("不通过")


def test_the_pure_signature_check_agrees_with_the_library():
    for seed in range(1, 6):
        signer, _, _ = keys(seed)
        public, message = signer.public_key().public_bytes_raw(), json.dumps({"seed": seed}).encode()
        signature = signer.sign(message)
        assert verify_draw.signed_pure(public, signature, message)
        assert not verify_draw.signed_pure(public, signature, message + b" ")
        assert not verify_draw.signed_pure(public, signature[:-1] + bytes([signature[-1] ^ 1]), message)
        assert not verify_draw.signed_pure(public, bytes([signature[0] ^ 1]) + signature[1:], message)
        high = (int.from_bytes(signature[32:], "little") + verify_draw.ORDER).to_bytes(32, "little")
        assert not verify_draw.signed_pure(public, signature[:32] + high, message)
    assert not verify_draw.signed_pure(b"\xff" * 32, signature, message)


def test_without_the_library_the_pure_check_is_used(monkeypatch):
    signer, _, _ = keys()
    public, signature = signer.public_key().public_bytes_raw(), signer.sign(b"x")
    monkeypatch.setattr(verify_draw, "Ed25519PublicKey", None)
    assert verify_draw.signed(public, signature, b"x") and not verify_draw.signed(public, signature, b"y")


def test_the_first_vector_of_rfc_8032():
    public = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    assert verify_draw.signed_pure(public, signature, b"")
