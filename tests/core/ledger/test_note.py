import pytest

from core.ledger.note import (
    BadNote,
    Note,
    Signature,
    format_note,
    format_verifier_key,
    key_id,
    parse_note,
    parse_verifier_key,
    sign_note,
)

PUBLIC = bytes(range(32))
TEXT = "第一段\n\n第二段\n"


def test_a_note_comes_back_as_it_went():
    note = Note(
        TEXT, (Signature("log.example/2026", b"\x01\x02\x03\x04", b"s" * 64), Signature("w", b"abcd", b"x"))
    )
    assert parse_note(format_note(note.text, note.signatures)) == note


def test_the_signature_is_over_the_text_with_its_newline():
    seen = []
    data = sign_note(TEXT, "log", b"abcd", lambda message: seen.append(message) or b"sig")
    assert seen == [TEXT.encode()]
    assert data == TEXT + "\n— log YWJjZHNpZw==\n"


@pytest.mark.parametrize(
    "data",
    [
        "",
        "text\n",
        "text\n\n",
        "text\n\n— log YWJjZHNpZw==",
        "text\n— log YWJjZHNpZw==\n",
        "text\n\n- log YWJjZHNpZw==\n",
        "text\n\n— log\n",
        "text\n\n— log YWJj*\n",
        "text\n\n— log YWJjZA==\n",
        "text\n\n— a+b YWJjZHNpZw==\n",
        "te\txt\n\n— log YWJjZHNpZw==\n",
        "text\n\n" + "— log YWJjZHNpZw==\n" * 65,
        "x" * 1_000_001,
    ],
)
def test_what_is_not_a_note_is_refused(data):
    with pytest.raises(BadNote):
        parse_note(data)


@pytest.mark.parametrize(
    ("text", "signatures"),
    [
        ("no newline", (Signature("log", b"abcd", b"s"),)),
        ("text\n", ()),
        ("te\x00xt\n", (Signature("log", b"abcd", b"s"),)),
        ("text\n", (Signature("", b"abcd", b"s"),)),
        ("text\n", (Signature("a b", b"abcd", b"s"),)),
        ("text\n", (Signature("a", b"abc", b"s"),)),
        ("text\n", (Signature("a", b"abcd", b""),)),
    ],
)
def test_what_could_not_be_read_back_is_not_written(text, signatures):
    with pytest.raises(BadNote):
        format_note(text, signatures)


def test_a_verifier_key_comes_back_as_it_went():
    text = format_verifier_key("log.example/2026", PUBLIC)
    key = parse_verifier_key(text + "\n")
    assert (key.name, key.public_key) == ("log.example/2026", PUBLIC)
    assert text.split("+")[1] == key.key_id.hex() == key_id("log.example/2026", PUBLIC).hex()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "log",
        "log+00000000+" + format_verifier_key("log", PUBLIC).split("+", 2)[2],
        format_verifier_key("log", PUBLIC)[:-4],
        format_verifier_key("log", PUBLIC).replace("+AQ", "+BA"),
        format_verifier_key("log", PUBLIC).replace("log", "other"),
    ],
)
def test_a_wrong_verifier_key_is_refused(text):
    with pytest.raises(BadNote):
        parse_verifier_key(text)


def test_a_short_public_key_is_refused():
    with pytest.raises(BadNote, match="32"):
        format_verifier_key("log", PUBLIC[:31])
