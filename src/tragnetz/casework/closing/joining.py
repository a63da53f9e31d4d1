"""Make one case of two, and two of one. Nothing is lost, and nothing is shown to whom it does not belong."""

import json
import uuid
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.appointments.models import Booking
from tragnetz.audit.commands import record
from tragnetz.casework.access import must
from tragnetz.casework.closing.commands import finish
from tragnetz.casework.closing.copying import copy_shared
from tragnetz.casework.closing.moving import rehouse, take_household, take_part, take_person, take_rest
from tragnetz.casework.closing.rules import can_split
from tragnetz.casework.compartments import adults_of, compartment_of
from tragnetz.casework.enums import CaseState, ClosingReason, ClosingResult
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.keys import sync_case
from tragnetz.casework.models import Case, Compartment
from tragnetz.casework.ownpage.commands import end_accesses_of
from tragnetz.clients.commands import add_contact, new_household
from tragnetz.clients.models import Household, Person, Relation
from tragnetz.clients.rules import ContactDetails
from tragnetz.core.clock import now
from tragnetz.network.actors import Actor
from tragnetz.network.policy import Deed
from tragnetz.screening.outlook.commands import drop_outlook


@transaction.atomic
def merge_cases(*, actor: Actor, case: Case, other: Case, same: Mapping[uuid.UUID, uuid.UUID], today: date) -> Case:
    """Make one case of two of the same household: `case` gets all of `other`, which is closed and points to it.

    `same` says which person of the other household is which of this one; everybody else moves in. What the other
    household was known for and this one was not is taken over; where both know something, this one's stands, and the
    other household keeps its facts as they were. Raises CaseworkError; then nothing is changed.
    """
    must(actor, Deed.CASE_JOIN, case)
    must(actor, Deed.CASE_JOIN, other)
    rows = {row.pk: row for row in _locked([case.pk, other.pk])}
    if case.pk == other.pk:
        raise CaseworkError(_("Das ist derselbe Fall."))
    kept, gone = rows[case.pk], rows[other.pk]
    if kept.state != CaseState.OPEN:
        raise CaseworkError(_("Öffnen Sie den Fall zuerst wieder."))
    here = {person.pk: person for person in kept.household.people.all()}
    there = {person.pk: person for person in gone.household.people.all()}
    if not set(same) <= set(there) or not set(same.values()) <= set(here) or len({*same.values()}) < len(same):
        raise CaseworkError(_("Bitte ordnen Sie jede Person höchstens einer anderen zu."))
    for key, person in there.items():
        if key in same:
            _learn(here[same[key]], person)
            end_accesses_of(person, now())
            take_person(person, here[same[key]])
        else:
            _move_in(person, kept.household)
    for part in Compartment.objects.filter(case=gone).select_related("person"):
        if part.person is None:
            rehouse(part, compartment_of(kept))
        elif part.person.pk in same:
            rehouse(part, compartment_of(kept, here[same[part.person.pk]]))
        else:
            take_part(part, kept)
    take_rest(gone, kept)
    _take_talks(gone, kept, [(there[key], here[twin]) for key, twin in same.items()])
    drop_outlook(actor=actor, household=gone.household)  # both were computed for others than live together now
    drop_outlook(actor=actor, household=kept.household)
    take_household(gone.household, kept.household)
    _learn_facts(kept.household, gone.household)
    if gone.state == CaseState.OPEN:
        finish(
            actor=actor, case=gone, reason=ClosingReason.MERGED, result=ClosingResult.UNKNOWN, after_care=False,
            today=today,
        )  # fmt: skip
    Case.objects.filter(merged_into=gone).update(merged_into=kept)
    gone.merged_into, gone.counsellor, gone.deputy = kept, kept.counsellor, kept.deputy
    gone.save(update_fields=["merged_into", "counsellor", "deputy"])
    kept.topic, kept.programme = kept.topic or gone.topic, kept.programme or gone.programme
    kept.opened_on = min(kept.opened_on, gone.opened_on)
    kept.save(update_fields=["topic", "programme", "opened_on"])
    sync_case(kept)
    record(actor, "case:merge", kept, people=len(there), same=len(same))
    return kept


def _locked(keys: Collection[uuid.UUID]) -> list[Case]:
    """Return cases that nobody else changes meanwhile, locked in one order for all."""
    rows = Case.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    return list(rows.select_related("household", "counsellor", "deputy", "programme"))


def _learn(person: Person, twin: Person) -> None:
    if person.birth_year is None and twin.birth_year is not None:
        person.birth_year = twin.birth_year
        person.save(update_fields=["birth_year"])


def _move_in(person: Person, household: Household) -> None:
    person.household = household
    if person.relation == Relation.SELF:  # somebody else asked for this household already
        person.relation = Relation.OTHER
    person.save(update_fields=["household", "relation"])


def _take_talks(gone: Case, kept: Case, twins: Collection[tuple[Person, Person]]) -> None:
    """Let somebody who asked twice have one list of appointments to come: that of their own page."""
    asked_twice = any(one.relation == other.relation == Relation.SELF for one, other in twins)
    if asked_twice and kept.contact_id is not None and gone.contact_id is not None:
        Booking.objects.filter(contact=gone.contact_id, ends_at__gt=now()).update(contact=kept.contact_id)


def _learn_facts(household: Household, other: Household) -> None:
    known, more = _facts(household), _facts(other)
    if more.keys() - known.keys():
        household.facts = json.dumps(more | known)
        household.save(update_fields=["facts"])


def _facts(household: Household) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(household.facts) if household.facts else {}
    return found


@transaction.atomic
def split_case(
    *, actor: Actor, case: Case, leaving: Collection[uuid.UUID], shared: Collection[str], today: date
) -> Case:
    """Make a case of its own for those who leave a household, and return it.

    The own parts of those who leave go along, as they are. Of the household's part only what is named in `shared` is
    copied. The new case knows no number and no address: how to reach the person without harm is asked anew. Whoever
    asked for help first keeps the case. Raises CaseworkError; then nothing is changed.
    """
    must(actor, Deed.CASE_JOIN, case)
    old = _locked([case.pk])[0]
    people = list(old.household.people.all())
    gone = [person for person in people if person.pk in leaving]
    grown_up = adults_of(gone, today.year)
    if any(person.relation == Relation.SELF for person in gone):
        raise CaseworkError(_("Wer zuerst gefragt hat, behält diesen Fall. Wählen Sie, wer in den neuen Fall geht."))
    if len(gone) != len(set(leaving)) or not can_split(len(people), gone, grown_up):
        raise CaseworkError(_("Wählen Sie mindestens eine erwachsene Person, die in den neuen Fall geht."))
    drop_outlook(actor=actor, household=old.household)  # computed for all who lived together
    household = new_household(actor=actor, organisation_id=old.organisation_id, facts={})
    first = grown_up[0]
    details = ContactDetails(first.name, language=old.contact.language if old.contact else "de", may_call=False)
    new = Case(
        network=actor.network, organisation_id=old.organisation_id, counsellor=old.counsellor, deputy=old.deputy,
        contact=add_contact(actor=actor, organisation_id=old.organisation_id, details=details), household=household,
        programme=old.programme, topic=old.topic, level=old.level, opened_on=today,
    )  # fmt: skip
    new.save()
    for person in gone:
        person.household = household
        if person in grown_up:
            person.relation = Relation.SELF if person is first else Relation.OTHER
        person.save(update_fields=["household", "relation"])
    for part in Compartment.objects.filter(case=old, person__in=gone):
        take_part(part, new)
    copied = copy_shared(old, new, shared)
    sync_case(new)
    record(actor, "case:split", new, people=len(gone), copied=copied)
    return new
