"""Keep how somebody's life is seen on a day."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.access import member_of, must_write
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.enums import LifeDomain, Need, Occasion
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import Case, Rating, RatingLine
from tragnetz.casework.ratings.rules import LEVELS, Line, day_fits
from tragnetz.casework.texts import within
from tragnetz.clients.models import Person
from tragnetz.core.transactions import in_transaction, wait_for
from tragnetz.network.actors import Actor


def rate(
    *,
    actor: Actor,
    case: Case,
    rated_on: date,
    occasion: str,
    lines: Iterable[Line],
    idempotency_key: str,
    today: date,
    person: Person | None = None,
) -> Rating:
    """Keep a rating of the household, or of one adult in their own part; once a key.

    Domains of which nothing was said get no row. Raises CaseworkError when nothing was said at all.
    """
    said = [line for line in lines if not line.is_empty]

    def keep() -> Rating:
        must_write(actor, case)
        wait_for(f"rating:{idempotency_key}")
        known = Rating.objects.filter(case=case, idempotency_key=idempotency_key).first()
        if known is not None:
            return known
        if not said:
            raise CaseworkError(_("Bitte schätzen Sie mindestens eine Lebenslage ein."))
        if not day_fits(rated_on, case.opened_on, today):
            raise CaseworkError(_("Das Datum muss zwischen dem Beginn des Falls und heute liegen."))
        part = compartment_of(case, person)
        rating = Rating(
            network=actor.network, case=case, compartment=part, author_id=member_of(actor), rated_on=rated_on,
            occasion=Occasion(occasion), idempotency_key=idempotency_key,
        )  # fmt: skip
        rating.save()
        for line in said:
            if not {line.level, line.own_level} <= {None, *LEVELS}:
                raise CaseworkError(_("Die Stufen gehen von 1 bis 5."))
            RatingLine(
                network=actor.network, rating=rating, compartment=part, domain=LifeDomain(line.domain),
                level=line.level, own_level=line.own_level, urgency=Need(line.urgency),
                strength=within(line.strength), need=within(line.need),
            ).save()  # fmt: skip
        record(actor, "rating:keep", case, occasion=occasion, domains=len(said))
        return rating

    return in_transaction(keep)
