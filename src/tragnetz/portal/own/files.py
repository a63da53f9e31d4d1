"""What became of a file that a person sent, in words for the person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tragnetz.casework.enums import FileState
from tragnetz.casework.models import CaseFile
from tragnetz.casework.papers.vocabulary import CommonPaper, paper_titles


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as the person sees it."""

    title: str
    sent_at: datetime
    state: str


def with_state(rows: Iterable[CaseFile]) -> list[Sent]:
    """Return files with what became of them."""
    rows = list(rows)
    names = paper_titles((row.paper for row in rows), get_language() or "de")
    return [Sent(_title(row, names[row.paper]), row.created_at, _state(row)) for row in rows]


def _title(row: CaseFile, name: str) -> str:
    if row.paper in CommonPaper.values:
        return row.note or row.name
    return f"{name}: {row.note}" if row.note else name


def _state(row: CaseFile) -> str:
    if row.state == FileState.INFECTED:
        return _("Darin steckte ein Schadprogramm. Die Datei ist gelöscht. Bitte zeigen Sie uns den Brief anders.")
    if row.state == FileState.SEEN:
        return _("Ihre Beratung hat sie angesehen und nicht behalten.")
    return _("Ihre Beratung hat sie angesehen.") if row.looked_at else _("Angekommen")
