"""The picture with characters that a browser without JavaScript reads out instead of the proof of work.

django-simple-captcha draws it and keeps the answer; here it is made, and used up by the first try whether that was right or not.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from captcha.models import CaptchaStore

LIFETIME = timedelta(minutes=10)
CHARACTERS = "ACDEFHJKMNPRTUVWXY3479"
"""Without those that a noisy picture makes alike (0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, Q)."""
LENGTH = 5


def new_image_challenge(*, at: datetime) -> str:
    """Keeps a new challenge for ten minutes and returns its key; those that nobody answered in time are thrown away."""
    CaptchaStore.objects.filter(expiration__lte=at).delete()
    text = "".join(secrets.choice(CHARACTERS) for _ in range(LENGTH))
    key = secrets.token_hex(20)
    CaptchaStore.objects.create(challenge=text, response=text.lower(), hashkey=key, expiration=at + LIFETIME)
    return key


def use_image_challenge(*, key: str, typed: str, at: datetime) -> bool:
    """Whether `typed` (in any case, blanks ignored) is what the picture shows. The challenge is gone afterwards."""
    answer = CaptchaStore.objects.filter(hashkey=key, expiration__gt=at).values_list("response", flat=True).first()
    is_mine, _ = CaptchaStore.objects.filter(hashkey=key).delete()
    return bool(is_mine) and answer is not None and secrets.compare_digest(answer, "".join(typed.split()).lower()[:40])
