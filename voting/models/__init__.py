from voting.models.appeal import VoteAppeal
from voting.models.approval import TallyApproval
from voting.models.ballot import Ballot, BallotEvidence
from voting.models.case import VoteCase, VoteCaseBallot, VoteCaseRelease
from voting.models.count import HourCount, LedgerCount
from voting.models.erasure import VoterErasure
from voting.models.ledger import LedgerAnchor, LedgerCheckpoint, LedgerKey, LedgerLeaf
from voting.models.voter import CampaignKey, VoterIdentity

__all__ = [
    "Ballot",
    "BallotEvidence",
    "CampaignKey",
    "HourCount",
    "LedgerAnchor",
    "LedgerCheckpoint",
    "LedgerCount",
    "LedgerKey",
    "LedgerLeaf",
    "TallyApproval",
    "VoteAppeal",
    "VoteCase",
    "VoteCaseBallot",
    "VoteCaseRelease",
    "VoterErasure",
    "VoterIdentity",
]
