"""Binding a WeChat or mobile identity to a voter's tag, in a table that can be destroyed with the campaign key.

No audit line: the journal must not remember who voted. The openid or number itself is stored nowhere.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime

from django.db import transaction

from voting.models import VoterIdentity
from voting.pure.voter import voter_tag
from voting.queries.campaign import Campaign


@transaction.atomic
def bind_identity(*, campaign: Campaign, level: int, identity: str, at: datetime) -> str:
    """Returns the tag of the canonical `identity` (wechat:… or mobile:…); the first time its keyed hash is noted beside the tag."""
    tag = voter_tag(campaign.key, identity)
    digest = hmac.digest(campaign.key, f"bound {identity}".encode(), hashlib.sha256).hex()
    VoterIdentity.objects.get_or_create(
        edition_id=campaign.edition_id, identity=digest, defaults={"level": level, "voter_tag": tag, "bound_at": at}
    )
    return tag
