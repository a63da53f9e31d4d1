"""Say how papers stand: once for all claims that need them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.access import member_of, must_write
from tragnetz.casework.enums import StepOwner
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import Case, CasePaper
from tragnetz.casework.papers.enums import PaperState
from tragnetz.casework.papers.stands import Stands
from tragnetz.core.transactions import wait_for
from tragnetz.directory.models import Paper
from tragnetz.network.actors import Actor


@dataclass(frozen=True, slots=True)
class Mark:
    """How a paper of a part of a case stands: who gets it, and of which day it is."""

    part_id: uuid.UUID
    paper: str
    state: str
    owner: str = StepOwner.PERSON
    issued_on: date | None = None


@transaction.atomic
def mark_papers(*, actor: Actor, case: Case, marks: Sequence[Mark], now: datetime) -> int:
    """Keep how papers stand; what is as it was is not written again. Returns how many changed. Raises CaseworkError."""
    must_write(actor, case)
    wait_for(f"papers:{case.pk}")
    today = now.astimezone(actor.network.zone).date()
    stands = Stands(case)
    parts = {part.pk: part for part in case.compartments.all()}
    papers = set(Paper.objects.filter(key__in={mark.paper for mark in marks}).values_list("key", flat=True))
    changed = 0
    for mark in marks:
        if mark.part_id not in parts or mark.paper not in papers:
            raise CaseworkError(_("Diese Unterlage gibt es nicht. Bitte laden Sie die Seite neu."))
        if mark.state not in PaperState.values or mark.owner not in StepOwner.values:
            raise CaseworkError(_("Bitte wählen Sie, wie es mit der Unterlage steht."))
        if mark.issued_on is not None and mark.issued_on > today:
            raise CaseworkError(_("Der Tag auf einer Unterlage kann nicht in der Zukunft liegen."))
        stand = stands.of(mark.part_id, mark.paper)
        said = (mark.state, mark.owner, mark.issued_on)
        if said == (stand.state, stand.owner, stand.issued_on):
            continue
        row = stands.marks.get((mark.part_id, mark.paper))
        row = row or CasePaper(network=actor.network, case=case, compartment=parts[mark.part_id], paper=mark.paper)
        was_seen = row.state == PaperState.SEEN and row.issued_on == mark.issued_on
        row.state, row.owner, row.issued_on = said
        row.author_id, row.changed_at = member_of(actor), now
        if mark.state != PaperState.SEEN:
            row.seen_on = None
        elif not was_seen:
            row.seen_on = today
        row.save()
        changed += 1
    if changed:
        record(actor, "paper:mark", case, number=changed)
    return changed
