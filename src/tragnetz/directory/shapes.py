"""The shapes of what is written about help, checked by pydantic."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from tragnetz.eligibility.facts import FACTS
from tragnetz.eligibility.rules import parse_rule
from tragnetz.network.shapes import Checked, Hours, Key, Language, Person, Phone, Source, Strict, Texts, WebAddress


def _benefit(key: str) -> str:
    if key not in FACTS["benefits"].values:
        raise _no_benefit(key)
    return key


def _no_benefit(key: str) -> PydanticCustomError:
    return PydanticCustomError("no_benefit", "rules know no benefit `{key}`", {"key": key})


def _rule(data: dict[str, Any]) -> dict[str, Any]:
    parse_rule(data)
    return data


Rule = Annotated[dict[str, Any], AfterValidator(_rule)]
# A benefit as rules call it.
Benefit = Annotated[str, AfterValidator(_benefit), Field(json_schema_extra={"enum": list(FACTS["benefits"].values)})]
type Status = Literal["active", "inactive", "defunct", "temporarily closed"]


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
    url: WebAddress = ""
    by_appointment: bool | None = None
    phones: list[Phone] = []
    people: list[Person] = []


class Place(Strict):
    """Where a service is given: a site, with hours and numbers of its own if they differ."""

    site: Key
    hours: list[Hours] = []
    phones: list[Phone] = []
    note: Texts | None = None
    id: str = ""


class CostOption(Strict):
    """A price, for instance for children or with a reduction card."""

    option: str = ""
    amount: float | None = Field(default=None, ge=0)
    currency: str = Field(default="EUR", pattern="^[A-Z]{3}$")
    description: str = ""
    from_: Annotated[date | None, Field(alias="from")] = None
    until: date | None = None
    id: str = ""


class Capacity(Strict):
    """Places: how many there are and how many are free, as told at an instant."""

    unit: str = Field(min_length=1)
    available: int = Field(ge=0)
    maximum: int | None = Field(default=None, ge=0)
    updated: datetime
    description: str = ""
    id: str = ""


class Waiting(Strict):
    """How long one waits at present, as told on a day; without `weeks` nobody can say."""

    weeks: int | None = Field(default=None, ge=0, le=520)
    on: date
    note: Texts | None = None


class Service(Strict):
    """services/*.yaml."""

    id: Key
    kind: Literal["benefit", "offer"]
    name: Texts
    summary: Texts
    description: Texts
    status: Status = "active"
    authority: Key | None = None
    organisation: Key | None = None
    site: Key | None = None
    places: list[Place] = []
    topics: list[Key] = Field(min_length=1)
    keywords: dict[Language, list[str]] = {}
    legal_basis: str = ""
    prerequisites: Rule | None = None
    exclusions_text: Texts | None = None
    papers: list[Key] = []
    date_rule: DateRule | None = None
    cost: Texts | None = None
    cost_options: list[CostOption] = []
    capacities: list[Capacity] = []
    waiting: Waiting | None = None
    languages: list[str] = []
    contact: Contact = Contact()
    hours: list[Hours] = []
    districts: list[Key] = []
    opens: list[Key] = []
    excludes: list[Key] = []
    gives: list[Benefit] = []
    situations: list[Key] = []
    sensitive: bool = False
    valid_from: date | None = None
    valid_until: date | None = None
    source: Source
    checked: Checked

    def all_places(self) -> list[Place]:
        """Return where it is given; `site` is short for one place."""
        return [*([Place(site=self.site)] if self.site else []), *self.places]
