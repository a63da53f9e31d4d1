"""What came of three invented years: claims and referrals of many cases, as their offices and partners answered."""

import base64
import os
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.db import models, transaction

from tragnetz.casework.claims.enums import ClaimState, Rhythm
from tragnetz.casework.claims.models import Claim, ClaimMove
from tragnetz.casework.models import Case, Compartment
from tragnetz.core.months import months_later
from tragnetz.network.models import Network
from tragnetz.referrals.enums import Basis, Outcome, Refusal, State, Told
from tragnetz.referrals.models import Referral, Shared
from tragnetz.referrals.offering import packed
from tragnetz.referrals.rules import ENDED
from tragnetz.vault.keyring import current_keyring
from tragnetz.vault.models import DataKey
from tragnetz.vault.sealing import KEY_BYTES

KEY = "demo:many"  # begins the keys of all that is made here
BASIC, BESIDE_BASIC = "grundsicherungsgeld", frozenset({"wohngeld", "kinderzuschlag"})  # nobody gets both
DAY = timedelta(days=1)
OLD = 45 * DAY  # younger cases have the claims that are told one by one (claims.yaml)
REFERRED, CARRIED, SENT, FOUGHT, WON, AGAIN = 0.42, 0.2, 0.94, 0.3, 0.45, 0.6  # shares
ANSWERS, DIFFERS = 0.5, 0.08  # of persons: who says whether it helped, who says other than the partner
STATES = {  # in a hundred, as all figures of this kind here
    State.COMPLETED: 55, State.REJECTED: 14, State.FAILED: 17, State.IN_PROGRESS: 6, State.ACCEPTED: 3,
    State.CANCELLED: 5,
}  # fmt: skip
OUTCOMES = {
    State.COMPLETED: {Outcome.HELPED: 68, Outcome.PARTLY: 24, Outcome.NOT_HELPED: 8},
    State.FAILED: {Outcome.NO_SHOW: 42, Outcome.NOT_REACHED: 22, Outcome.PERSON_DECLINED: 20, Outcome.NO_ANSWER: 16},
}
REFUSALS = {
    Refusal.NO_CAPACITY: 46, Refusal.NOT_RESPONSIBLE: 18, Refusal.NOT_ELIGIBLE: 16, Refusal.NOT_REACHED: 10,
    Refusal.PERSON_DECLINED: 6, Refusal.DUPLICATE: 4,
}  # fmt: skip
ORDER: tuple[type[models.Model], ...] = (Claim, ClaimMove, DataKey, Referral, Shared)


@dataclass
class _Makes:
    network: Network
    rng: random.Random
    today: date
    told: Mapping[str, Any]
    rows: dict[type[models.Model], list[models.Model]] = field(default_factory=dict)
    number: int = 0

    def add(self, row: models.Model) -> None:
        self.rows.setdefault(type(row), []).append(row)

    def one_of(self, weights: Mapping[Any, int]) -> Any:  # noqa: ANN401 -- whichever code
        return self.rng.choices(list(weights), list(weights.values()))[0]

    def key(self) -> str:
        self.number += 1
        return f"{KEY}:{self.number}"


def load_results(network: Network, today: date, seed: int) -> None:
    """Make claims and referrals of the demo's older cases, once; what was told one by one before stays."""
    if ClaimMove.objects.filter(idempotency_key__startswith=KEY).exists():
        return
    told = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    makes = _Makes(network, random.Random(seed), today, told)  # noqa: S311 -- believable results, no secret
    parts = {part.case_id: part for part in Compartment.objects.filter(person=None)}
    current_keyring().load(part.key_id for part in parts.values() if part.key_id)
    cases = Case.objects.filter(opened_on__lt=today - OLD, claims=None, referrals=None).order_by("opened_on", "pk")
    for case in cases.only("network_id", "counsellor_id", "topic", "opened_on", "closed_on"):
        part = parts.get(case.pk)
        if part is None:
            continue
        asked = [row for row in told["claims"].get(case.topic, ()) if makes.rng.randrange(100) < row["asked"]]
        basic = any(row["benefit"] == BASIC for row in asked)
        for row in asked:
            if not (basic and row["benefit"] in BESIDE_BASIC):
                _claim(makes, case, part, row, case.opened_on + DAY * makes.rng.randrange(30))
        if case.topic in told["referrals"] and makes.rng.random() < REFERRED:
            _referral(makes, case, part, told["referrals"][case.topic])
    with transaction.atomic():
        for kind in ORDER:
            kind._default_manager.bulk_create(makes.rows.get(kind, []), batch_size=2000)  # noqa: SLF001 -- Django's own name


def _claim(
    makes: _Makes, case: Case, part: Compartment, row: Mapping[str, Any], planned: date, renews: Claim | None = None
) -> None:
    """Make a claim with its moves, as far as its days have come; what has run out is asked for again, or ends."""
    rng, base = (
        makes.rng,
        {"network": makes.network, "case": case, "compartment": part, "author_id": case.counsellor_id},
    )
    claim = Claim(**base, benefit=row["benefit"], state_on=planned, created_at=_at(planned), renews=renews)
    moves: list[ClaimMove] = []
    if rng.random() < SENT:
        sent = planned + DAY * rng.randrange(2, 25)
        moves.append(ClaimMove(**base, claim=claim, state=ClaimState.SENT, happened_on=sent))
        decided = sent + DAY * rng.randrange(14, 75)
        if rng.randrange(100) < row["granted"]:
            moves += _granted(makes, base, claim, row, decided, sent)
        else:
            moves += _refused(makes, base, claim, row, decided, sent)
    else:
        moves.append(ClaimMove(**base, claim=claim, state=ClaimState.WITHDRAWN, happened_on=planned + DAY * 20))
    first = ClaimMove(**base, claim=claim, state=ClaimState.PLANNED, happened_on=planned)
    held = [first, *(move for move in moves if move.happened_on <= makes.today)]
    for number, move in enumerate(held):
        move.idempotency_key, move.recorded_at = makes.key(), _at(move.happened_on) + timedelta(seconds=number)
    claim.state, claim.state_on = held[-1].state, held[-1].happened_on
    for made in (claim, *held):
        makes.add(made)
    grant = held[-1] if held[-1].state == ClaimState.LAPSED else None
    if grant is not None and "months" in row and rng.random() < AGAIN and _goes_on(case, grant.happened_on):
        _claim(makes, case, part, row, grant.happened_on - DAY * 40, claim)


def _goes_on(case: Case, day: date) -> bool:
    return case.closed_on is None or case.closed_on > day


def _granted(
    makes: _Makes, base: Mapping[str, Any], claim: Claim, row: Mapping[str, Any], decided: date, sent: date
) -> list[ClaimMove]:
    rhythm = Rhythm.MONTH if "month" in row else Rhythm.ONCE if "once" in row else Rhythm.NONE
    from_on = sent.replace(day=1)
    until = months_later(from_on, row["months"]) - DAY if "months" in row else None
    amount = Decimal(makes.rng.randint(*row[rhythm])) if rhythm else None
    grant = ClaimMove(
        **base, claim=claim, state=ClaimState.GRANTED, happened_on=decided, rhythm=rhythm, amount=amount,
        from_on=from_on, until_on=until,
    )  # fmt: skip
    lapsed = [ClaimMove(**base, claim=claim, state=ClaimState.LAPSED, happened_on=until + DAY)] if until else []
    return [grant, *lapsed]


def _refused(
    makes: _Makes, base: Mapping[str, Any], claim: Claim, row: Mapping[str, Any], decided: date, sent: date
) -> list[ClaimMove]:
    refused = ClaimMove(**base, claim=claim, state=ClaimState.REFUSED, happened_on=decided)
    if makes.rng.random() >= FOUGHT:
        return [refused]
    fought, again = decided + DAY * 20, decided + DAY * makes.rng.randrange(80, 160)
    moves = [refused, ClaimMove(**base, claim=claim, state=ClaimState.OBJECTION, happened_on=fought)]
    if makes.rng.random() < WON:
        return [*moves, *_granted(makes, base, claim, row, again, sent)]
    return [*moves, ClaimMove(**base, claim=claim, state=ClaimState.REFUSED, happened_on=again)]


def _referral(makes: _Makes, case: Case, part: Compartment, row: Mapping[str, Any]) -> None:
    """Make a referral to somebody outside: by letter, or on a sheet that the person hands over."""
    rng = makes.rng
    day = case.opened_on + DAY * rng.randrange(3, 60)
    answered, came, ended = (
        day + DAY * _wait(rng, 14),
        day + DAY * rng.randrange(15, 40),
        day + DAY * rng.randrange(45, 120),
    )
    if ended >= makes.today:
        return
    key, plain = DataKey(network=makes.network), os.urandom(KEY_BYTES)
    current_keyring().add(key.pk, plain)
    state = makes.one_of(STATES)
    outcome = makes.one_of(OUTCOMES[state]) if state in OUTCOMES else ""
    has_come = state in {State.COMPLETED, State.IN_PROGRESS}
    told = _told(rng, outcome) if has_come and rng.random() < ANSWERS else ""
    if state == State.REJECTED or outcome == Outcome.NO_ANSWER:
        ended = answered = answered if state == State.REJECTED else ended
    referral = Referral(
        network=makes.network, case=case, compartment=part, author_id=case.counsellor_id,
        to_words=rng.choice(row["to"]), topic=case.topic, reason=row["reason"],
        basis=Basis.CARRIED if rng.random() < CARRIED else Basis.ANONYMOUS, key=key,
        channel=base64.b64encode(plain).decode(), state=state, outcome=outcome,
        refusal=makes.one_of(REFUSALS) if state == State.REJECTED else "", requested_at=_at(day),
        answered_at=_at(answered), came_at=_at(came) if has_come else None,
        ended_at=_at(ended) if state in ENDED else None, told=told, told_at=_at(came + 15 * DAY) if told else None,
        request_key=makes.key(), created_at=_at(day),
    )  # fmt: skip
    makes.add(key)
    makes.add(referral)
    makes.add(Shared(network=makes.network, referral=referral, body=packed(row["reason"], [])))


def _told(rng: random.Random, outcome: str) -> str:
    return Told.NOT_HELPED if outcome == Outcome.NOT_HELPED or rng.random() < DIFFERS else Told.HELPED


def _wait(rng: random.Random, most: int) -> int:
    """Return days that are short for most and long for some."""
    return round(rng.triangular(0, most, 2))


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9), UTC)
