"""What is known of a judge: kept by the judge, or by the organiser of the edition."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.models import User
from competitions.models import Edition
from core.audit import journal
from judging.actions.guard import require
from judging.models import JudgeProfile


@transaction.atomic
def save_profile(
    *, edition: Edition, judge: User, values: dict[str, str], industries: Iterable[str], ipc: Iterable[str], actor: User, at: datetime
) -> JudgeProfile:
    """Writes the profile of a judge of the edition. `values`: kind, title, employer, past_employers; `industries` are
    codes, `ipc` symbols such as C09D.

    Assignments made before stay; conflicts the new employers hint at are put to the organiser. Refuses everybody but the
    judge and the organiser.
    """
    require(actor, "judging.keep_own_profile" if actor == judge else "judging.manage_panel", edition)
    content = {**values, "industries": sorted(set(industries)), "ipc": sorted(set(ipc))}
    row, _ = JudgeProfile.objects.update_or_create(user=judge, defaults={**content, "updated_at": at})
    after = {"judge": judge.public_id, **content}
    journal.record(verb="judging.profile.saved", obj=row, actor=actor, at=at, edition=edition.slug, after=after)
    return row
