"""Read papers: of a case, one of them, its content, and what people sent that nobody has looked at."""

import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.access import visible_cases
from tragnetz.casework.enums import DeadlineState, FileState, FileType
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.files import storage
from tragnetz.casework.files.rules import READABLE
from tragnetz.casework.models import Case, CaseFile, Deadline
from tragnetz.clients.models import Person
from tragnetz.network.actors import Actor

SENT_SHOWN = 30
_LARGE = 100_000  # bytes from which a size is told in megabytes


@dataclass(frozen=True, slots=True)
class Shown:
    """A paper as a list shows it: whether the person sent it and nobody looked, and what can be done with it."""

    row: CaseFile
    is_new: bool
    can_open: bool
    can_read: bool


def shown(row: CaseFile) -> Shown:
    """Return a paper with what can be done with it."""
    is_kept = row.state == FileState.KEPT
    return Shown(
        row,
        is_new=row.author_id is None and row.looked_at is None,
        can_open=is_kept,
        can_read=is_kept and row.type in READABLE,
    )


def visible_files(actor: Actor) -> QuerySet[CaseFile]:
    """Return the papers of the cases that an actor sees; nothing of others' cases, whatever was released of them."""
    return CaseFile.objects.filter(case__in=visible_cases(actor).filter(merged_into=None).order_by())


def files_of(case: Case) -> list[Shown]:
    """Return the papers of a case, the latest first."""
    return [shown(row) for row in case.files.select_related("author__user", "seen_by__user", "deadline")]


def files_sent_by(case: Case, person: Person) -> list[CaseFile]:
    """Return what a person has sent from their own page, the latest first; with their keys on the ring."""
    return list(CaseFile.objects.filter(case=case, compartment__person=person, author=None)[:SENT_SHOWN])


def file_of(case: Case, file_id: uuid.UUID) -> CaseFile | None:
    """Return one paper of a case."""
    rows = case.files.select_related(
        "case__contact", "case__network", "compartment__person", "author__user", "seen_by__user", "deadline"
    )
    return rows.filter(pk=file_id).first()


def content_of(actor: Actor, case_id: uuid.UUID, file_id: uuid.UUID) -> tuple[CaseFile, bytes] | None:
    """Return a paper with its content, and leave an audit event; nothing if it is not for this actor.

    Raises CaseworkError for one that was not searched yet, or whose content is gone.
    """
    rows = visible_files(actor).filter(case=case_id).select_related("case__network", "compartment")
    file = rows.filter(pk=file_id).first()
    if file is None:
        return None
    record(actor, "file:read", file.case)
    if file.state == FileState.WAITING:
        raise CaseworkError(_("Diese Datei ist noch nicht auf Schadprogramme geprüft. Bitte prüfen Sie sie zuerst."))
    if file.state != FileState.KEPT:
        raise CaseworkError(_("Von dieser Unterlage ist kein Inhalt da."))
    return file, storage.read(file)


def deadlines_for(file: CaseFile) -> list[Deadline]:
    """Return the open deadlines to which a paper may belong: those of the same part, and the one it has."""
    may = Q(compartment=file.compartment_id, state=DeadlineState.OPEN) | Q(pk=file.deadline_id)
    return list(Deadline.objects.filter(may).order_by("due_on", "pk"))


def type_words(row: CaseFile) -> str:
    """Return what kind of file it is and how large, in words."""
    if not row.size:
        return ""
    large = f"{row.size / 1_000_000:.1f} MB".replace(".", ",")
    size = large if row.size >= _LARGE else f"{-(-row.size // 1000)} kB"
    return f"{FileType(row.type).label}, {size}"
