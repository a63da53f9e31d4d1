"""The history of a row on its page, and the button that takes a change back."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.utils.translation import gettext as _

from tragnetz.core.errors import TragnetzError
from tragnetz.directory.history import revisions_of, undo
from tragnetz.directory.keys import names_of_keys
from tragnetz.directory.models import Service
from tragnetz.directory.truth.rows import Row
from tragnetz.directory.truth.words import changes_of
from tragnetz.network.middleware import NetworkRequest

SHOWN = 30


def history_of(row: Row | Service, names: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Return what the template of a history shows, newest first; `names` are those of keys, if they are known."""
    rows, names = list(revisions_of(row)[: SHOWN + 1]), names if names is not None else names_of_keys()
    return {"revisions": [(one, changes_of(one, names)) for one in rows[:SHOWN]], "more": len(rows) > SHOWN}


def take_back(request: NetworkRequest, row: Row, number: int) -> None:
    """Take a change back, or say why that is not possible."""
    try:
        undo(actor=request.actor, row=row, number=number)
        messages.success(request, _("Die Änderung Nr. %s ist zurückgenommen.") % number)
    except TragnetzError as error:
        messages.error(request, str(error))
