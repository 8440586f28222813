"""Which file is the certificate of which patent."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from core.actor import Actor
from entries.actions.entry import close_edit, open_for_edit, refuse_locked
from entries.errors import EditedElsewhere
from entries.models import Attachment, Entry, IPAsset


@transaction.atomic
def link_certificate(
    *, entry: Entry, asset: IPAsset, certificate: Attachment | None, actor: Actor, at: datetime
) -> IPAsset:
    """Makes `certificate` (a file of the entry; None for none) the proof of `asset`. A file proves one patent.

    Refuses a row or file that is no longer there and, in a returned entry, a row whose certificate is not open.
    """
    locked = open_for_edit(entry, None, at)
    assets = list(locked.assets.all())
    place = next((index for index, one in enumerate(assets, start=1) if one.pk == asset.pk), None)
    if place is None or (certificate and not locked.attachments.filter(pk=certificate.pk, kind="certificate").exists()):
        raise EditedElsewhere
    name = f"asset.{place}.certificate"
    refuse_locked(locked, {name: f"第 {place} 件证书文件"})
    before = {name: asset.certificate.original_name if asset.certificate else ""}
    if certificate is not None:
        locked.assets.filter(certificate=certificate).update(certificate=None)
    asset.certificate = certificate
    asset.save(update_fields=["certificate"])
    after = {name: certificate.original_name if certificate else ""}
    close_edit(locked, changed=[name], before=before, after=after, actor=actor, at=at, bumps=False)
    return asset
