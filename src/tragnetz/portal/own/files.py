"""What became of a file that a person sent, in words for the person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tragnetz.casework.enums import FileState
from tragnetz.casework.models import CaseFile


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as the person sees it."""

    title: str
    sent_at: datetime
    state: str


def with_state(rows: Iterable[CaseFile]) -> list[Sent]:
    """Return files with what became of them."""
    return [Sent(row.note or row.name, row.created_at, _state(row)) for row in rows]


def _state(row: CaseFile) -> str:
    if row.state == FileState.INFECTED:
        return _("Darin steckte ein Schadprogramm. Die Datei ist gelöscht. Bitte zeigen Sie uns den Brief anders.")
    if row.state == FileState.SEEN:
        return _("Ihre Beratung hat sie angesehen und nicht behalten.")
    return _("Ihre Beratung hat sie angesehen.") if row.looked_at else _("Angekommen")
