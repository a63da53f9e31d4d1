"""Which free times suit somebody best, and why; and what else there is when few do."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from tragnetz.appointments.enums import Audience, Kind, Purpose
from tragnetz.appointments.groups.queries import GroupView, groups_with_places
from tragnetz.appointments.policy import policy_of
from tragnetz.appointments.queries import LOOK_AHEAD, free, loads
from tragnetz.appointments.rules import Slot
from tragnetz.network.models import Membership, Network, Site

LANGUAGE, CONTINUITY, TOPIC, DISTRICT = 7.0, 6.0, 3.0, 2.0  # in days of waiting: the right person is worth some days
TALK_WEIGHS = 0.05  # and each talk that somebody has already, a little more than an hour
SOON = timedelta(days=7)  # who finds nothing within that is shown other ways


@dataclass(frozen=True, slots=True)
class SlotWish:
    """What somebody needs of an appointment; empty means no wish. `known` talked with the person before."""

    kind: str = ""
    purpose: str = Purpose.FIRST
    topic: str = ""
    language: str = "de"
    interpreter: bool = False
    gender: str = ""
    district: str = ""
    membership_id: uuid.UUID | None = None
    known_id: uuid.UUID | None = None
    site_id: uuid.UUID | None = None
    organisation_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A free time with the counsellor's name and why it fits."""

    slot: Slot
    name: str
    organisation: str
    place: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another way when the wish finds nothing soon: the same with one wish dropped, and when that would be."""

    words: str
    suggestion: Suggestion


def best_slots(
    *,
    network: Network,
    now: datetime,
    not_before: datetime,
    wish: SlotWish,
    audience: int = Audience.INTERNAL,
    limit: int = 3,
) -> list[Suggestion]:
    """Return the best free times over all counsellors with the reasons: who fits, then who is free soonest."""
    people = {row.pk: row for row in _asked(wish)}
    first = now.astimezone(network.zone).date()
    load = loads(now, now + LOOK_AHEAD)
    fits = {key: _fit(row, wish) for key, row in people.items()}
    best: dict[uuid.UUID, tuple[float, Slot]] = {}
    slots = free(
        network=network, first=first, last=first + timedelta(days=policy_of(network).horizon_days),
        not_before=not_before, kinds=[wish.kind] if wish.kind else [Kind.PHONE, Kind.ON_SITE],
        memberships=list(people), interpreter=wish.interpreter, purpose=wish.purpose, audience=audience,
    )  # fmt: skip
    for slot in slots:
        if wish.site_id is not None and slot.site_id != wish.site_id:
            continue
        waits = (slot.start - now.timestamp()) / 86_400
        score = waits - fits[slot.membership_id][0] + load[slot.membership_id] * TALK_WEIGHS
        if slot.membership_id not in best or score < best[slot.membership_id][0]:
            best[slot.membership_id] = (score, slot)
    chosen = [slot for _score, slot in sorted(best.values())[:limit]]
    return _suggestions(chosen, people, {key: reasons for key, (_points, reasons) in fits.items()})


def _asked(wish: SlotWish) -> Iterable[Membership]:
    rows = Membership.objects.filter(ended_on=None, rosters__isnull=False).distinct()
    if wish.membership_id is not None:
        rows = rows.filter(pk=wish.membership_id)
    if wish.organisation_id is not None:
        rows = rows.filter(organisation=wish.organisation_id)
    if wish.gender:
        rows = rows.filter(gender=wish.gender)
    return rows.select_related("user", "organisation").prefetch_related("districts")


def _fit(row: Membership, wish: SlotWish) -> tuple[float, tuple[str, ...]]:
    points, reasons = 0.0, []
    if wish.known_id == row.pk:
        points += CONTINUITY
        reasons.append(_("kennt die Person schon"))
    if wish.language not in {"", "de"} and wish.language in row.languages:
        points += LANGUAGE
        reasons.append(_("spricht die Sprache"))
    if wish.topic and wish.topic in row.topics:
        points += TOPIC
        reasons.append(_("kennt das Thema gut"))
    if wish.district and wish.district in {district.key for district in row.districts.all()}:
        points += DISTRICT
        reasons.append(_("für diesen Stadtbezirk da"))
    if wish.membership_id == row.pk:
        reasons.append(_("wie gewünscht"))
    return points, tuple(reasons)


def _suggestions(
    slots: list[Slot], people: dict[uuid.UUID, Membership], reasons: dict[uuid.UUID, tuple[str, ...]]
) -> list[Suggestion]:
    soonest = min((slot.start for slot in slots), default=0)
    places = dict(Site.objects.filter(pk__in=[slot.site_id for slot in slots]).values_list("pk", "name"))
    found = []
    for slot in slots:
        row, why = people[slot.membership_id], reasons[slot.membership_id]
        if slot.start == soonest:
            why = (_("frühester Termin"), *why)
        place = places.get(slot.site_id, "") if slot.site_id else ""
        found.append(
            Suggestion(slot, row.user.get_full_name(), row.organisation.short_name, place, why or (_("frei"),))
        )
    return found


@dataclass(frozen=True, slots=True)
class OtherWays:
    """What else there is when a wish finds nothing soon: times with one wish dropped, and groups on the topic."""

    times: list[Alternative]
    groups: list[GroupView]


def alternatives(
    *, network: Network, now: datetime, not_before: datetime, wish: SlotWish, audience: int = Audience.INTERNAL
) -> OtherWays:
    """Return what else there is if a wish finds nothing within a week: sooner times with one wish dropped, and groups.

    A group has the topic and the language of the wish and a free place; without a topic there is none.
    """

    def best(asked: SlotWish) -> Suggestion | None:
        found = best_slots(network=network, now=now, not_before=not_before, wish=asked, audience=audience, limit=20)
        return min(found, key=lambda one: one.slot.start, default=None)

    own = best(wish)
    if own is not None and own.slot.starts_at < now + SOON:
        return OtherWays([], [])
    dropped = [
        (bool(wish.kind), replace(wish, kind=""), _("auf anderem Weg")),
        (bool(wish.gender), replace(wish, gender=""), _("bei Frau oder Mann, egal")),
        (wish.membership_id is not None, replace(wish, membership_id=None), _("bei jemand anderem")),
        (wish.site_id is not None, replace(wish, site_id=None), _("an einem anderen Ort")),
    ]
    found: list[Alternative] = []
    for has, asked, words in dropped:
        other = best(asked) if has else None
        if other is not None and (own is None or other.slot.start < own.slot.start):
            found.append(Alternative(words, other))
    groups = groups_with_places(now, topic=wish.topic, language=wish.language or "de") if wish.topic else []
    return OtherWays(found, groups)
