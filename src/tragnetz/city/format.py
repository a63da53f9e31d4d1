"""The shape of a city's files, checked by pydantic: unknown keys are faults, so that a misspelled one is noticed."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from tragnetz.directory.shapes import Rule
from tragnetz.eligibility.facts import clean_facts
from tragnetz.network.shapes import (
    Checked,
    Clock,
    Day,
    Hours,
    Key,
    Language,
    Oversight,
    Source,
    Strict,
    Target,
    Terms,
    Texts,
    WebAddress,
)

_LONGEST_OFFICE = 76  # of a key, with room for a number


def _facts(data: dict[str, Any]) -> dict[str, Any]:
    clean_facts(data)
    return data


def _comes_each_year(day: str) -> str:
    date.fromisoformat(f"2001-{day}")  # a year without 29 February
    return day


class Emergency(Strict):
    """A number for emergencies."""

    name: Texts
    phone: str


class ClosingDay(Strict):
    """A day of each year on which it is closed here though it is no holiday: month and day, and its German name."""

    day: Annotated[str, Field(pattern=r"^[0-9]{2}-[0-9]{2}$"), AfterValidator(_comes_each_year)]
    name: str = Field(min_length=1, max_length=60)


class Holidays(Strict):
    """Whose public holidays hold, and on which days besides places are closed (periods of law end on these)."""

    country: str = "DE"
    subdivision: str = ""
    closed: list[ClosingDay] = []


class RentLevel(Strict):
    """Mietstufe of a city: annex to § 1 (3) WoGV."""

    level: int = Field(ge=1, le=7)
    source: Source
    checked: Checked


class TalkLength(Strict):
    """How many minutes a talk of one kind takes, the first and later ones, and the rest after it."""

    kind: Literal["phone", "on_site", "home", "video"]
    first: int = Field(ge=15, le=240)
    follow: int = Field(ge=15, le=240)
    buffer: int = Field(default=0, ge=0, le=120)


class Way(Strict):
    """How many minutes it takes from one site to another, both ways."""

    between: list[Key] = Field(min_length=2, max_length=2)
    minutes: int = Field(ge=0, le=240)


class Policy(Strict):
    """What holds for all appointments; what is left out stays as the software proposes."""

    release_hours: int | None = Field(default=None, ge=0, le=720)
    notice_hours: int | None = Field(default=None, ge=0, le=336)
    horizon_days: int | None = Field(default=None, ge=1, le=180)
    hold_minutes: int | None = Field(default=None, ge=1, le=60)
    offer_hours: int | None = Field(default=None, ge=1, le=168)
    calls_per_hour: int | None = Field(default=None, ge=1, le=30)


class Booking(Strict):
    """How appointments are made here."""

    talks: list[TalkLength] = []
    ways: list[Way] = []
    policy: Policy = Policy()


class Notices(Strict):
    """What the pages of law name: who answers for the site, where barriers may be told, who helps then."""

    operator: str = ""
    email: str = ""
    accessibility_on: date | None = None
    ombuds: Oversight | None = None


class City(Strict):
    """city.yaml."""

    id: Key
    name: Texts
    city: str
    ags: str = Field(pattern=r"^\d{8}$")
    timezone: str = "Europe/Berlin"
    holidays: Holidays = Holidays()
    languages: list[Language] = Field(min_length=1)
    catalogues: list[Key] = []
    emergency: list[Emergency] = []
    rent_level: RentLevel | None = None
    booking: Booking | None = None
    notices: Notices | None = None
    source: Source | None = None


class Tile(Strict):
    """The place of an Ortsteil on a grid of tiles; each second row stands half a tile further east.

    `label` are the lines of its name on the tile, where breaking at hyphens and spaces does not do.
    """

    column: int = Field(ge=0, le=20)
    row: int = Field(ge=0, le=20)
    label: list[str] = Field(default=[], max_length=3)


class Locality(Strict):
    """An Ortsteil. The coordinates are of its middle, roughly: from there distances are told."""

    id: Key
    name: str
    map: Tile | None = None
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.latitude is None) != (self.longitude is None):
            message = "needs both latitude and longitude, or none of them"
            raise ValueError(message)
        return self


class District(Strict):
    """districts.yaml."""

    id: Key
    name: str
    localities: list[Locality] = Field(min_length=1)


class Street(Strict):
    """A row of streets.csv."""

    street: str = Field(min_length=2, max_length=120)
    from_: Annotated[int | None, Field(alias="from", ge=1)] = None
    to: Annotated[int | None, Field(ge=1)] = None
    side: Literal["all", "even", "odd"] = "all"
    locality: Key
    source: str = ""


def _spoken(texts: dict[str, str]) -> dict[str, str]:
    for language, text in texts.items():
        named = set(re.findall(r"\{[^}]*\}?", text)) - {"{web}"}
        if named:
            message = f"{language}: only {{web}} stands for something here, not {min(named)}"
            raise ValueError(message)
    return texts


# What a caller hears; `{web}` stands for the address of the public site.
Spoken = Annotated[Texts, AfterValidator(_spoken)]


class Hotline(Strict):
    """hotlines.yaml."""

    id: Key
    name: Texts
    phone: str = Field(min_length=5)
    districts: list[Key] = Field(min_length=1)
    hours: list[Hours] = Field(min_length=1)
    closed_message: Spoken | None = None
    source: Source | None = None


class Programme(Strict):
    """programmes.yaml."""

    id: Key
    name: str
    short: str
    funder: Texts
    starts: date
    ends: date
    organisations: list[Key] = Field(min_length=1)
    target: Target = Target()
    line: Key | None = None
    terms: Terms = Terms()
    budget_eur: int | None = None
    target_group: Rule | None = None
    note: Texts | None = None
    source: Source


class Topic(Strict):
    """topics.yaml."""

    id: Key
    name: Texts


class Situation(Strict):
    """situations.yaml."""

    id: Key
    name: Texts
    summary: Texts
    icon: str
    topics: list[Key] = Field(min_length=1)
    facts: Annotated[dict[str, Any], AfterValidator(_facts)] = {}
    urgent: bool = False
    services: list[Key] = []


class Household(Strict):
    """households.yaml: an invented household on which rules are tried."""

    id: Key
    name: Texts
    story: Texts
    facts: Annotated[dict[str, Any], AfterValidator(_facts)] = Field(min_length=1)


class Paper(Strict):
    """papers.yaml: given out by the offices of an authority, or by a service; by neither, where `where` says it."""

    id: Key
    name: Texts
    authority: Key | None = None
    service: Key | None = None
    where: Texts | None = None
    hint: Texts | None = None

    @model_validator(mode="after")
    def _one_issuer(self) -> Self:
        if self.authority and self.service:
            message = "needs one issuer: an authority or a service, not both"
            raise ValueError(message)
        return self


class Authority(Strict):
    """authorities.yaml."""

    id: Key
    name: Texts
    phone: str = ""
    url: WebAddress = ""


class Office(Strict):
    """offices.yaml. `id` is needed only where an organisation has several offices of one authority."""

    id: Key | None = None
    authority: Key
    organisation: Key
    site: Key | None = None
    name: Texts
    phone: str = ""
    url: WebAddress = ""
    districts: list[Key] = []
    when: Rule | None = None
    otherwise: Key | None = None
    hours: list[Hours] = []
    source: Source
    checked: Checked


class Shift(Strict):
    """Weekly times of the counsellors."""

    days: list[Day] = Field(min_length=1)
    from_: Annotated[Clock, Field(alias="from")]
    to: Clock
    kinds: list[Literal["phone", "on_site", "home", "video"]] = Field(min_length=1)


class Staff(Strict):
    """An invented member of staff, in demo.yaml."""

    id: Key
    first_name: str
    last_name: str
    email: str = Field(pattern=r"^[^@\s]+@[a-z0-9.-]+\.example$")
    organisation: Key
    roles: list[Literal["intake", "counsellor", "lead", "catalogue", "programme", "dpo", "admin"]] = Field(min_length=1)
    languages: list[str] = ["de"]
    topics: list[Key] = []
    gender: Literal["f", "m", "d"] | None = None
    districts: list[Key] = []
    site: Key | None = None


class DemoProgramme(Strict):
    """A project in demo.yaml: it began so many months ago, whatever its real days are, and lasts as long.

    Without `started_months_ago` it stays where it is. `reached`: how many people take part for each household of the
    history. `home`: the Ortsteil in which those live more often for whom the project is.
    """

    id: Key
    started_months_ago: int | None = Field(default=None, ge=1, le=120)
    reached: float = Field(default=0, ge=0, le=2)
    home: Key | None = None


class Demo(Strict):
    """demo.yaml: invented staff, the hours of its counsellors, and how much history to invent."""

    staff: list[Staff] = Field(min_length=1)
    hours: list[Shift] = Field(min_length=1)
    households: int = Field(ge=0, le=100_000)
    years: int = Field(ge=1, le=10)
    seed: int
    programmes: list[DemoProgramme] = []


def office_keys(offices: Iterable[Office]) -> Iterator[tuple[str, Office]]:
    """Yield each office with the key by which a load finds it again: its id, else authority, organisation, number."""
    times: Counter[str] = Counter()
    for item in offices:
        key = f"{item.authority}-{item.organisation}"[:_LONGEST_OFFICE]
        times[key] += 1
        yield item.id or (key if times[key] == 1 else f"{key}-{times[key]}"), item
