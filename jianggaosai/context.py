"""What every page shows: the edition, its menu and its footer. A link whose page does not exist is left out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    return {"site": {"edition": None, "nav": [], "footer": []}}
