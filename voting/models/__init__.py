from voting.models.approval import TallyApproval
from voting.models.ballot import Ballot, BallotEvidence
from voting.models.case import VoteCase, VoteCaseBallot, VoteCaseRelease
from voting.models.ledger import LedgerCheckpoint, LedgerLeaf
from voting.models.voter import CampaignKey, VoterIdentity

__all__ = [
    "Ballot",
    "BallotEvidence",
    "CampaignKey",
    "LedgerCheckpoint",
    "LedgerLeaf",
    "TallyApproval",
    "VoteCase",
    "VoteCaseBallot",
    "VoteCaseRelease",
    "VoterIdentity",
]
