"""Households of invented cases that allow the nightly look, and what it finds for them."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.conf import settings

from tragnetz.benefits.check import check
from tragnetz.benefits.household import HouseholdError
from tragnetz.benefits.library import LawError, law_of
from tragnetz.casework.enums import CaseState
from tragnetz.casework.models import Case
from tragnetz.casework.outlook.commands import keep_outlook
from tragnetz.clients.commands import PersonDetails, set_household
from tragnetz.clients.models import Relation
from tragnetz.consent.commands import ConsentDraft, give_consent
from tragnetz.consent.enums import DataGroup, GivenBy, Purpose
from tragnetz.consent.rules import Terms, default_end, may_be_minor
from tragnetz.core.clock import now, today
from tragnetz.core.ids import new_id
from tragnetz.eligibility.facts import clean_facts
from tragnetz.network.actors import Actor, of_membership
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership, Network
from tragnetz.screening.casecheck import CaseCheck, content_of
from tragnetz.screening.commands import keep_check
from tragnetz.screening.households import Member, describe
from tragnetz.screening.outlook.looking import look_through
from tragnetz.screening.outlook.models import Outlook
from tragnetz.screening.outlook.queries import who_must_consent
from tragnetz.screening.outlook.rules import Dates, first_of
from tragnetz.screening.rulebook import current_book

EACH = 2  # households of a counsellor
AGES = (6, 12, 14, 18)  # at which the law begins or ends something
USUAL = {"gross_wage": 1900, "rent": 640}  # where nobody has asked yet


def load_outlooks(network: Network, staff: Sequence[Membership]) -> int:
    """Set up an outlook for some open cases of each counsellor, once, and look through them; returns how many."""
    if Outlook.objects.exists():
        return 0
    month, made = first_of(today(network.zone), 2), 0
    try:
        for membership in staff:
            if Role.COUNSELLOR in membership.roles:
                actor = of_membership(membership, network)
                made += sum(_set_up(actor, case, month) for case in _cases(membership, month))
        look_through(network=network, now=now())
    except LawError:  # no law was built: the page says what to do
        return made
    return made


def _cases(membership: Membership, month: date) -> list[Case]:
    """Return some of a counsellor's cases in which a child soon has a birthday that counts."""
    cases = Case.objects.filter(counsellor=membership, state=CaseState.OPEN, restricted_on=None)
    births = [month.year - age for age in AGES]
    turning = cases.filter(
        household__people__relation=Relation.CHILD, household__people__left_on=None,
        household__people__birth_year__in=births,
    )  # fmt: skip
    ids = turning.order_by("-opened_on", "-pk").values_list("pk", flat=True).distinct()[:EACH]
    return list(Case.objects.filter(pk__in=list(ids)).select_related("contact", "household", "network"))


def _set_up(actor: Actor, case: Case, month: date) -> bool:
    """Keep a check, take down the consents, enter months; returns whether the household could be computed."""
    day = today(actor.network.zone)
    people = list(case.household.people.filter(left_on=None))
    facts = clean_facts(USUAL | (json.loads(case.household.facts) if case.household.facts else {}))
    told = [PersonDetails(person.name, person.relation, person.birth_year, id=person.pk) for person in people]
    set_household(actor=actor, household=case.household, people=told, facts=facts)
    members = [Member(person.relation, person.birth_year) for person in people]
    try:
        described = describe(members, facts, actor.network.rent_level.get("level"), day)
        found = check(described.household, law_of(settings.TRAGNETZ_LAW, day), day, current_book())
    except HouseholdError:
        return False
    kept = CaseCheck(now=found, household=described.household)
    keep_check(actor=actor, household=case.household, content=content_of(kept), on=found.on, law_of=found.law_of)
    terms = Terms(
        purpose=Purpose.OUTLOOK, groups=frozenset({DataGroup.HOUSEHOLD}), until=default_end(day), form=GivenBy.WRITTEN,
        given_on=day, signed_on=day,
    )  # fmt: skip
    for person in who_must_consent(case.household, day):
        # In the year of an eighteenth birthday nobody knows whether it has been: asked as of a minor.
        given = replace(terms, capacity_noted=may_be_minor(person.relation, person.birth_year, day))
        give_consent(actor=actor, draft=ConsentDraft(person, given), idempotency_key=new_id().hex, now=now())
    children = [person.id for person in described.household.persons if person.role == "child"]
    dates = Dates(births=dict.fromkeys(children, month.month), granted_until={"wohngeld": first_of(day, 1)})
    keep_outlook(actor=actor, case=case, dates=dates, now=now())
    return True
