import pytest

from core.ledger.checkpoint import Checkpoint, format_checkpoint, parse_checkpoint
from core.ledger.note import BadNote

ROOT = bytes(range(32))
TEXT = "log.example/2026\n42\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n"


def test_the_three_lines():
    assert format_checkpoint(Checkpoint("log.example/2026", 42, ROOT)) == TEXT
    assert parse_checkpoint(TEXT) == Checkpoint("log.example/2026", 42, ROOT)


def test_extension_lines_are_kept():
    checkpoint = Checkpoint("log", 0, ROOT, ("time 2026-12-01T00:15Z",))
    assert parse_checkpoint(format_checkpoint(checkpoint)) == checkpoint


@pytest.mark.parametrize(
    "text",
    [
        "",
        TEXT[:-1],
        TEXT + "\n",
        TEXT.replace("42", "042"),
        TEXT.replace("42", "-1"),
        TEXT.replace("42", "４２"),
        TEXT.replace("log.example/2026", ""),
        TEXT.replace("AAEC", "AA"),
        TEXT.replace("Hh8=", "Hh8"),
        TEXT.replace("Hh8=", "Hh9="),
        TEXT.replace("AAEC", "A*EC"),
    ],
)
def test_what_is_not_a_checkpoint_is_refused(text):
    with pytest.raises(BadNote):
        parse_checkpoint(text)


@pytest.mark.parametrize(
    "fields", [("", 1, ROOT), ("a\nb", 1, ROOT), ("a", -1, ROOT), ("a", 1, b""), ("a", 1, ROOT, ("",))]
)
def test_what_could_not_be_read_back_is_not_made(fields):
    with pytest.raises(BadNote):
        Checkpoint(*fields)
