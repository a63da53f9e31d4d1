"""What a person sends from their own page: kept in their own part of the case, new until the counselling looked."""

from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.claims.told import Asked, asked_papers
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.files.intake import examined, must_be_open, store
from tragnetz.casework.files.rules import MOST_A_DAY
from tragnetz.casework.models import CaseFile, Compartment
from tragnetz.casework.ownpage.commands import own_part
from tragnetz.casework.ownpage.rules import MOST_WRITTEN
from tragnetz.casework.ownpage.sessions import Opened
from tragnetz.casework.papers.vocabulary import CommonPaper
from tragnetz.core.transactions import wait_for


def show_letter(
    *, opened: Opened, name: str, content: bytes, note: str, request_key: str, now: datetime, asked: Asked | None = None
) -> CaseFile:
    """Send the counselling a file, at most ten a day; the same key is sent once. Raises CaseworkError.

    With `asked` it is the paper that a claim waits for, and counts as there from now on.
    """
    found = examined(name, content)
    with transaction.atomic():
        wait_for(f"file:{request_key}")
        case, part = opened.access.case, own_part(opened)
        known = CaseFile.objects.filter(case=case, request_key=request_key).first()
        if known is not None:
            return known
        must_be_open(case)
        if sent_today(opened, part, now) >= MOST_A_DAY:
            raise CaseworkError(
                _("Heute sind schon %s Dateien von Ihnen da. Bitte schicken Sie weitere morgen, oder rufen Sie an.")
                % MOST_A_DAY
            )
        file = CaseFile(
            network=opened.actor.network, case=case, compartment=part,
            paper=asked.key if asked else CommonPaper.LETTER, paper_at=now,
            for_household=asked is not None and asked.for_household,
            note=note.strip()[:MOST_WRITTEN], created_at=now, request_key=request_key,
        )  # fmt: skip
        store(file, found, now)
        record(opened.actor, "file:send", case, type=file.type, size=file.size)
    return file


def sent_today(opened: Opened, part: Compartment, now: datetime) -> int:
    """Return how many files the person has sent since midnight. The caller holds the case."""
    zone = opened.actor.network.zone
    midnight = datetime.combine(now.astimezone(zone).date(), time(), zone)
    return CaseFile.objects.filter(compartment=part, author=None, created_at__gte=midnight).count()


def papers_asked_of(opened: Opened, today: date, language: str) -> list[Asked]:
    """Return the papers that claims of the person and of the household wait for, in a language."""
    case, person = opened.access.case, opened.access.person
    parts = case.compartments.filter(Q(person=None) | Q(person=person))
    return asked_papers(case, parts, today, language)
