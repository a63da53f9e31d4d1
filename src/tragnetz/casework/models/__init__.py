"""Rows of casework, one file per noun."""

from tragnetz.casework.models.cases import Case, Closing, Compartment
from tragnetz.casework.models.contacts import CaseContact, TextTemplate
from tragnetz.casework.models.deadlines import Deadline
from tragnetz.casework.models.emergency import EmergencyAccess
from tragnetz.casework.models.enquiries import Enquiry
from tragnetz.casework.models.feedback import Feedback
from tragnetz.casework.models.files import CaseFile, FileChunk
from tragnetz.casework.models.goals import Goal, GoalReview, Step
from tragnetz.casework.models.letters import Letter, LetterSending, LetterVersion, LetterWording
from tragnetz.casework.models.notes import LifeEvent, Note
from tragnetz.casework.models.ratings import Rating, RatingLine
from tragnetz.casework.models.teamwork import Handover, Task

# After the rows that they point to.
from tragnetz.casework.caseload.models import Capacity  # isort: skip
from tragnetz.casework.claims.models import Claim, ClaimMove  # isort: skip
from tragnetz.casework.plans.models import PlanTaking  # isort: skip
from tragnetz.casework.coaching.models import Application, Coaching, Interview, Placement  # isort: skip
from tragnetz.casework.career.models import CareerEntry, CareerSkill, CoverLetter, CoverVersion, Resume  # isort: skip
from tragnetz.casework.networkmap.models import Tie  # isort: skip
from tragnetz.casework.ownpage.models import OwnAccess, OwnMessage, OwnSession  # isort: skip
from tragnetz.casework.papers.models import CasePaper  # isort: skip

__all__ = [
    "Application",
    "Capacity",
    "CareerEntry",
    "CareerSkill",
    "Case",
    "CaseContact",
    "CaseFile",
    "CasePaper",
    "Claim",
    "ClaimMove",
    "Closing",
    "Coaching",
    "Compartment",
    "CoverLetter",
    "CoverVersion",
    "Deadline",
    "EmergencyAccess",
    "Enquiry",
    "Feedback",
    "FileChunk",
    "Goal",
    "GoalReview",
    "Handover",
    "Interview",
    "Letter",
    "LetterSending",
    "LetterVersion",
    "LetterWording",
    "LifeEvent",
    "Note",
    "OwnAccess",
    "OwnMessage",
    "OwnSession",
    "Placement",
    "PlanTaking",
    "Rating",
    "RatingLine",
    "Resume",
    "Step",
    "Task",
    "TextTemplate",
    "Tie",
]
