from results.models.award import AwardDecision
from results.models.certificate import Certificate
from results.models.computation import Computation
from results.models.notice import Notice
from results.models.placing import Placing
from results.models.round_result import ResultApproval, ResultPublication, RoundResult

__all__ = [
    "AwardDecision",
    "Certificate",
    "Computation",
    "Notice",
    "Placing",
    "ResultApproval",
    "ResultPublication",
    "RoundResult",
]
