"""What happens to every file before it is kept: looked at, searched for viruses, rid of traces, then sealed."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from tragnetz.casework.enums import CaseState, FileState, FileType
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.files import storage
from tragnetz.casework.files.inspection import type_of
from tragnetz.casework.files.photos import without_traces
from tragnetz.casework.files.rules import clean_name
from tragnetz.casework.files.scanner import Verdict, scan
from tragnetz.casework.models import Case, CaseFile


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that may be kept: what it is, under which name, and what the search for viruses said."""

    type: FileType
    name: str
    content: bytes
    verdict: Verdict


def examined(name: str, content: bytes) -> Examined:
    """Look at a file and search it, before a transaction begins. Raises CaseworkError for one that is refused."""
    kind = type_of(content)
    verdict = scan(content)
    if verdict == Verdict.INFECTED:
        raise CaseworkError(
            _("In dieser Datei steckt ein Schadprogramm. Wir haben sie nicht angenommen und nicht behalten.")
        )
    if verdict == Verdict.AWAY and settings.TRAGNETZ_SCANNER_AWAY != "keep":
        raise CaseworkError(
            _("Wir können Dateien gerade nicht auf Schadprogramme prüfen. Bitte versuchen Sie es später noch einmal.")
        )
    return Examined(kind, clean_name(name, kind), without_traces(kind, content), verdict)


def must_be_open(case: Case) -> None:
    """Hold a case open until the transaction ends. Raises CaseworkError for one that was closed meanwhile."""
    state = Case.objects.select_for_update(of=("self",), no_key=True).values_list("state", flat=True).get(pk=case.pk)
    if state != CaseState.OPEN:
        raise CaseworkError(_("Der Fall ist beendet. Es wird nichts mehr dazugelegt."))


def store(file: CaseFile, found: Examined, now: datetime) -> None:
    """Keep a new row with its content, in the caller's transaction."""
    file.type, file.name, file.size = found.type, found.name, len(found.content)
    file.state = FileState.WAITING if found.verdict == Verdict.AWAY else FileState.KEPT
    file.scanned_at = now if found.verdict == Verdict.CLEAN else None
    file.save()
    storage.write(file, found.content)
