"""A case as a team may talk about it: codes and bands, without who it is.

Left out is every text that somebody wrote: it may name people. Left out too are name, age, street and Ortsteil.
"""

import hashlib
import hmac
import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date

from tragnetz.audit.commands import record
from tragnetz.casework.access import visible_cases
from tragnetz.casework.caseload.rules import age_band
from tragnetz.casework.coaching.enums import Stage
from tragnetz.casework.coaching.queries import path_of
from tragnetz.casework.enums import NoteKind
from tragnetz.casework.facts import facts_of
from tragnetz.casework.models import Case
from tragnetz.clients.models import Relation
from tragnetz.core.ids import CODE_ALPHABET
from tragnetz.eligibility.facts import Facts, clean_facts
from tragnetz.network.actors import Actor
from tragnetz.network.models import District
from tragnetz.vault.sealing import keys_for

# What narrows down who it is. The Stadtbezirk is told beside, from the enquiry.
NARROW = {"age", "youngest_child_age", "locality", "district"}
SIGNS = 4


@dataclass(frozen=True, slots=True)
class Discussion:
    """What a team is told of a case."""

    code: str
    topic: str
    district: District | None
    weeks: int
    people: list[tuple[str, str]]
    facts: Facts
    notes: dict[str, int]
    steps_open: int
    steps_late: int
    steps_done: int
    stages: list[Stage]


def discussion_view(actor: Actor, case_id: uuid.UUID, today: date) -> Discussion | None:
    """Return a case without who it is, and leave an audit event; nothing if the actor may not see the case."""
    case = visible_cases(actor).select_related("household", "enquiry__district").filter(pk=case_id).first()
    if case is None:
        return None
    record(actor, "case:discuss", case)
    steps = list(case.steps.only("due_on", "done_on"))
    due = [step for step in steps if step.done_on is None]
    facts = clean_facts(facts_of(case.household))
    counted = Counter(case.notes.order_by().values_list("kind", flat=True))
    return Discussion(
        code=pseudonym(case),
        topic=case.topic,
        district=case.enquiry.district if case.enquiry else None,
        weeks=(today - case.opened_on).days // 7,
        people=_people(case, today),
        facts={name: value for name, value in facts.items() if name not in NARROW},
        notes={str(kind.label): counted[kind] for kind in NoteKind if counted[kind]},
        steps_open=len(due),
        steps_late=sum(step.due_on is not None and step.due_on < today for step in due),
        steps_done=len(steps) - len(due),
        stages=_stages(case),
    )


def pseudonym(case: Case) -> str:
    """Return four signs by which a team knows a case again, and nobody else."""
    digest = hmac.new(keys_for("discussion")[-1], case.pk.bytes, hashlib.sha256).digest()
    return "".join(CODE_ALPHABET[byte % len(CODE_ALPHABET)] for byte in digest[:SIGNS])


def _people(case: Case, today: date) -> list[tuple[str, str]]:
    """Return what each person is and their band, the same order for all households: whoever asked, then the others."""
    people = [(Relation(one.relation), age_band(one.birth_year, today.year)) for one in case.household.people.all()]
    order = list(Relation)
    people.sort(key=lambda one: (order.index(one[0]), -one[1] if one[1] is not None else 1))
    return [(str(relation.label), str(band.label) if band is not None else "") for relation, band in people]


def _stages(case: Case) -> list[Stage]:
    """Return how far each way to work has come."""
    stages = []
    for coaching in case.coachings.prefetch_related("applications__interviews", "placements"):
        path = path_of(coaching, list(coaching.applications.all()), list(coaching.placements.all()))
        stages += [step.stage for step in path if step.is_now]
    return stages
