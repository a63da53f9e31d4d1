"""Read CV and letters of one person."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from tragnetz.casework.career.access import visible_entries, visible_letters, visible_skills
from tragnetz.casework.career.composing import Job, Strength
from tragnetz.casework.career.enums import EntryKind, SkillKind
from tragnetz.casework.career.models import CareerEntry, CareerSkill, CoverLetter, CoverVersion, Resume
from tragnetz.casework.career.rules import Gap, gaps
from tragnetz.casework.coaching.models import Coaching
from tragnetz.clients.models import Relation
from tragnetz.network.actors import Actor

WORK = frozenset({EntryKind.JOB, EntryKind.MINIJOB, EntryKind.SELF_EMPLOYED})


@dataclass(frozen=True, slots=True)
class Papers:
    """All of one person's papers: `gaps` are months of which the CV says nothing."""

    resume: Resume
    entries: list[CareerEntry]
    skills: list[CareerSkill]
    letters: list[CoverLetter]
    gaps: list[Gap]


def papers_of(coaching: Coaching, today: date) -> Papers:
    """Return the papers of a coaching: a fixed number of queries. What the CV leaves out makes a gap."""
    entries = entries_of(coaching)
    shown = [(row.starts_on, row.ends_on) for row in entries if row.is_shown]
    letters = CoverLetter.objects.filter(coaching=coaching).select_related("application")
    return Papers(resume_of(coaching), entries, skills_of(coaching), list(letters), gaps(shown, today))


def resume_of(coaching: Coaching) -> Resume:
    """Return the CV of a coaching; before it was ever written one that begins with what the case knows."""
    found = Resume.objects.filter(coaching=coaching).select_related("compartment").first()
    if found is not None:
        return found
    person, contact = coaching.person, coaching.case.contact
    made = Resume(network_id=coaching.network_id, coaching=coaching, compartment=coaching.compartment)
    made.name = person.name if person else contact.name if contact else ""
    if contact is not None and (person is None or person.relation == Relation.SELF):
        made.phone, made.email = contact.spoken_phone, contact.email
        # Whoever must not be found decides each time where their address stands.
        made.address = "" if contact.address_blocked else contact.address
    return made


def entries_of(coaching: Coaching) -> list[CareerEntry]:
    """Return the stretches of a life, the latest first."""
    return list(CareerEntry.objects.filter(coaching=coaching))


def skills_of(coaching: Coaching) -> list[CareerSkill]:
    """Return what somebody can do, in the order of the kinds."""
    order = {kind: number for number, kind in enumerate(SkillKind)}
    rows = CareerSkill.objects.filter(coaching=coaching)
    return sorted(rows, key=lambda row: order[SkillKind(row.kind)])


def strengths_of(coaching: Coaching) -> list[Strength]:
    """Return the strengths that a letter may tell of."""
    rows = CareerSkill.objects.filter(coaching=coaching, kind=SkillKind.STRENGTH)
    return [Strength(row.name, row.example) for row in rows]


def last_job(coaching: Coaching) -> Job | None:
    """Return what somebody does, or did last, as work that the CV shows."""
    rows = CareerEntry.objects.filter(coaching=coaching, kind__in=WORK, is_shown=True)
    return latest_job(list(rows))


def latest_job(rows: Sequence[CareerEntry]) -> Job | None:
    """Return of some work that goes on, or else what ended last."""
    found = max(rows, key=lambda row: (row.ends_on is None, row.ends_on or row.starts_on), default=None)
    return Job(found.title, found.place, found.ends_on is None) if found else None


def entry_of(actor: Actor, entry_id: uuid.UUID) -> CareerEntry | None:
    """Return a stretch of life; nothing if it is not for this actor."""
    rows = visible_entries(actor).select_related("compartment", "coaching__case__contact", "coaching__person")
    return rows.filter(pk=entry_id).first()


def skill_of(actor: Actor, skill_id: uuid.UUID) -> CareerSkill | None:
    """Return a skill; nothing if it is not for this actor."""
    rows = visible_skills(actor).select_related("compartment", "coaching__case__contact", "coaching__person")
    return rows.filter(pk=skill_id).first()


def letter_of(actor: Actor, letter_id: uuid.UUID) -> CoverLetter | None:
    """Return a letter with its versions, the latest first; nothing if it is not for this actor."""
    rows = visible_letters(actor).select_related(
        "application", "compartment", "coaching__case__contact", "coaching__person", "coaching__compartment"
    )
    versions = CoverVersion.objects.select_related("author__user")
    return rows.prefetch_related(Prefetch("versions", versions)).filter(pk=letter_id).first()


def latest_of(letter: CoverLetter) -> CoverVersion:
    """Return the wording that counts."""
    return letter.versions.all()[0]
