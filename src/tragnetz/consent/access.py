"""Who may see and write down what people allowed. Whose case it is, casework decides: pages ask it first."""

from django.db.models import QuerySet

from tragnetz.clients.models import Person
from tragnetz.consent.models import Consent, Notice, Release
from tragnetz.network.actors import Actor
from tragnetz.network.policy import Deed, may


def can_take_consent(actor: Actor) -> bool:
    """Whether somebody takes down, signs and withdraws for people of their cases."""
    return may(actor, Deed.CONSENT_TAKE)


def can_see_due(actor: Actor) -> bool:
    """Whether somebody sees for the whole organisation what ends soon or lacks a signature."""
    return may(actor, Deed.CONSENT_DUE)


def can_read_released(actor: Actor) -> bool:
    """Whether somebody reads what was released to their organisation."""
    return may(actor, Deed.RELEASED_READ)


def visible_people(actor: Actor) -> QuerySet[Person]:
    """Return the people of the organisation's households, for those who take down what they allow."""
    rows = Person.objects.filter(household__organisation=actor.organisation_id)
    return rows if can_take_consent(actor) else rows.none()


def visible_consents(actor: Actor) -> QuerySet[Consent]:
    """Return the consents that the organisation keeps."""
    rows = Consent.objects.filter(organisation=actor.organisation_id)
    return rows if can_take_consent(actor) else rows.none()


def visible_releases(actor: Actor) -> QuerySet[Release]:
    """Return the releases that the organisation keeps."""
    rows = Release.objects.filter(organisation=actor.organisation_id)
    return rows if can_take_consent(actor) else rows.none()


def visible_notices(actor: Actor) -> QuerySet[Notice]:
    """Return what the organisation handed out."""
    rows = Notice.objects.filter(organisation=actor.organisation_id)
    return rows if can_take_consent(actor) else rows.none()
