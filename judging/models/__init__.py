from judging.models.draw import Draw, DrawPosition
from judging.models.panel import Assignment, ConflictOfInterest, Panel, PanelSeat
from judging.models.roadshow import RoadshowRoom, RoadshowSlot
from judging.models.sheet import CriterionScore, ScoreSheet, ScoreSheetUnlock, ScoreSheetVersion

__all__ = [
    "Assignment",
    "ConflictOfInterest",
    "CriterionScore",
    "Draw",
    "DrawPosition",
    "Panel",
    "PanelSeat",
    "RoadshowRoom",
    "RoadshowSlot",
    "ScoreSheet",
    "ScoreSheetUnlock",
    "ScoreSheetVersion",
]
