"""The shape of a city's files, checked by pydantic: unknown keys are faults, so that a misspelled one is noticed."""

from datetime import date, time
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from tragnetz.eligibility.facts import clean_facts
from tragnetz.eligibility.rules import parse_rule

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
LANGUAGES = ("de", "simple", "en", "tr", "ar", "uk", "ru", "ro", "bg", "pl")
type Language = Literal["de", "simple", "en", "tr", "ar", "uk", "ru", "ro", "bg", "pl"]


def _has_german(texts: dict[str, str]) -> dict[str, str]:
    if not texts.get("de", "").strip():
        message = "a German text (de) is needed"
        raise ValueError(message)
    return texts


def _rule(data: dict[str, Any]) -> dict[str, Any]:
    parse_rule(data)
    return data


def _facts(data: dict[str, Any]) -> dict[str, Any]:
    clean_facts(data)
    return data


def _clock(value: object) -> object:
    # YAML reads 08:00 without quotes as a number of minutes.
    return f"{value // 60:02}:{value % 60:02}" if isinstance(value, int) else value


Texts = Annotated[dict[Language, str], AfterValidator(_has_german)]
Rule = Annotated[dict[str, Any], AfterValidator(_rule)]
Clock = Annotated[time, BeforeValidator(_clock)]
Day = Literal["mo", "tu", "we", "th", "fr", "sa", "su"]


class Strict(BaseModel):
    """A map in a file: nothing but the fields below."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Source(Strict):
    """Where a statement comes from."""

    title: str = Field(min_length=1)
    url: str = ""
    on: date


class Checked(Strict):
    """Whether somebody has made sure, and when."""

    state: Literal["confirmed", "to_check"]
    on: date
    by: str = ""
    note: Texts | None = None


class Hours(Strict):
    """Weekly opening hours, local time."""

    days: list[Day] = Field(min_length=1)
    opens: Clock
    closes: Clock


class Emergency(Strict):
    """A number for emergencies."""

    name: Texts
    phone: str


class Holidays(Strict):
    """Whose public holidays hold."""

    country: str = "DE"
    subdivision: str = ""


class RentLevel(Strict):
    """Mietstufe of a city: annex to § 1 (3) WoGV."""

    level: int = Field(ge=1, le=7)
    source: Source
    checked: Checked


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
    source: Source | None = None


class Locality(Strict):
    """An Ortsteil."""

    id: Key
    name: str


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


class Site(Strict):
    """A place of an organisation."""

    id: Key
    name: str
    street: str
    number: str = ""
    postcode: str = Field(default="", pattern=r"^(\d{5})?$")
    locality: Key | None = None
    step_free: bool | None = None
    checked: Checked | None = None


class Organisation(Strict):
    """organisations.yaml."""

    id: Key
    name: str
    short: str
    kind: Literal[
        "municipality", "municipal_company", "welfare", "church", "agency", "court", "insurer", "association", "other"
    ]
    member: bool = False
    regime: Literal["dsgvo", "dsgvo_dsg_nrw", "kdg", "dsg_ekd", "sgb_x"]
    url: str = ""
    source: Source | None = None
    sites: list[Site] = []


class Hotline(Strict):
    """hotlines.yaml."""

    id: Key
    name: Texts
    phone: str = Field(min_length=5)
    districts: list[Key] = Field(min_length=1)
    hours: list[Hours] = Field(min_length=1)
    source: Source | None = None


class Target(Strict):
    """What a programme is to reach; left out where unknown."""

    persons: int | None = None
    families: int | None = None
    total: int | None = None


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


class Paper(Strict):
    """papers.yaml."""

    id: Key
    name: Texts
    where: Texts | None = None
    hint: Texts | None = None


class Authority(Strict):
    """authorities.yaml."""

    id: Key
    name: Texts
    phone: str = ""
    url: str = ""


class Office(Strict):
    """offices.yaml."""

    authority: Key
    organisation: Key
    site: Key | None = None
    name: Texts
    phone: str = ""
    url: str = ""
    districts: list[Key] = []
    when: Rule | None = None
    hours: list[Hours] = []
    source: Source
    checked: Checked


class DateRule(Strict):
    """What date not to miss."""

    kind: Literal["month_of_claim", "before_cost", "within", "any_time"]
    months: int | None = None
    days: int | None = None
    text: Texts


class Contact(Strict):
    """How a service is reached."""

    phone: str = ""
    email: str = ""
    url: str = ""
    by_appointment: bool | None = None


class Service(Strict):
    """services/*.yaml."""

    id: Key
    kind: Literal["benefit", "offer"]
    name: Texts
    summary: Texts
    description: Texts
    authority: Key | None = None
    organisation: Key | None = None
    site: Key | None = None
    topics: list[Key] = Field(min_length=1)
    keywords: dict[Language, list[str]] = {}
    legal_basis: str = ""
    prerequisites: Rule | None = None
    exclusions_text: Texts | None = None
    papers: list[Key] = []
    date_rule: DateRule | None = None
    cost: Texts | None = None
    languages: list[str] = []
    contact: Contact = Contact()
    hours: list[Hours] = []
    districts: list[Key] = []
    opens: list[Key] = []
    excludes: list[Key] = []
    situations: list[Key] = []
    sensitive: bool = False
    valid_from: date | None = None
    valid_until: date | None = None
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


class Demo(Strict):
    """demo.yaml: invented staff, the hours of its counsellors, and how much history to invent."""

    staff: list[Staff] = Field(min_length=1)
    hours: list[Shift] = Field(min_length=1)
    households: int = Field(ge=0, le=100_000)
    years: int = Field(ge=1, le=10)
    seed: int
