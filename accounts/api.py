"""What every view of the API that needs a token is built on."""

from __future__ import annotations

from rest_framework.views import APIView

from accounts.caller import HasScope, TokenAuthentication


class ScopedView(APIView):
    """Reads and acts as the token's person within `scope`; answers 404 to what that person may not see."""

    authentication_classes = [TokenAuthentication]
    permission_classes = [HasScope]
    scope: str
