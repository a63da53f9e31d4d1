"""Rows of casework, one file per noun."""

from tragnetz.casework.models.cases import Case, Closing, Compartment
from tragnetz.casework.models.contacts import CaseContact, TextTemplate
from tragnetz.casework.models.emergency import EmergencyAccess
from tragnetz.casework.models.enquiries import Enquiry
from tragnetz.casework.models.feedback import Feedback
from tragnetz.casework.models.goals import Goal, GoalReview, Step
from tragnetz.casework.models.notes import LifeEvent, Note
from tragnetz.casework.models.ratings import Rating, RatingLine
from tragnetz.casework.models.teamwork import Handover, Task

__all__ = [
    "Case",
    "CaseContact",
    "Closing",
    "Compartment",
    "EmergencyAccess",
    "Enquiry",
    "Feedback",
    "Goal",
    "GoalReview",
    "Handover",
    "LifeEvent",
    "Note",
    "Rating",
    "RatingLine",
    "Step",
    "Task",
    "TextTemplate",
]
