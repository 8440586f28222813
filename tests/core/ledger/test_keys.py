import pytest

from core.ledger.keys import SigningKey, generate_seed, verify
from core.ledger.note import BadNote, Signature, format_note, parse_note, parse_verifier_key

# RFC 8032 §7.1, test 2.
SEED = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
PUBLIC = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
SIGNATURE = (
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)
KEY = SigningKey("log.example/2026", SEED)
OTHER = SigningKey("log.example/2026", bytes(32))


def test_vector_of_rfc_8032():
    assert KEY.public_key.hex() == PUBLIC
    assert KEY.sign(b"\x72").hex() == SIGNATURE


def test_a_signed_note_is_verified():
    note = KEY.sign_note("记录\n")
    assert verify(note, [KEY.verifier_key]) == parse_note(note)
    assert verify(note, [OTHER.verifier_key, KEY.verifier_key]).text == "记录\n"
    assert parse_verifier_key(KEY.verifier_key).key_id == KEY.key_id


def test_signatures_of_strangers_are_ignored():
    signatures = parse_note(KEY.sign_note("a\n")).signatures
    note = format_note("a\n", (Signature("witness", b"abcd", b"x" * 64), *signatures))
    assert verify(note, [KEY.verifier_key]).text == "a\n"


def test_a_stranger_alone_is_refused():
    with pytest.raises(BadNote, match="没有受信任的签名"):
        verify(OTHER.sign_note("a\n"), [KEY.verifier_key])


def test_a_changed_text_is_refused():
    with pytest.raises(BadNote, match="签名不正确"):
        verify(KEY.sign_note("12 票\n").replace("12", "13"), [KEY.verifier_key])


def test_one_wrong_signature_of_a_trusted_key_spoils_the_note():
    right = parse_note(KEY.sign_note("a\n")).signatures
    wrong = parse_note(KEY.sign_note("b\n")).signatures
    with pytest.raises(BadNote, match="签名不正确"):
        verify(format_note("a\n", right + wrong), [KEY.verifier_key])


def test_a_seed_is_32_random_bytes_and_is_never_shown():
    assert len(generate_seed()) == 32
    assert generate_seed() != generate_seed()
    assert SEED.hex() not in repr(KEY)
    assert repr(SEED) not in repr(KEY)


def test_a_short_seed_and_a_bad_name_are_refused():
    with pytest.raises(ValueError, match="32"):
        SigningKey("log", SEED[:31])
    with pytest.raises(BadNote):
        SigningKey("lo g", SEED)
