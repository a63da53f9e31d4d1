"""The shapes of the texts of consent, checked by pydantic: ours in texts/, and a city's own."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from tragnetz.network.shapes import Checked, Key, Language, Source, Strict, Texts

type Regime = Literal["dsgvo", "dsgvo_dsg_nrw", "kdg", "dsg_ekd", "sgb_x"]
type Use = Literal["consent", "release", "notice"]
PURPOSES_OF = {
    "consent": {"counselling", "special", "follow_up", "programme"},
    "release": {"cooperation", "application", "handover"},
}
LANGUAGES = ("de", "simple", "en", "tr", "ar", "uk", "ru", "ro", "bg", "pl")  # in which all of our texts stand


def _in_all(texts: dict[str, str]) -> dict[str, str]:
    missing = [language for language in LANGUAGES if not texts.get(language)]
    if missing:
        message = f"is missing in {', '.join(missing)}"
        raise ValueError(message)
    return texts


Whole = Annotated[Texts, AfterValidator(_in_all)]


class Versioned(Strict):
    """A text with its version. `machine`: languages that nobody who speaks them has checked yet."""

    version: int = Field(ge=1)
    valid_from: date
    machine: list[Language] = []


class Common(Versioned):
    """words.yaml: sentences and words that all papers share. `{names}` stand for what a paper is about."""

    sentences: dict[str, Whole]
    words: dict[str, Whole]
    clauses: dict[str, Whole]
    groups: dict[str, Whole]
    notice: list[Whole] = Field(min_length=1)


class PurposeText(Versioned):
    """purposes.yaml: what something is for, in a few words (`title`) and explained (`body`)."""

    id: str
    use: Literal["consent", "release"]
    title: Whole
    body: Whole


class Statute(Strict):
    """A law that a text stands on. What nobody has looked up is `to_check`, and shown so."""

    name: str
    says: Texts
    source: Source | None = None
    checked: Checked

    @model_validator(mode="after")
    def _sourced(self) -> Self:
        if self.checked.state == "confirmed" and self.source is None:
            message = "is confirmed, so it needs a source"
            raise ValueError(message)
        return self


class RegimeText(Versioned):
    """One file a regime: its law, who supervises, what it asks of the form, and on what that stands."""

    id: Regime
    law: Whole
    supervisor: str
    supervisor_checked: Checked
    form_rule: Whole | None = None
    statutes: list[Statute] = Field(min_length=1)


class CityText(Versioned):
    """consent_texts.yaml of a city: own words of one use and purpose, for an organisation, a regime, or all."""

    use: Use
    purpose: Literal[
        "counselling", "special", "follow_up", "programme", "outlook", "cooperation", "application", "handover"
    ]
    organisation: Key | None = None
    regime: Regime | None = None
    body: Texts
    source: Source

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.organisation and self.regime:
            message = "is either for an organisation or for a regime: the regime follows from the organisation"
            raise ValueError(message)
        if self.purpose not in PURPOSES_OF.get(self.use, PURPOSES_OF["consent"] | PURPOSES_OF["release"]):
            message = f"there is no {self.use} for the purpose {self.purpose}"
            raise ValueError(message)
        return self
