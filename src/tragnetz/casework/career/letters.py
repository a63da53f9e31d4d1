"""Write letters of application: compose, reword, go back, share, and note what was sent as an application."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.access import member_of, must_write
from tragnetz.casework.career.commands import must_have_person
from tragnetz.casework.career.composing import Answers, compose, subject
from tragnetz.casework.career.enums import Hours, Situation, Source, Title, Tone
from tragnetz.casework.career.errors import CareerError
from tragnetz.casework.career.models import CoverLetter, CoverVersion
from tragnetz.casework.career.paper import pages_of
from tragnetz.casework.career.queries import last_job, strengths_of
from tragnetz.casework.career.rules import lines
from tragnetz.casework.coaching.commands import add_application
from tragnetz.casework.coaching.models import Application, Coaching
from tragnetz.casework.resent import sent_before
from tragnetz.casework.texts import clean_text, within
from tragnetz.network.actors import Actor

MOST_TEXT = 6_000  # two pages are already too much


@dataclass(frozen=True, slots=True)
class LetterDetails:
    """What is asked for a letter. `strengths` are names of skills that the letter tells of."""

    employer: str
    job: str
    source: Source
    situation: Situation
    tone: Tone = Tone.PLAIN
    address: str = ""
    contact_title: Title | str = ""
    contact_name: str = ""
    reason: str = ""
    strengths: Sequence[str] = ()
    start: str = ""
    hours: Hours | str = ""
    enclosures: str = ""


@transaction.atomic
def begin_letter(*, actor: Actor, coaching: Coaching, details: LetterDetails, request_key: str) -> CoverLetter:
    """Compose a letter from the answers of its form; the same key does it once. Raises CareerError."""
    must_write(actor, coaching.case)
    known = sent_before(CoverLetter.objects.filter(coaching=coaching), request_key)
    if known is not None:
        return known
    letter = CoverLetter(
        network=actor.network, coaching=coaching, compartment=coaching.compartment, request_key=request_key
    )
    _fill(letter, details)
    _compose(actor, letter)
    record(actor, "career:letter", coaching.case, situation=letter.situation)
    return letter


@transaction.atomic
def change_letter(*, actor: Actor, letter: CoverLetter, details: LetterDetails, recompose: bool) -> CoverLetter:
    """Change the answers. With `recompose` they become a new version; else the wording stays. Raises CareerError."""
    must_write(actor, letter.coaching.case)
    row = _locked(letter)
    _fill(row, details)
    if recompose:
        _compose(actor, row)
    record(actor, "career:letter", row.coaching.case, situation=row.situation)
    return row


@transaction.atomic
def write_version(*, actor: Actor, letter: CoverLetter, subject: str, text: str) -> CoverVersion:
    """Keep another wording; one that is the same as the latest is no new one. Raises CareerError."""
    must_write(actor, letter.coaching.case)
    row = _locked(letter)
    version = _version(actor, row, subject, text)
    record(actor, "career:letter", row.coaching.case, version=version.number)
    return version


@transaction.atomic
def share_letter(*, actor: Actor, letter: CoverLetter, shared: bool) -> CoverLetter:
    """Let the person find the letter on their own page, or take it away from there. Raises CareerError."""
    must_write(actor, letter.coaching.case)
    must_have_person(letter.coaching, shared=shared)
    row = _locked(letter)
    row.is_shared = shared
    row.save(update_fields=["is_shared"])
    record(actor, "career:share", row.coaching.case, what="letter", shared=shared)
    return row


@transaction.atomic
def note_as_application(*, actor: Actor, letter: CoverLetter, sent_on: date, today: date) -> Application:
    """Note the letter as an application that was sent; twice gives the same one. Raises CoachingError."""
    must_write(actor, letter.coaching.case)
    row = _locked(letter)
    if row.application is not None:
        return row.application
    row.application = add_application(
        actor=actor, coaching=row.coaching, employer=row.employer, job=row.job, field=row.coaching.goal_field,
        sent_on=sent_on, today=today, request_key=row.pk.hex,
    )  # fmt: skip
    row.save(update_fields=["application"])
    return row.application


@transaction.atomic
def drop_letter(*, actor: Actor, letter: CoverLetter) -> None:
    """Remove a letter with its versions. Raises CareerError for one that was sent."""
    must_write(actor, letter.coaching.case)
    row = _locked(letter)
    if row.application is not None:
        raise CareerError(_("Dieser Brief steht schon als Bewerbung in der Liste. Er bleibt."))
    row.delete()
    record(actor, "career:drop", letter.coaching.case, what="letter")


def _locked(letter: CoverLetter) -> CoverLetter:
    rows = CoverLetter.objects.select_for_update(of=("self",))
    rows = rows.select_related("coaching__case__contact", "coaching__person", "coaching__compartment", "compartment")
    return rows.select_related("application").get(pk=letter.pk)


def _fill(letter: CoverLetter, details: LetterDetails) -> None:
    for name, value in asdict(details).items():
        setattr(letter, name, "\n".join(value) if name == "strengths" else within(value))
    if not letter.employer or not letter.job:
        raise CareerError(_("Bitte schreiben Sie Betrieb und Stelle auf."))
    letter.save()


def _compose(actor: Actor, letter: CoverLetter) -> None:
    known = {one.name: one for one in strengths_of(letter.coaching)}
    answers = Answers(
        job=letter.job, employer=letter.employer, source=Source(letter.source), situation=Situation(letter.situation),
        tone=Tone(letter.tone), reason=letter.reason,
        strengths=[known[name] for name in lines(letter.strengths) if name in known],
        last=last_job(letter.coaching), start=letter.start, hours=Hours(letter.hours) if letter.hours else None,
    )  # fmt: skip
    _version(actor, letter, subject(answers), compose(answers))


def _version(actor: Actor, letter: CoverLetter, subject: str, text: str) -> CoverVersion:
    said, body = clean_text(subject), clean_text(text.replace("\r\n", "\n"))
    if len(body) > MOST_TEXT:
        raise CareerError(_("Der Brief ist viel zu lang. Ein guter Brief hat eine Seite."))
    latest = letter.versions.first()
    if latest is not None and (latest.subject, latest.text) == (said, body):
        return latest
    number = (letter.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = CoverVersion(
        network=actor.network, letter=letter, compartment=letter.compartment, author_id=member_of(actor),
        number=number, subject=said, text=body,
    )  # fmt: skip
    version.pages = pages_of(letter, version, actor.network)
    version.save()
    return version
