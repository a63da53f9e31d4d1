"""CV and letters of invented people, through the real commands: one of them finds them on the own page."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import yaml

from tragnetz.casework.career.commands import (
    Ability,
    Applicant,
    Look,
    Stretch,
    add_entry,
    add_skill,
    design_resume,
    share_resume,
    write_applicant,
)
from tragnetz.casework.career.enums import Colour, Design, EntryKind, Situation, SkillKind, Source, Tone
from tragnetz.casework.career.letters import LetterDetails, begin_letter, note_as_application, share_letter
from tragnetz.casework.career.models import Resume
from tragnetz.casework.career.queries import resume_of
from tragnetz.casework.career.rules import first_day, month_number
from tragnetz.casework.coaching.commands import start_coaching
from tragnetz.casework.coaching.models import Coaching
from tragnetz.casework.enums import CaseState
from tragnetz.casework.models import Case
from tragnetz.casework.ownpage.models import OwnAccess
from tragnetz.clients.models import Person, Relation
from tragnetz.core.clock import today
from tragnetz.core.ids import new_id
from tragnetz.network.actors import Actor, of_membership
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership, Network


def load_career(network: Network, staff: Sequence[Membership]) -> int:
    """Give CV and letters to whoever has an own page, and to people of every other lead, once; returns to how many."""
    if Resume.objects.exists():
        return 0
    rows: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    made, next_row = 0, cycle([rows[1], None, rows[0], None])
    for membership in staff:
        actor = of_membership(membership, network)
        own = _with_own_page(actor)
        if own is not None:
            _write(actor, own, rows[0] | {"shared": True})
            made += 1
        row = next(next_row) if Role.LEAD in membership.roles else None
        coaching = _that_fits(actor, row["field"]) if row else None
        if row is not None and coaching is not None:
            _write(actor, coaching, row)
            made += 1
    return made


def _with_own_page(actor: Actor) -> Coaching | None:
    """Return the way to work of whoever has an own page with this counsellor; it begins where there is none."""
    rows = OwnAccess.objects.filter(case__counsellor=actor.membership_id)
    access = rows.select_related("case__contact", "person").first()
    return _begun(actor, access.case, access.person) if access else None


def _that_fits(actor: Actor, field: int) -> Coaching | None:
    """Return a way to work of a counsellor's cases, of the right field if there is one, or begin one."""
    cases = Case.objects.filter(counsellor=actor.membership_id, state=CaseState.OPEN, restricted_on=None)
    rows = Coaching.objects.filter(case__in=cases, resume=None).select_related("case__contact", "person")
    rows = rows.order_by("-started_on", "-pk")
    found = rows.filter(goal_field=field).first() or rows.first()
    if found is not None:
        return found
    case = cases.filter(coachings=None).select_related("contact", "household").order_by("-opened_on", "-pk").first()
    person = case.household.people.filter(relation=Relation.SELF, left_on=None).first() if case else None
    return _begun(actor, case, person) if case else None


def _begun(actor: Actor, case: Case, person: Person | None) -> Coaching:
    return start_coaching(actor=actor, case=case, person=person, today=today(actor.network.zone))


def _write(actor: Actor, coaching: Coaching, row: dict[str, Any]) -> None:
    known = resume_of(coaching)
    applicant = Applicant(
        known.name, known.address or "Bahnhofstraße 12\n44623 Herne", known.phone, known.email, summary=row["summary"]
    )
    write_applicant(actor=actor, coaching=coaching, applicant=applicant)
    for entry in row["entries"]:
        add_entry(actor=actor, coaching=coaching, stretch=_stretch(actor, entry), request_key=new_id().hex)
    for skill in row["skills"]:
        ability = Ability(**{**skill, "kind": SkillKind(skill["kind"])})
        add_skill(actor=actor, coaching=coaching, ability=ability, request_key=new_id().hex)
    design_resume(actor=actor, coaching=coaching, look=Look(Design(row["design"]), Colour(row["colour"])))
    for letter in row["letters"]:
        _letter(actor, coaching, letter)
    if row.get("shared"):
        share_resume(actor=actor, coaching=coaching, shared=True)


def _stretch(actor: Actor, row: dict[str, Any]) -> Stretch:
    now = month_number(today(actor.network.zone))

    def month(ago: int | None) -> date | None:
        return None if ago is None else first_day(now - ago)

    return Stretch(
        kind=EntryKind(row["kind"]), title=row["title"], place=row.get("place", ""), tasks=row.get("tasks", ""),
        starts_on=first_day(now - row["ago"]), ends_on=month(row.get("until")), years_only=row.get("years", False),
        recognition=row.get("recognition", ""),
    )  # fmt: skip


def _letter(actor: Actor, coaching: Coaching, row: dict[str, Any]) -> None:
    asked = {name: value for name, value in row.items() if name not in {"sent", "shared"}}
    codes = {"source": Source(row["source"]), "situation": Situation(row["situation"]), "tone": Tone(row["tone"])}
    details = LetterDetails(**{"enclosures": "Lebenslauf", **asked, **codes})
    letter = begin_letter(actor=actor, coaching=coaching, details=details, request_key=new_id().hex)
    day = today(actor.network.zone)
    if "sent" in row:
        note_as_application(actor=actor, letter=letter, sent_on=day - timedelta(days=row["sent"]), today=day)
    if row.get("shared"):
        share_letter(actor=actor, letter=letter, shared=True)
