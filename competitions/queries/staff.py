"""People who organise editions."""

from __future__ import annotations

from django.db.models import QuerySet

from accounts.models import User


def organisers() -> QuerySet[User]:
    """Everybody who organises an edition that is not archived."""
    held = {"roles__kind": "organiser", "roles__ended_at__isnull": True, "roles__edition__archived_at__isnull": True}
    return User.objects.filter(is_active=True, **held).distinct()
