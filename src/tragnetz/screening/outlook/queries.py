"""Reads of outlooks. Consent is in each of them: without it there is nothing."""

from datetime import date

from django.db.models import OuterRef, QuerySet

from tragnetz.clients.models import Household, Person
from tragnetz.consent.enums import DataGroup, Purpose
from tragnetz.consent.queries import shared_consent, without_consent
from tragnetz.screening.outlook.models import Foreseen, Outlook


def allowed_outlooks(on: date) -> QuerySet[Outlook]:
    """Return the outlooks of households in which all who decide consent now."""
    return Outlook.objects.filter(
        shared_consent(
            household=OuterRef("household"), organisation=OuterRef(OuterRef("household__organisation")),
            purpose=Purpose.OUTLOOK, group=DataGroup.HOUSEHOLD, on=on,
        )
    )  # fmt: skip


def outlook_of(household: Household, on: date) -> Outlook | None:
    """Return the outlook of a household, as far as it is allowed."""
    return allowed_outlooks(on).select_related("made_by__user").filter(household=household).first()


def who_must_consent(household: Household, on: date) -> list[Person]:
    """Return who decides for a household and has not consented."""
    return without_consent(household, purpose=Purpose.OUTLOOK, group=DataGroup.HOUSEHOLD, on=on)


def allows_health(household: Household, on: date) -> bool:
    """Whether all who decide consent that what says something of health is looked through, too."""
    return not without_consent(household, purpose=Purpose.OUTLOOK, group=DataGroup.HEALTH, on=on)


def foreseen_of(household: Household, on: date) -> QuerySet[Foreseen]:
    """Return what is foreseen for a household, the next first."""
    rows = Foreseen.objects.filter(outlook__in=allowed_outlooks(on), outlook__household=household)
    return rows.select_related("settled_by__user")
