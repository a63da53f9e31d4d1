"""Write on somebody's way to work. Each command belongs to a case, and is refused where the case is not visible."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.access import can_counsel, visible_cases
from tragnetz.casework.coaching.enums import ApplicationState, EndReason, Kept, WorkKind
from tragnetz.casework.coaching.errors import CoachingError
from tragnetz.casework.coaching.models import Application, Coaching, Interview, Placement
from tragnetz.casework.coaching.rules import SIX, THREE, can_become, check_day, kept_at_end
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.models import Case
from tragnetz.casework.resent import sent_before
from tragnetz.clients.models import Person
from tragnetz.network.actors import Actor


@dataclass(frozen=True, slots=True)
class Profile:
    """What somebody brings and wants. Texts are sealed; field and hours a week are counted."""

    education: str = ""
    work: str = ""
    skills: str = ""
    licences: str = ""
    languages: str = ""
    wishes: str = ""
    limits: str = ""
    goal: str = ""
    goal_field: int | None = None
    hours_wanted: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """Work or training that began."""

    employer: str
    kind: WorkKind
    starts_on: date
    job: str = ""
    field: int | None = None
    hours: Decimal | None = None
    is_temporary: bool | None = None


@transaction.atomic
def start_coaching(*, actor: Actor, case: Case, person: Person | None, today: date) -> Coaching:
    """Begin a person's way to work; beginning twice gives the same one. Raises CoachingError."""
    _require(actor, case)
    if person is not None and person.household_id != case.household_id:
        raise CoachingError(_("Diese Person gehört nicht zum Haushalt."))
    known = case.coachings.filter(person=person).first()
    if known is not None:
        return known
    coaching = Coaching(
        network=actor.network, case=case, compartment=compartment_of(case), person=person, started_on=today
    )
    coaching.save()
    record(actor, "coaching:start", case)
    return coaching


@transaction.atomic
def write_profile(*, actor: Actor, coaching: Coaching, profile: Profile) -> Coaching:
    """Write down what somebody brings and wants. Raises CoachingError."""
    _require(actor, coaching.case)
    for name, value in asdict(profile).items():
        setattr(coaching, name, value)
    coaching.save()
    record(actor, "coaching:write", coaching.case, goal=bool(profile.goal))
    return coaching


@transaction.atomic
def add_application(
    *,
    actor: Actor,
    coaching: Coaching,
    employer: str,
    sent_on: date,
    today: date,
    request_key: str,
    job: str = "",
    field: int | None = None,
) -> Application:
    """Note an application; the same key does it once. Raises CoachingError for a day to come."""
    _require(actor, coaching.case)
    known = sent_before(coaching.applications.all(), request_key)
    if known is not None:
        return known
    if sent_on > today:
        raise CoachingError(_("Dieser Tag kommt erst noch. Wann wurde die Bewerbung abgeschickt?"))
    application = Application(
        network=actor.network, coaching=coaching, compartment=coaching.compartment, employer=employer, job=job,
        field=field, sent_on=sent_on, state_on=sent_on, request_key=request_key,
    )  # fmt: skip
    application.save()
    record(actor, "application:add", coaching.case)
    return application


@transaction.atomic
def change_state(
    *, actor: Actor, application: Application, state: ApplicationState, on: date, today: date
) -> Application:
    """Say what became of an application. Raises CoachingError for a step that cannot be, or an impossible day."""
    _require(actor, application.coaching.case)
    row = Application.objects.select_for_update().get(pk=application.pk)
    was = ApplicationState(row.state)
    if was is state:
        return row
    if state is ApplicationState.PLACED or not can_become(was, state):
        raise CoachingError(_("Das passt nicht zum Stand dieser Bewerbung."))
    if not row.sent_on <= on <= today:
        raise CoachingError(_("Bitte einen Tag zwischen dem Abschicken und heute."))
    row.state, row.state_on = state, on
    row.save(update_fields=["state", "state_on"])
    record(actor, "application:change", application.coaching.case, state=state)
    return row


@transaction.atomic
def agree_interview(
    *, actor: Actor, application: Application, starts_at: datetime, today: date, note: str = ""
) -> Interview:
    """Note a talk with an employer; the application waits for it from now on. Raises CoachingError."""
    _require(actor, application.coaching.case)
    row = Application.objects.select_for_update().get(pk=application.pk)
    local = starts_at.astimezone(actor.network.zone).date()
    if local < row.sent_on:
        raise CoachingError(_("Das Gespräch liegt vor dem Abschicken der Bewerbung."))
    if row.interviews.filter(starts_at=starts_at).exists():
        raise CoachingError(_("Dieses Gespräch steht schon da."))
    talk = Interview(
        network=actor.network, application=row, compartment=row.compartment, starts_at=starts_at, note=note
    )
    talk.save()
    if row.state == ApplicationState.SENT:
        row.state, row.state_on = ApplicationState.INTERVIEW, max(row.sent_on, min(local, today))
        row.save(update_fields=["state", "state_on"])
    record(actor, "interview:agree", application.coaching.case)
    return talk


@transaction.atomic
def change_interview(*, actor: Actor, interview: Interview, note: str) -> Interview:
    """Write how a talk is prepared, or how it went. Raises CoachingError."""
    _require(actor, interview.application.coaching.case)
    interview.note = note
    interview.save(update_fields=["note"])
    record(actor, "interview:write", interview.application.coaching.case)
    return interview


@transaction.atomic
def begin_work(
    *, actor: Actor, coaching: Coaching, job: Job, request_key: str, application: Application | None = None
) -> Placement:
    """Note that work or training began, or will; its application ends as placed. The same key does it once.

    Raises CoachingError when the application belongs to somebody else, was refused, or is placed already.
    """
    _require(actor, coaching.case)
    known = sent_before(coaching.placements.all(), request_key)
    if known is not None:
        return known
    row = None
    if application is not None:
        row = Application.objects.select_for_update().filter(pk=application.pk, coaching=coaching).first()
        if row is None or not can_become(ApplicationState(row.state), ApplicationState.PLACED):
            raise CoachingError(_("Das passt nicht zum Stand dieser Bewerbung."))
        if job.starts_on < row.sent_on:
            raise CoachingError(_("Der erste Tag liegt vor dem Abschicken der Bewerbung."))
        row.state, row.state_on = ApplicationState.PLACED, job.starts_on
        row.save(update_fields=["state", "state_on"])
    placement = Placement(
        network=actor.network, coaching=coaching, compartment=coaching.compartment, application=row,
        request_key=request_key, **asdict(job),
    )  # fmt: skip
    placement.save()
    record(actor, "placement:begin", coaching.case, kind=job.kind)
    return placement


@transaction.atomic
def change_work(*, actor: Actor, placement: Placement, job: Job) -> Placement:
    """Correct what is known of a placement. Raises CoachingError when it would end before it begins."""
    row = _locked(actor, placement)
    if row.ended_on is not None and job.starts_on > row.ended_on:
        raise CoachingError(_("Der erste Tag liegt nach dem letzten."))
    for name, value in asdict(job).items():
        setattr(row, name, value)
    row.save()
    record(actor, "placement:change", placement.coaching.case, kind=job.kind)
    return row


@transaction.atomic
def end_work(*, actor: Actor, placement: Placement, on: date, reason: EndReason, today: date) -> Placement:
    """Say that work or training ended; whether it had lasted follows from it. Raises CoachingError."""
    row = _locked(actor, placement)
    if row.ended_on is not None:
        raise CoachingError(_("Das ist schon beendet."))
    if not row.starts_on <= on <= today:
        raise CoachingError(_("Bitte einen Tag zwischen dem ersten Tag und heute."))
    row.ended_on, row.end_reason = on, reason
    if not row.kept_3:
        row.kept_3, row.kept_3_on = kept_at_end(row.starts_on, on, reason, THREE), on
    if not row.kept_6:
        row.kept_6, row.kept_6_on = kept_at_end(row.starts_on, on, reason, SIX), on
    row.save()
    record(actor, "placement:end", placement.coaching.case, reason=reason)
    return row


@transaction.atomic
def resume_work(*, actor: Actor, placement: Placement) -> Placement:
    """Take back that it ended, and what followed from it. Raises CoachingError."""
    row = _locked(actor, placement)
    if row.kept_3_on == row.ended_on:
        row.kept_3, row.kept_3_on = "", None
    if row.kept_6_on == row.ended_on:
        row.kept_6, row.kept_6_on = "", None
    row.ended_on, row.end_reason = None, ""
    row.save()
    record(actor, "placement:resume", placement.coaching.case)
    return row


@transaction.atomic
def note_kept(*, actor: Actor, placement: Placement, months: int, kept: Kept, today: date) -> Placement:
    """Say whether it lasted 3 or 6 months. Raises CoachingError before that day, or for something that has ended."""
    row = _locked(actor, placement)
    if months not in {THREE, SIX} or today < check_day(row.starts_on, months):
        raise CoachingError(_("Dafür ist es noch zu früh."))
    if row.ended_on is not None:
        raise CoachingError(_("Das ist schon beendet. Was daraus folgt, steht da."))
    setattr(row, f"kept_{months}", kept)
    setattr(row, f"kept_{months}_on", today)
    row.save()
    record(actor, "placement:kept", placement.coaching.case, months=months, kept=kept)
    return row


def _locked(actor: Actor, placement: Placement) -> Placement:
    _require(actor, placement.coaching.case)
    return Placement.objects.select_for_update().get(pk=placement.pk)


def _require(actor: Actor, case: Case) -> None:
    """Refuse who may not write in this case; whoever may waits until nobody else does."""
    rows = visible_cases(actor).order_by().filter(pk=case.pk).select_for_update(of=("self",))
    if not can_counsel(actor) or rows.first() is None:
        raise CoachingError(_("Diesen Fall gibt es nicht."))
