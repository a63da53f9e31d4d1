"""Who knocked at the one front door, and who was helped without taking part in a project: of the whole network.

Short counselling up to the limit of a project (Bagatelle) is no participation; it is help all the same. All figures
are sums of tallies: how many of a name, by month, organisation, district and topic.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, Sum
from django.db.models.functions import TruncMonth

from tragnetz.appointments.enums import Urgency
from tragnetz.casework.enums import ContactKind, Interpreting, Level, Outcome
from tragnetz.casework.models import Case, CaseContact, Enquiry
from tragnetz.network.models import Network
from tragnetz.reporting.reach.cells import Place, Wanted

ENQUIRIES, INFORMATION, URGENT, TALKS, INTERPRETED = "enquiries", "information", "urgent", "talks", "interpreted"
CHANNEL, LANGUAGE, LOCALITY = "channel:", "language:", "locality:"  # and the code
WITHIN, ABOVE = "within:", "above:"  # and a limit in minutes


@dataclass(frozen=True, slots=True)
class Tallies:
    """How many of each name, at one place and time."""

    place: Place
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Door:
    """Enquiries (only to know something, urgent; how, in what language, from where), talks, and short help.

    Short help are households with talks that take part in no project: within the limit, and above it.
    """

    enquiries: int
    information: int
    urgent: int
    talks: int
    interpreted: int
    within: int
    above: int
    channels: Mapping[str, int]
    languages: Mapping[str, int]
    localities: Mapping[uuid.UUID, int]


def door_of(tallies: Iterable[Tallies], wanted: Wanted, *, limit: int) -> Door:
    """Return who asked and who was helped, as wanted; `limit` is one of those that were tallied. Pure."""
    sums: Counter[str] = Counter()
    for one in tallies:
        if wanted.takes_place(one.place):
            sums.update(one.numbers)
    return Door(
        sums[ENQUIRIES], sums[INFORMATION], sums[URGENT], sums[TALKS], sums[INTERPRETED],
        sums[f"{WITHIN}{limit}"], sums[f"{ABOVE}{limit}"],
        _after(CHANNEL, sums), _after(LANGUAGE, sums),
        {uuid.UUID(code): number for code, number in _after(LOCALITY, sums).items()},
    )  # fmt: skip


def _after(start: str, sums: Mapping[str, int]) -> dict[str, int]:
    return {name.removeprefix(start): number for name, number in sums.items() if name.startswith(start)}


def tallies_of(network: Network, limits: Iterable[int]) -> list[Tallies]:
    """Return all tallies of a network, in three queries; short help for each limit, by minutes of talks up to today."""
    found: dict[Place, Counter[str]] = defaultdict(Counter)
    _tally_enquiries(network, found)
    _tally_talks(found)
    _tally_short_help(found, list(limits))
    return [Tallies(place, numbers) for place, numbers in found.items()]


def _tally_enquiries(network: Network, found: dict[Place, Counter[str]]) -> None:
    rows = (
        Enquiry.objects.order_by()
        .annotate(month=TruncMonth("created_at", tzinfo=network.zone))
        .values_list(
            "month", "organisation", "district", "topic", "channel", "language", "locality", "urgency", "outcome"
        )
        .annotate(number=Count("pk"))
    )
    for month, organisation, district, topic, channel, language, locality, urgency, outcome, number in rows:
        numbers = found[Place(_day(month), organisation, district, topic)]
        numbers[ENQUIRIES] += number
        numbers[f"{CHANNEL}{channel}"] += number
        numbers[f"{LANGUAGE}{language}"] += number
        if locality is not None:
            numbers[f"{LOCALITY}{locality}"] += number
        if urgency == Urgency.TODAY:
            numbers[URGENT] += number
        if outcome == Outcome.INFORMATION:
            numbers[INFORMATION] += number


def _tally_talks(found: dict[Place, Counter[str]]) -> None:
    rows = (
        CaseContact.objects.exclude(kind=ContactKind.ALONE)
        .order_by()
        .annotate(month=TruncMonth("held_on"))
        .values_list("month", "case__organisation", "case__enquiry__district", "case__topic")
        .annotate(number=Count("pk"), interpreted=Count("pk", filter=~Q(interpreting=Interpreting.NONE)))
    )
    for *place, number, interpreted in rows:
        found[Place(*place)].update({TALKS: number, INTERPRETED: interpreted})


def _tally_short_help(found: dict[Place, Counter[str]], limits: list[int]) -> None:
    cases = Case.objects.filter(level=Level.SHORT, merged_into=None, participations=None)
    rows = (
        cases.order_by()
        .annotate(minutes=Sum("contacts__minutes", filter=~Q(contacts__kind=ContactKind.ALONE)))
        .filter(minutes__gt=0)
        .values_list("opened_on", "organisation", "minutes", "topic", "enquiry__district")
    )
    for opened_on, organisation, minutes, topic, district in rows:
        numbers = found[Place(opened_on.replace(day=1), organisation, district, topic)]
        for limit in limits:
            numbers[f"{WITHIN if minutes <= limit else ABOVE}{limit}"] += 1


def _day(month: datetime | date) -> date:
    return month.date() if isinstance(month, datetime) else month
