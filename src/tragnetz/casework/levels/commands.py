"""Say how much help it is."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.access import must_write
from tragnetz.casework.enums import Indication, Level
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.levels.rules import MOVES
from tragnetz.casework.models import Case
from tragnetz.network.actors import Actor


@transaction.atomic
def set_level(*, actor: Actor, case: Case, level: str, indication: Collection[str]) -> Case:
    """Keep what speaks for more help, and move the case to a level. The checklist forces nothing.

    Raises CaseworkError for a move that is not in the table.
    """
    must_write(actor, case)
    row = Case.objects.select_for_update().get(pk=case.pk)
    if level != row.level and level not in MOVES[Level(row.level)]:
        raise CaseworkError(_("Bitte wählen Sie Kurzberatung oder Fallbegleitung."))
    row.level, row.indication = level, [code for code in Indication.values if code in indication]
    row.save(update_fields=["level", "indication"])
    record(actor, "case:level", row, level=level, indication=len(row.indication))
    return row
