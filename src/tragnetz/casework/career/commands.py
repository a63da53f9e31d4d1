"""Write a CV: who applies, stretches of life, skills, how it looks. Each command belongs to the case of a coaching."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.access import must_write
from tragnetz.casework.career.enums import Colour, Design, EntryKind, Recognition, SkillKind
from tragnetz.casework.career.errors import CareerError
from tragnetz.casework.career.models import CareerEntry, CareerSkill, Resume
from tragnetz.casework.career.queries import resume_of
from tragnetz.casework.career.rules import LEARNED, levels_of, month_fits
from tragnetz.casework.coaching.models import Coaching
from tragnetz.casework.resent import sent_before
from tragnetz.casework.texts import clean_text, within
from tragnetz.core.clock import today
from tragnetz.network.actors import Actor


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who applies, as it stands on top of CV and letter; `permit` is the right to work, in words."""

    name: str
    address: str = ""
    phone: str = ""
    email: str = ""
    birth: str = ""
    permit: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of life, from a month to a month; without an end it goes on."""

    kind: EntryKind
    title: str
    starts_on: date
    ends_on: date | None = None
    years_only: bool = False
    place: str = ""
    tasks: str = ""
    recognition: str = ""


@dataclass(frozen=True, slots=True)
class Ability:
    """Something that somebody can do."""

    kind: SkillKind
    name: str
    level: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """How a CV looks, and what it leaves out: ids of stretches and skills."""

    design: Design
    colour: Colour
    newest_first: bool = True
    shows_birth: bool = False
    hidden: frozenset[str] = frozenset()


@transaction.atomic
def write_applicant(*, actor: Actor, coaching: Coaching, applicant: Applicant) -> Resume:
    """Write down who applies. Raises CareerError without a name."""
    must_write(actor, coaching.case)
    resume = _own(coaching)
    if not applicant.name.strip():
        raise CareerError(_("Bitte schreiben Sie den Namen auf, wie er oben stehen soll."))
    for name, value in asdict(applicant).items():
        setattr(resume, name, within(value))
    resume.save()
    record(actor, "career:write", coaching.case, what="applicant")
    return resume


@transaction.atomic
def design_resume(*, actor: Actor, coaching: Coaching, look: Look) -> Resume:
    """Choose how the CV looks, and which stretches and skills it shows."""
    must_write(actor, coaching.case)
    resume = _own(coaching)
    resume.design, resume.colour = look.design, look.colour
    resume.newest_first, resume.shows_birth = look.newest_first, look.shows_birth
    resume.save()
    for rows in (CareerEntry.objects.filter(coaching=coaching), CareerSkill.objects.filter(coaching=coaching)):
        rows.filter(pk__in=look.hidden).update(is_shown=False)
        rows.exclude(pk__in=look.hidden).update(is_shown=True)
    record(actor, "career:write", coaching.case, what="design")
    return resume


@transaction.atomic
def share_resume(*, actor: Actor, coaching: Coaching, shared: bool) -> Resume:
    """Let the person find the CV on their own page, or take it away from there. Raises CareerError."""
    must_write(actor, coaching.case)
    must_have_person(coaching, shared=shared)
    resume = _own(coaching)
    resume.is_shared = shared
    resume.save()
    record(actor, "career:share", coaching.case, what="resume", shared=shared)
    return resume


@transaction.atomic
def add_entry(*, actor: Actor, coaching: Coaching, stretch: Stretch, request_key: str) -> CareerEntry:
    """Add a stretch of life; the same key does it once. Raises CareerError for months that cannot be."""
    must_write(actor, coaching.case)
    known = sent_before(CareerEntry.objects.filter(coaching=coaching), request_key)
    if known is not None:
        return known
    entry = CareerEntry(
        network=actor.network, coaching=coaching, compartment=coaching.compartment, request_key=request_key
    )
    _fill_entry(actor, entry, stretch)
    record(actor, "career:write", coaching.case, what="entry", kind=stretch.kind)
    return entry


@transaction.atomic
def change_entry(*, actor: Actor, entry: CareerEntry, stretch: Stretch) -> CareerEntry:
    """Correct a stretch of life. Raises CareerError for months that cannot be."""
    must_write(actor, entry.coaching.case)
    _fill_entry(actor, entry, stretch)
    record(actor, "career:write", entry.coaching.case, what="entry", kind=stretch.kind)
    return entry


@transaction.atomic
def drop_entry(*, actor: Actor, entry: CareerEntry) -> None:
    """Remove a stretch of life for good."""
    must_write(actor, entry.coaching.case)
    entry.delete()
    record(actor, "career:drop", entry.coaching.case, what="entry")


@transaction.atomic
def add_skill(*, actor: Actor, coaching: Coaching, ability: Ability, request_key: str) -> CareerSkill:
    """Add something that the person can do; the same key does it once. Raises CareerError."""
    must_write(actor, coaching.case)
    known = sent_before(CareerSkill.objects.filter(coaching=coaching), request_key)
    if known is not None:
        return known
    skill = CareerSkill(
        network=actor.network, coaching=coaching, compartment=coaching.compartment, request_key=request_key
    )
    _fill_skill(skill, ability)
    record(actor, "career:write", coaching.case, what="skill", kind=ability.kind)
    return skill


@transaction.atomic
def change_skill(*, actor: Actor, skill: CareerSkill, ability: Ability) -> CareerSkill:
    """Correct something that the person can do. Raises CareerError."""
    must_write(actor, skill.coaching.case)
    _fill_skill(skill, ability)
    record(actor, "career:write", skill.coaching.case, what="skill", kind=ability.kind)
    return skill


@transaction.atomic
def drop_skill(*, actor: Actor, skill: CareerSkill) -> None:
    """Remove something that the person can do for good."""
    must_write(actor, skill.coaching.case)
    skill.delete()
    record(actor, "career:drop", skill.coaching.case, what="skill")


def must_have_person(coaching: Coaching, *, shared: bool) -> None:
    """Raise CareerError when papers of nobody in particular are to be shared: nobody's own page shows them."""
    if shared and coaching.person is None:
        raise CareerError(_("Tragen Sie zuerst im Haushalt ein, um wen es geht."))


def _own(coaching: Coaching) -> Resume:
    """Return the one CV of a coaching; whoever writes at the same time waits."""
    Coaching.objects.select_for_update(of=("self",)).only("pk").get(pk=coaching.pk)
    return resume_of(coaching)


def _fill_entry(actor: Actor, entry: CareerEntry, stretch: Stretch) -> None:
    day = today(actor.network.zone)
    if not month_fits(stretch.starts_on, day) or (stretch.ends_on is not None and not month_fits(stretch.ends_on, day)):
        raise CareerError(_("Bitte prüfen Sie das Jahr."))
    if stretch.ends_on is not None and stretch.ends_on < stretch.starts_on:
        raise CareerError(_("Das Ende liegt vor dem Anfang."))
    if stretch.recognition and (stretch.recognition not in Recognition.values or stretch.kind not in LEARNED):
        raise CareerError(_("Anerkannt wird nur, was jemand gelernt hat: Schule, Ausbildung, Studium, Kurs."))
    entry.kind, entry.title, entry.place = stretch.kind, clean_text(stretch.title), within(stretch.place)
    entry.tasks, entry.recognition = within(stretch.tasks), stretch.recognition
    entry.starts_on, entry.ends_on, entry.years_only = stretch.starts_on, stretch.ends_on, stretch.years_only
    entry.save()


def _fill_skill(skill: CareerSkill, ability: Ability) -> None:
    if ability.level and ability.level not in levels_of(ability.kind):
        raise CareerError(_("Diese Stufe passt nicht zu dieser Art."))
    skill.kind, skill.name = ability.kind, clean_text(ability.name)
    skill.level, skill.example = ability.level, within(ability.example)
    skill.save()
