"""Keep what happened in somebody's life."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.access import member_of, must_write
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.enums import EventKind
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import Case, LifeEvent
from tragnetz.casework.resent import sent_before
from tragnetz.casework.texts import within
from tragnetz.clients.models import Person
from tragnetz.network.actors import Actor

OLDEST_YEAR = 1900


@transaction.atomic
def add_event(
    *,
    actor: Actor,
    case: Case,
    kind: str,
    happened_on: date,
    text: str,
    today: date,
    person: Person | None = None,
    request_key: str = "",
) -> LifeEvent:
    """Keep a dated event of the household, or of one adult in their own part, once a key. Raises CaseworkError."""
    must_write(actor, case)
    known = sent_before(LifeEvent.objects.filter(case=case), request_key)
    if known is not None:
        return known
    if happened_on > today or happened_on.year < OLDEST_YEAR:
        raise CaseworkError(_("Ein Ereignis ist schon geschehen: Bitte ein Datum bis heute."))
    event = LifeEvent(
        network=actor.network, case=case, compartment=compartment_of(case, person), author_id=member_of(actor),
        kind=EventKind(kind), happened_on=happened_on, text=within(text), request_key=request_key,
    )  # fmt: skip
    event.save()
    record(actor, "event:add", case, kind=kind)
    return event


@transaction.atomic
def drop_event(*, actor: Actor, event: LifeEvent) -> None:
    """Take an event away that was entered by mistake."""
    must_write(actor, event.case)
    record(actor, "event:drop", event.case, kind=event.kind)
    event.delete()
