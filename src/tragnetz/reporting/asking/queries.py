"""Read who is to be asked, what is known of them, and where their questions stand."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from tragnetz.casework.enums import ClosingReason
from tragnetz.casework.models import Closing, OwnAccess
from tragnetz.casework.ownpage.access import live
from tragnetz.clients.models import Contact, Relation
from tragnetz.consent.enums import Purpose
from tragnetz.consent.models import Consent
from tragnetz.consent.queries import in_force
from tragnetz.core.links import secret_hash
from tragnetz.core.months import months_later
from tragnetz.network.models import Programme
from tragnetz.reporting.asking.enums import OPEN, SAID, State
from tragnetz.reporting.asking.models import OwnQuestion
from tragnetz.reporting.asking.rules import SETTLES, SIX_MONTHS, TAKEN_UP, Known, Window, window_of
from tragnetz.reporting.enums import Moment
from tragnetz.reporting.lines.derive import open_questions
from tragnetz.reporting.lines.line import Question
from tragnetz.reporting.models import Answers, Participation
from tragnetz.reporting.participation.programmes import frame_of, line_of, terms_of

MOMENTS = (Moment.EXIT, Moment.SIX_MONTHS)
LONGER = timedelta(days=3)  # months differ: 31 August and six months is the last of February
_PURPOSES = (Purpose.FOLLOW_UP, Purpose.PROGRAMME)  # who withdrew one of these is asked no more


@dataclass(frozen=True, slots=True)
class ToAsk:
    """What is open with one person at one moment: the questions of all their projects, and the rows behind them."""

    rows: Sequence[OwnQuestion]
    questions: Sequence[Question]


def due(today: date) -> list[tuple[Participation, Moment]]:
    """Return who is to be asked now for the first time, in the projects that want it: two queries."""
    asking = [row for row in Programme.objects.exclude(line="") if terms_of(row).asks_people]
    rows = Participation.objects.filter(
        programme__in=asking, case__isnull=False, person__isnull=False, is_countable=True, case__restricted_on=None
    )
    near = {
        Moment.EXIT: (today - TAKEN_UP - SETTLES, today - SETTLES),
        Moment.SIX_MONTHS: (
            months_later(today - TAKEN_UP, -SIX_MONTHS) - LONGER, months_later(today, -SIX_MONTHS) + LONGER,
        ),
    }  # fmt: skip
    found = []
    for moment, left in near.items():
        answered = Answers.objects.filter(participation=OuterRef("pk"), moment=moment)
        asked = OwnQuestion.objects.filter(participation=OuterRef("pk"), moment=moment)
        those = rows.filter(~Exists(answered), ~Exists(asked), left_on__range=left).order_by("left_on", "pk")
        found += [(row, moment) for row in those.select_related("programme") if _is_now(row, moment, today)]
    return found


def _is_now(row: Participation, moment: Moment, today: date) -> bool:
    window = window_for(row, moment)
    return window.first <= today <= window.last


def window_for(row: Participation, moment: str) -> Window:
    """Return when somebody who left is asked about a moment."""
    assert row.left_on is not None  # noqa: S101 -- who takes part is not asked
    return window_of(moment, row.left_on, line_of(row.programme).results_within_days)


def questions_for(row: Participation, moment: str) -> list[Question]:
    """Return what the project still needs from somebody about a moment."""
    told = {one.moment: one.answers for one in row.moments.all()}
    return [one for one in open_questions(frame_of(row.programme).questions, told) if one.moment == moment]


def known_of(row: Participation, at: datetime) -> Known:
    """Return what decides on whether and how a person is asked, as it stands now. To be called with the row locked."""
    case, person = row.case, row.person
    if case is None or person is None:
        return Known(gone=True)
    contact = contact_of(row)
    given = Consent.objects.filter(person=person, organisation=row.organisation_id)
    closing = Closing.objects.filter(case=case, reopened_on=None).first()
    page = OwnAccess.objects.filter(live(row.network, at), case=case, person=person)
    return Known(
        informed=row.informed_on is not None or given.filter(in_force(), purpose=Purpose.FOLLOW_UP).exists(),
        objected=given.filter(objected()).exists(),
        not_wanted=closing is not None and not closing.after_care,
        died=closing is not None and closing.reason == ClosingReason.DIED,
        restricted=case.restricted_on is not None
        or (case.contact is not None and case.contact.restricted_on is not None),
        has_link=bool(settings.TRAGNETZ_PUBLIC_URL),
        may_text=contact is not None and contact.may_text and bool(contact.phone),
        may_email=contact is not None and contact.may_email and bool(contact.email),
        may_letter=contact is not None and contact.may_letter and bool(contact.address),
        has_page=page.exists(),
    )


def contact_of(row: Participation) -> Contact | None:
    """Return how to reach a person: the contact of a case is that of whoever asked for help, and of nobody else."""
    if row.case is None or row.person is None or row.person.relation != Relation.SELF or row.person.left_on is not None:
        return None
    return row.case.contact


def objected() -> Q:
    """Return which consents were withdrawn, and not given again, so that nobody asks any more."""
    again = Consent.objects.filter(
        in_force(), person=OuterRef("person"), organisation=OuterRef("organisation"), purpose=OuterRef("purpose")
    )
    return Q(~Exists(again), purpose__in=list(_PURPOSES), withdrawn_at__isnull=False)


def unwanted() -> QuerySet[OwnQuestion]:
    """Return the open questions that must not be asked any more; why, `known_of` says. One query."""
    case = "participation__case"
    withdrawn = Consent.objects.filter(
        objected(), person=OuterRef("participation__person"), organisation=OuterRef("participation__organisation")
    )
    ended = Closing.objects.filter(Q(reason=ClosingReason.DIED) | Q(after_care=False), reopened_on=None)
    over = (
        Q(**{f"{case}__isnull": True}) | Q(participation__person=None) | Q(**{f"{case}__restricted_on__isnull": False})
        | Q(**{f"{case}__contact__restricted_on__isnull": False})
        | Q(Exists(withdrawn)) | Q(Exists(ended.filter(case=OuterRef(case))))
    )  # fmt: skip
    return OwnQuestion.objects.filter(over, state__in=OPEN)


def waiting() -> QuerySet[OwnQuestion]:
    """Return the questions that wait for an answer."""
    return OwnQuestion.objects.filter(state=State.ASKED)


def asked_by(secret: str, at: datetime) -> OwnQuestion | None:
    """Return the question of a link while it holds: open, or answered a short while ago."""
    if not secret:
        return None
    rows = OwnQuestion.objects.filter(secret_hash=secret_hash(secret), expires_at__gt=at, state__in=[*OPEN, *SAID])
    return rows.select_related("participation").first()


def to_ask(person_id: uuid.UUID, moment: str, at: datetime) -> ToAsk:
    """Return what is open with a person at a moment, over all their projects: each question once."""
    rows = OwnQuestion.objects.filter(participation__person=person_id, moment=moment, state__in=OPEN, expires_at__gt=at)
    found = list(rows.select_related("participation__programme", "task").order_by("pk"))
    questions: dict[str, Question] = {}
    for row in found:
        questions |= {one.key: one for one in questions_for(row.participation, moment) if one.key not in questions}
    return ToAsk(found, list(questions.values()))


def moments_open(person_id: uuid.UUID, at: datetime) -> list[str]:
    """Return at which moments something is open with a person."""
    rows = OwnQuestion.objects.filter(participation__person=person_id, state__in=OPEN, expires_at__gt=at)
    return sorted(set(rows.values_list("moment", flat=True)))
