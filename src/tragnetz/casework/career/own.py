"""What a person finds of their CV and letters on their own page: only their own, and only what was shared."""

from dataclasses import dataclass

from tragnetz.casework.career.models import CoverLetter
from tragnetz.casework.coaching.models import Coaching
from tragnetz.casework.ownpage.sessions import Opened


@dataclass(frozen=True, slots=True)
class SharedPapers:
    """What was shared: the coaching whose CV it is, and letters, the latest first."""

    resume: Coaching | None
    letters: list[CoverLetter]


def shared_papers(opened: Opened) -> SharedPapers:
    """Return what somebody finds on their page; to be called with their keys on the ring.

    A coaching without a person is nobody's here: it may be of an adult who is not in the household any more.
    """
    access = opened.access
    mine = Coaching.objects.filter(person=access.person, case=access.case)
    letters = CoverLetter.objects.filter(coaching__in=mine, is_shared=True)
    letters = letters.select_related("coaching__case__contact", "coaching__person", "compartment", "application")
    rows = mine.filter(resume__is_shared=True)
    resume = rows.select_related("case__contact", "person", "compartment", "resume__compartment").first()
    return SharedPapers(resume, list(letters.prefetch_related("versions")))
