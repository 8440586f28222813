"""The platform's own privacy text: what a person agrees to at sign-up. Editions have texts of their own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PrivacyText:
    """`document` as stored with a consent, its `version` (raised with every change of meaning) and its template."""

    document: str
    version: int
    template: str


PLATFORM_PRIVACY = PrivacyText(document="privacy:platform", version=1, template="accounts/privacy_v1.html")
