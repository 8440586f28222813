from accounts.models.api_token import ApiToken
from accounts.models.consent import Consent
from accounts.models.invitation import Invitation
from accounts.models.join_request import JoinRequest
from accounts.models.organisation import Membership, Organisation
from accounts.models.ownership_claim import OwnershipClaim
from accounts.models.power import PowerSession
from accounts.models.user import User

__all__ = [
    "ApiToken",
    "Consent",
    "Invitation",
    "JoinRequest",
    "Membership",
    "Organisation",
    "OwnershipClaim",
    "PowerSession",
    "User",
]
