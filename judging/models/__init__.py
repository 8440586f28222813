from judging.models.draw import Draw, DrawFile, DrawPosition
from judging.models.finalist import Deck, FinalistReply, FinalTerms
from judging.models.invitation import JudgeInvitation
from judging.models.panel import Assignment, ConflictDismissal, ConflictOfInterest, Panel, PanelSeat
from judging.models.profile import JudgeProfile
from judging.models.roadshow import RoadshowRoom, RoadshowSlot
from judging.models.sheet import CriterionScore, PaperSheet, ScoreSheet, ScoreSheetUnlock, ScoreSheetVersion

__all__ = [
    "Assignment",
    "ConflictDismissal",
    "ConflictOfInterest",
    "CriterionScore",
    "Deck",
    "Draw",
    "DrawFile",
    "DrawPosition",
    "FinalTerms",
    "FinalistReply",
    "JudgeInvitation",
    "JudgeProfile",
    "Panel",
    "PanelSeat",
    "PaperSheet",
    "RoadshowRoom",
    "RoadshowSlot",
    "ScoreSheet",
    "ScoreSheetUnlock",
    "ScoreSheetVersion",
]
