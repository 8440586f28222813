import pytest

from accounts.pure.identity import read_identity


@pytest.mark.parametrize(
    ("typed", "scheme", "canonical"),
    [
        ("Ding@Example.com", "email", "ding@example.com"),
        ("ｄｉｎｇ＠example.com", "email", "ding@example.com"),
        ("138 0013 8000", "mobile", "+8613800138000"),
        ("+852 6123 4567", "mobile", "+85261234567"),
    ],
)
def test_reads_either(typed: str, scheme: str, canonical: str) -> None:
    parsed = read_identity(typed)
    assert (parsed.scheme, parsed.canonical, parsed.faults) == (scheme, canonical, ())


@pytest.mark.parametrize(("typed", "code"), [("", "empty"), ("dinggong", "shape"), ("a@b", "domain"), ("123", "length")])
def test_refuses(typed: str, code: str) -> None:
    parsed = read_identity(typed)
    assert parsed.canonical == ""
    assert [fault.code for fault in parsed.faults] == [code]
