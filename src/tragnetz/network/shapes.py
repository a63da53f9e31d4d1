"""The shapes of what is written about a network, checked by pydantic: unknown keys are faults.

City files, imports and forms all pass through them, so that a rule about a field stands in one place.
"""

import re
from datetime import date, time
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
LANGUAGES = ("de", "simple", "en", "tr", "ar", "uk", "ru", "ro", "bg", "pl")
type Language = Literal["de", "simple", "en", "tr", "ar", "uk", "ru", "ro", "bg", "pl"]


# What our own checks find, for those who write files; `directory.reasons` says it to people.
_NO_GERMAN, _NO_WEB = "no_german", "no_web_address"
_FAULTS = {
    _NO_GERMAN: "a German text (de) is needed",
    "half_open": "needs both opens and closes, or none of them",
    "closes_before": "closes before it opens",
    "no_days": "needs days",
    "closed_since": "without times it closes the place, and then needs `from`",
    "ends_before": "ends before it starts",
    "no_rhythm": "every some weeks needs `from`, to count from",
    _NO_WEB: "is no address of a website (https://…)",
}
_IGNORED = re.compile(r"[\x00-\x20]")  # browsers leave these out of an address before they read its scheme
_OTHER_SCHEME = re.compile(r"(?!https?:)[a-z][a-z0-9+-]*:", re.IGNORECASE)


def _fault(kind: str) -> PydanticCustomError:
    return PydanticCustomError(kind, _FAULTS[kind])


def _has_german(texts: dict[str, str]) -> dict[str, str]:
    if not texts.get("de", "").strip():
        raise _fault(_NO_GERMAN)
    return texts


def leads_to_the_web(address: str) -> bool:
    """Whether an address can be a link: one that would do something else (`javascript:`, `data:`, `file:`) cannot."""
    return _OTHER_SCHEME.match(_IGNORED.sub("", address)) is None


def _web_address(value: str) -> str:
    if not leads_to_the_web(value):
        raise _fault(_NO_WEB)
    return value


def _clock(value: object) -> object:
    # YAML reads 08:00 without quotes as a number of minutes.
    return f"{value // 60:02}:{value % 60:02}" if isinstance(value, int) else value


Texts = Annotated[dict[Language, str], AfterValidator(_has_german)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Clock = Annotated[time, BeforeValidator(_clock)]
Day = Literal["mo", "tu", "we", "th", "fr", "sa", "su"]


class Strict(BaseModel):
    """A map in a file: nothing but the fields below."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


def plain(value: Any) -> Any:  # noqa: ANN401 -- any part of a shape
    """Return JSON values of a shape, without what was left out."""
    if isinstance(value, Strict):
        return value.model_dump(mode="json", exclude_none=True, by_alias=True)
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value or {}


class Source(Strict):
    """Where a statement comes from."""

    title: str = Field(min_length=1)
    url: WebAddress = ""
    on: date


class Checked(Strict):
    """Whether somebody has made sure, and when."""

    state: Literal["confirmed", "to_check"]
    on: date
    by: str = ""
    note: Texts | None = None


class Hours(Strict):
    """Opening hours, local time: each week, every `every` weeks, or on the `nth` such days of a month (-1: the last).

    `from` and `until` limit them. A row with `instead` replaces all others in its term; one without times closes the
    place in its term. On public holidays a place is closed, but for rows with `on_holidays`.
    """

    days: list[Day] = []
    opens: Clock | None = None
    closes: Clock | None = None
    from_: Annotated[date | None, Field(alias="from")] = None
    until: date | None = None
    every: int = Field(default=1, ge=1, le=52)
    nth: list[Literal[1, 2, 3, 4, 5, -1]] = []
    instead: bool = False
    on_holidays: bool = False
    note: Texts | None = None
    id: str = ""

    model_config = ConfigDict(populate_by_name=True)

    @model_validator(mode="after")
    def _complete(self) -> Self:
        fault = ""
        if (self.opens is None) != (self.closes is None):
            fault = "half_open"
        elif self.opens is not None and self.closes is not None and self.closes <= self.opens:
            fault = "closes_before"
        elif self.opens is not None and not self.days:
            fault = "no_days"
        elif self.opens is None and self.from_ is None:
            fault = "closed_since"
        elif self.from_ and self.until and self.until < self.from_:
            fault = "ends_before"
        elif self.every > 1 and self.from_ is None:
            fault = "no_rhythm"
        if fault:
            raise _fault(fault)
        return self


class Phone(Strict):
    """A number to call. `type` is the specification's word: voice, fax, text, cell, video, pager, textphone."""

    number: str = Field(min_length=2)
    type: str = ""
    extension: int | None = None
    description: str = ""
    languages: list[str] = []
    id: str = ""


class Person(Strict):
    """Somebody to ask for."""

    name: str = ""
    title: str = ""
    department: str = ""
    email: str = ""
    phones: list[Phone] = []
    id: str = ""


class Site(Strict):
    """A place of an organisation. Without `city` it lies in the network's own."""

    id: Key
    name: str
    street: str
    number: str = ""
    postcode: str = Field(default="", pattern=r"^(\d{5})?$")
    city: str = ""
    kind: Literal["physical", "postal", "virtual"] = "physical"
    locality: Key | None = None
    latitude: float | None = Field(default=None, ge=-90, le=90)
    longitude: float | None = Field(default=None, ge=-180, le=180)
    step_free: bool | None = None
    transport: Texts | None = None
    checked: Checked | None = None


class Oversight(Strict):
    """A body of the law whom one may turn to."""

    name: str = Field(min_length=2)
    url: WebAddress = ""
    email: str = ""
    phone: str = ""
    checked: Checked | None = None


class Officer(Strict):
    """Whom to ask about data protection, and who supervises; left out where it is not known."""

    name: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    authority: Oversight | None = None


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
    description: Texts | None = None
    url: WebAddress = ""
    email: str = ""
    phones: list[Phone] = []
    privacy: Officer | None = None
    source: Source | None = None
    sites: list[Site] = []


class Target(Strict):
    """What a programme is to reach, as far as known. `shared_with`: the number is for these projects together.

    `total` is a number for "persons or families"; `counts` says whether it is compared with households, of which each
    counts once, or with all persons who take part.
    """

    persons: int | None = None
    families: int | None = None
    total: int | None = None
    counts: Literal["households", "persons"] = "households"
    shared_with: list[Key] = []


class Terms(Strict):
    """What the funding decision of a programme says beyond its funding line; left out where the line's own holds.

    `indicators`: the codes it asks for (empty: all). `questions`: the keys of part 3 it asks. `yearly`: what is to be
    reached by the end of each year. `last_payment_on` starts the time of keeping. `legal_basis`: words for the
    information sheet, by purpose. `silent_weeks`: after so long without a contact one asks whether it has ended.
    `asks_people`: whoever left is asked by message how they are, by the way that they allow.
    """

    indicators: list[str] = []
    questions: list[str] = []
    bagatelle_minutes: int | None = Field(default=None, ge=0)
    yearly: dict[int, Target] = {}
    last_payment_on: date | None = None
    retention_years: int | None = Field(default=None, ge=1)
    silent_weeks: int | None = Field(default=None, ge=1)
    legal_basis: dict[Literal["counselling", "monitoring", "sensitive", "follow_up"], str] = {}
    asks_people: bool = False
