from results.models.award import AwardDecision
from results.models.bye import Bye
from results.models.certificate import Certificate
from results.models.computation import Computation
from results.models.notice import Notice, NoticeClosing
from results.models.objection import (
    Objection,
    ObjectionFile,
    ObjectionMaterial,
    ObjectionParty,
    ObjectionStep,
)
from results.models.package import EditionPackage
from results.models.placing import Placing
from results.models.publicity import CalendarDay, PublicitySettings, Seal
from results.models.round_result import ResultApproval, ResultPublication, RoundResult
from results.models.stability import StabilityReport

__all__ = [
    "AwardDecision",
    "Bye",
    "CalendarDay",
    "Certificate",
    "Computation",
    "EditionPackage",
    "Notice",
    "NoticeClosing",
    "Objection",
    "ObjectionFile",
    "ObjectionMaterial",
    "ObjectionParty",
    "ObjectionStep",
    "Placing",
    "PublicitySettings",
    "ResultApproval",
    "ResultPublication",
    "RoundResult",
    "Seal",
    "StabilityReport",
]
