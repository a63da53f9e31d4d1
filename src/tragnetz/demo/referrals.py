"""Referrals of invented cases, in every state, between the organisations that run the joint offer."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

import yaml

from tragnetz.casework.enums import CaseState
from tragnetz.casework.models import Case
from tragnetz.casework.ownpage.models import OwnAccess
from tragnetz.clients.models import Person, Relation
from tragnetz.consent.commands import ReleaseDraft, give_release
from tragnetz.consent.enums import GivenBy, Purpose
from tragnetz.consent.models import Release
from tragnetz.consent.rules import Terms, Ways, default_end, may_be_minor
from tragnetz.core.clock import now, today
from tragnetz.demo.own import REQUEST_KEY
from tragnetz.network.actors import Actor, of_membership, partner
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership, Network, Organisation
from tragnetz.referrals.commands import Details, draft_referral, move_referral, send_referral
from tragnetz.referrals.exchange import propose_talk, write_line
from tragnetz.referrals.models import Referral
from tragnetz.referrals.offering import offer_of
from tragnetz.referrals.rules import Said

FIRST, SOME = 2, 3  # so many counsellors have some: the first of every state, the second a few
SHOWN = 2  # which of the rows the own page shows
TALK_AT = time(10)


def load_referrals(network: Network, staff: Sequence[Membership]) -> int:
    """Refer some open cases to others, once; returns how many."""
    if Referral.objects.exists():
        return 0
    rows: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    counsellors = [row for row in staff if Role.COUNSELLOR in row.roles]
    senders = [row for row in counsellors if Role.LEAD in row.roles][-FIRST:]
    made = 0
    for number, membership in enumerate(senders):
        others = Organisation.objects.filter(pk__in=[one.organisation_id for one in counsellors])
        targets = cycle(others.exclude(pk=membership.organisation_id).order_by("key"))
        actor = of_membership(membership, network)
        mine = rows[:SOME] if number else rows
        cases = Case.objects.filter(counsellor=membership, state=CaseState.OPEN, restricted_on=None)
        found = cases.select_related("contact", "household", "network", "organisation")
        for case, row in zip(found.order_by("-opened_on", "-pk")[: len(mine)], mine, strict=False):
            to = None if "to" in row else next(targets, None)
            if to is not None or "to" in row:
                _refer(actor, case, to, row, f"demo-{membership.pk.hex[:12]}-{made}")
                made += 1
    return made + _on_own_page(network, rows[SHOWN])


def _on_own_page(network: Network, row: dict[str, Any]) -> int:
    """Let the demo's own page show a referral that was accepted."""
    access = OwnAccess.objects.filter(request_key=REQUEST_KEY).select_related("case__counsellor").first()
    if access is None:
        return 0
    rows = Case.objects.select_related("contact", "household", "network", "organisation", "counsellor__user")
    case = rows.get(pk=access.case_id)
    other = Organisation.objects.filter(is_member=True).exclude(pk=case.organisation_id).order_by("key").first()
    if other is not None:
        _refer(of_membership(case.counsellor, network), case, other, row, "demo-own")
    return int(other is not None)


def _refer(actor: Actor, case: Case, to: Organisation | None, row: dict[str, Any], key: str) -> None:
    at, day = now() - timedelta(days=row["ago"]), today(actor.network.zone)
    person = case.household.people.filter(relation=Relation.SELF, left_on=None).first()
    release = _release(actor, person, to, row["reason"], key) if row["basis"] == "released" and person else None
    basis = "anonymous" if row["basis"] == "released" and release is None else row["basis"]
    details = Details(
        basis=basis, reason=row["reason"], organisation=to, to_words=row.get("to", ""), topic=case.topic,
        reply_by=at.astimezone(actor.network.zone).date() + timedelta(days=row["reply"]),
        releases=[release] if release else [], person=person if release else None,
    )  # fmt: skip
    referral = draft_referral(actor=actor, case=case, details=details, request_key=key, now=at)
    if row.get("draft"):
        return
    releases = [release.pk] if release else []
    offer = offer_of(case, referral.person, basis, releases, day)
    ticked = [one.key for one in offer.pieces if one.group == "contact"]
    referral = send_referral(actor=actor, referral=referral, ticked=ticked, now=at)
    for number, (state, why) in enumerate(row["steps"], start=1):
        mine = actor if state == "cancelled" else partner(actor.network)
        said = Said(refusal=why) if state == "rejected" else Said(outcome=why)
        moment = at + timedelta(days=number)
        referral = move_referral(actor=mine, referral=referral, target=state, said=said, now=moment)
    if "line" in row:
        write_line(
            actor=partner(actor.network),
            referral=referral,
            text=row["line"],
            request_key=key,
            now=at + timedelta(days=1),
        )
    if "talk" in row:
        moment = datetime.combine(day + timedelta(days=3), TALK_AT, actor.network.zone)
        propose_talk(actor=partner(actor.network), referral=referral, starts_at=moment, place=row["talk"], now=now())


def _release(actor: Actor, person: Person, to: Organisation | None, topic: str, key: str) -> Release | None:
    if to is None or actor.organisation_id is None:
        return None
    day = today(actor.network.zone)
    terms = Terms(
        purpose=Purpose.COOPERATION, groups=frozenset({"contact", "goals"}), until=default_end(day),
        form=GivenBy.WRITTEN, given_on=day, signed_on=day,
        capacity_noted=may_be_minor(person.relation, person.birth_year, day),
    )  # fmt: skip
    ways = Ways((actor.organisation_id,), to.pk, "", topic[:100])
    return give_release(
        actor=actor, draft=ReleaseDraft(person, terms, ways), idempotency_key=f"{key}-release", now=now()
    )
