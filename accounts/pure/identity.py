"""What a person signs in with and is written to: one field takes an e-mail address or a mobile number."""

from accounts.pure import email, mobile
from core.parsed import Fault, Parsed, refused
from core.text import fold

SCHEME = "identity"


def read_identity(raw: str) -> Parsed:
    """Read what was typed into “邮箱或手机号”; `scheme` of an accepted answer is `email` or `mobile`.

    Text with an @ is read as an address, with a letter but no @ it is refused, all else is read as a mobile number.
    """
    text = fold(raw)
    if not text:
        return refused(SCHEME, Fault("empty", "请填写邮箱或手机号。"))
    if "@" in text:
        return email.normalize_email(text)
    if any(ch.isalpha() for ch in text):
        return refused(SCHEME, Fault("shape", "邮箱中应有一个 @，手机号应为 11 位数字，请核对后重新输入。"))
    return mobile.normalize_mobile(text)


def mask_identity(canonical: str) -> str:
    """Return an address or number fit to be shown, see `mask_email` and `mask_mobile`."""
    return email.mask_email(canonical) if "@" in canonical else mobile.mask_mobile(canonical)
