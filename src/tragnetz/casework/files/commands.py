"""What the counselling does with papers: keep, note as seen, change, search again, delete."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.access import member_of, must_write
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.enums import DropReason, FileState, KeepFor
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.files import storage
from tragnetz.casework.files.intake import examined, must_be_open, store
from tragnetz.casework.files.rules import can_become, last_day, seen_fits
from tragnetz.casework.files.scanner import Verdict, scan
from tragnetz.casework.models import Case, CaseFile, Deadline
from tragnetz.casework.papers.vocabulary import CommonPaper, is_paper
from tragnetz.casework.texts import within
from tragnetz.clients.models import Person
from tragnetz.core.transactions import wait_for
from tragnetz.network.actors import Actor


@dataclass(frozen=True, slots=True)
class FileDetails:
    """What is known of a paper: which it is, a note, why and until when it is kept, for which deadline, its own day."""

    paper: str = CommonPaper.OTHER
    note: str = ""
    keep_for: str = KeepFor.CASE
    keep_until: date | None = None
    deadline: Deadline | None = None
    issued_on: date | None = None


def keep_file(
    *, actor: Actor, case: Case, name: str, content: bytes, details: FileDetails, request_key: str, now: datetime,
    person: Person | None = None,
) -> CaseFile:  # fmt: skip
    """Keep a file in a case, sealed in the household's part or in that of `person`; the same key is kept once.

    It is looked at and searched before the transaction begins. Raises CaseworkError for a file or case that does not
    allow it; then nothing is kept.
    """
    must_write(actor, case)
    found = examined(name, content)
    with transaction.atomic():
        wait_for(f"file:{request_key}")
        known = CaseFile.objects.filter(case=case, request_key=request_key).first()
        if known is not None:
            return known
        must_be_open(case)
        file = _new(actor, case, person, request_key, now)
        _fill(file, details, now.astimezone(actor.network.zone))
        store(file, found, now)
        record(actor, "file:keep", case, paper=file.paper, type=file.type, size=file.size)
    return file


@transaction.atomic
def note_seen(
    *, actor: Actor, case: Case, paper: str, note: str, seen_on: date, request_key: str, now: datetime,
    person: Person | None = None, issued_on: date | None = None,
) -> CaseFile:  # fmt: skip
    """Note that a paper was seen on a day, and is not kept; the same key is noted once. Raises CaseworkError."""
    must_write(actor, case)
    wait_for(f"file:{request_key}")
    known = CaseFile.objects.filter(case=case, request_key=request_key).first()
    if known is not None:
        return known
    must_be_open(case)
    if not seen_fits(seen_on, _day(actor, now)):
        raise CaseworkError(_("Bitte wählen Sie einen Tag im letzten Jahr, höchstens heute."))
    file = _new(actor, case, person, request_key, now)
    _fill(file, FileDetails(paper, note, issued_on=issued_on), now.astimezone(actor.network.zone))
    file.state, file.seen_on, file.seen_by_id = FileState.SEEN, seen_on, member_of(actor)
    file.save()
    record(actor, "file:seen", case, paper=file.paper)
    return file


@transaction.atomic
def only_note(*, actor: Actor, file: CaseFile, now: datetime) -> CaseFile:
    """Keep of a file only that it was seen today; its content goes. Raises CaseworkError."""
    must_write(actor, file.case)
    row = _locked(file)
    _must_become(row, FileState.SEEN)
    row.chunks.all().delete()
    row.state, row.size, row.keep_for, row.keep_until = FileState.SEEN, 0, KeepFor.CASE, None
    row.seen_on, row.seen_by_id, row.looked_at = _day(actor, now), member_of(actor), row.looked_at or now
    row.save()
    record(actor, "file:seen", row.case, paper=row.paper)
    return row


@transaction.atomic
def change_file(*, actor: Actor, file: CaseFile, details: FileDetails, now: datetime) -> CaseFile:
    """Change what is known of a paper, how long it is kept, and for which deadline it is. Raises CaseworkError."""
    must_write(actor, file.case)
    row = _locked(file)
    _fill(row, details, now.astimezone(actor.network.zone))
    row.save()
    record(actor, "file:change", row.case, paper=row.paper, keep_for=row.keep_for)
    return row


@transaction.atomic
def drop_file(*, actor: Actor, file: CaseFile, reason: str) -> None:
    """Delete a paper before its time, and say why. Raises CaseworkError."""
    must_write(actor, file.case)
    if reason not in DropReason.values:
        raise CaseworkError(_("Bitte wählen Sie, warum die Unterlage gelöscht wird."))
    row = _locked(file)
    record(actor, "file:drop", row.case, paper=row.paper, reason=reason)
    row.delete()


def check_file(*, actor: Actor, file: CaseFile, now: datetime) -> CaseFile:
    """Search a file that came while the scanner was away. Raises CaseworkError while it still is.

    Only somebody who can open the case can do it: the worker has no keys of cases.
    """
    must_write(actor, file.case)
    verdict = scan(storage.read(file))
    if verdict == Verdict.AWAY:
        raise CaseworkError(_("Die Prüfung auf Schadprogramme geht gerade nicht. Bitte versuchen Sie es später."))
    with transaction.atomic():
        row = _locked(file)
        _must_become(row, FileState.INFECTED if verdict == Verdict.INFECTED else FileState.KEPT)
        row.scanned_at = now if verdict != Verdict.NONE else None
        if verdict == Verdict.INFECTED:
            row.chunks.all().delete()
            row.state, row.size = FileState.INFECTED, 0
        else:
            row.state = FileState.KEPT
        row.save()
        record(actor, "file:scan", row.case, found=verdict == Verdict.INFECTED)
    return row


def mark_looked(*, file: CaseFile, now: datetime) -> None:
    """Note that the counselling has looked at what a person sent. The caller has shown it."""
    if file.author_id is None and file.looked_at is None:
        CaseFile.objects.filter(pk=file.pk, looked_at=None).update(looked_at=now)


def _day(actor: Actor, now: datetime) -> date:
    return now.astimezone(actor.network.zone).date()


def _new(actor: Actor, case: Case, person: Person | None, request_key: str, now: datetime) -> CaseFile:
    return CaseFile(
        network=actor.network, case=case, compartment=compartment_of(case, person), author_id=member_of(actor),
        created_at=now, request_key=request_key,
    )  # fmt: skip


def _fill(file: CaseFile, details: FileDetails, moment: datetime) -> None:
    today = moment.date()
    if (details.paper != file.paper and not is_paper(details.paper)) or details.keep_for not in KeepFor.values:
        raise CaseworkError(_("Bitte wählen Sie aus der Liste."))
    deadline = details.deadline
    if deadline is not None and deadline.compartment_id != file.compartment_id:
        raise CaseworkError(_("Diese Frist gehört zu einem anderen Teil des Falls."))
    if details.issued_on is not None and details.issued_on > today:
        raise CaseworkError(_("Der Tag auf einer Unterlage kann nicht in der Zukunft liegen."))
    if (file.paper, file.issued_on) != (details.paper, details.issued_on):
        file.paper_at = moment
    if file.paper != details.paper:
        file.for_household = False
    file.paper, file.issued_on = details.paper, details.issued_on
    file.note, file.deadline = within(details.note), deadline
    if (file.keep_for, file.keep_until) == (details.keep_for, details.keep_until):
        return  # a day that was right when it was chosen may be over by now
    file.keep_for = details.keep_for
    try:
        file.keep_until = last_day(KeepFor(details.keep_for), details.keep_until, today)
    except ValueError as error:
        raise CaseworkError(str(error)) from error


def _locked(file: CaseFile) -> CaseFile:
    rows = CaseFile.objects.select_for_update(of=("self",)).select_related("case", "compartment")
    found = rows.filter(pk=file.pk).first()
    if found is None:
        raise CaseworkError(_("Diese Unterlage gibt es nicht mehr."))
    return found


def _must_become(row: CaseFile, target: FileState) -> None:
    if not can_become(row.state, target):
        raise CaseworkError(_("Das geht mit dieser Unterlage nicht mehr. Bitte laden Sie die Seite neu."))
