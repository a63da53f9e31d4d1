"""The words of consents, releases and notices: composed from texts/, in a language and a version. Pure but for files.

What is shown before saving, kept with the row, printed as receipt and as form to sign is one and the same text.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel

from tragnetz.consent.enums import DataGroup, Kind
from tragnetz.consent.shapes import LANGUAGES, Common, PurposeText, RegimeText
from tragnetz.core.days import written_day
from tragnetz.core.documents import Fault, read_document, read_item
from tragnetz.core.texts import content_language

FOLDER = Path(__file__).parent / "texts"
REGIMES = ("dsgvo", "dsgvo_dsg_nrw", "kdg", "dsg_ekd", "sgb_x")
NO_BREAK = "\u00a0"
RIGHT_TO_LEFT = frozenset({"ar"})
_ISOLATE, _END = "\u2068", "\u2069"


class TextsError(Exception):
    """Our own texts are broken: a fault of the release, never of a user."""


@dataclass(frozen=True, slots=True)
class Library:
    """All texts as read."""

    common: Common
    purposes: Mapping[str, PurposeText]
    regimes: Mapping[str, RegimeText]


class OwnText(NamedTuple):
    """A city's own words instead of a purpose's body."""

    version: str
    body: Mapping[str, str]
    machine: Collection[str]


@dataclass(frozen=True, slots=True)
class Party:
    """Who keeps the paper: the organisation that took it down, and the law that binds it."""

    name: str
    regime: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A text as it is shown: the sentence that counts, what explains it, on what it stands, and its version."""

    title: str
    sentence: str
    paragraphs: tuple[str, ...]
    statutes: tuple[str, ...]
    version: str
    language: str
    is_machine: bool

    @property
    def text(self) -> str:
        """The whole text, as it is kept with what was allowed."""
        return "\n\n".join((self.sentence, *self.paragraphs))


@cache
def library() -> Library:
    """Return our texts, read once. Raises TextsError with file, line and field where they do not fit."""
    faults: list[Fault] = []
    common = _read(FOLDER / "words.yaml", Common, faults)
    purposes = _read(FOLDER / "purposes.yaml", PurposeText, faults)
    regimes = [one for name in REGIMES for one in _read(FOLDER / f"{name}.yaml", RegimeText, faults)]
    if faults:
        raise TextsError("\n".join(str(fault) for fault in faults))
    return Library(common[0], {one.id: one for one in purposes}, {one.id: one for one in regimes})


def _read[ItemT: BaseModel](file: Path, shape: type[ItemT], faults: list[Fault]) -> list[ItemT]:
    document = read_document(file, faults)
    items = [] if document is None else document.data if isinstance(document.data, list) else [document.data]
    found = [
        read_item(document, shape, item, (number,) if isinstance(document.data, list) else (), faults)
        for number, item in enumerate(items)
        if document is not None
    ]
    return [one for one in found if one is not None]


def text_language(language: str) -> str:
    """Return the language in which our texts stand for a page's or person's language; German for all others."""
    wanted = content_language(language)
    return wanted if wanted in LANGUAGES else "de"


def word(key: str, language: str, **names: object) -> str:
    """Return one of the shared words in a language."""
    return _fill(library().common.words[key], text_language(language), names)


def long_day(day: date, language: str) -> str:
    """Return a day in words; it never breaks at a line's end."""
    spoken = text_language(language)
    locale = "de" if spoken == "simple" else spoken
    return written_day(day, locale).replace(" ", NO_BREAK)


def list_of(items: Sequence[str], language: str) -> str:
    """Return `a, b und c`."""
    if len(items) <= 1:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word('and', language)} {items[-1]}"


def group_names(groups: Iterable[str], language: str) -> str:
    """Return the names of groups in their own order."""
    chosen, names, spoken = set(groups), library().common.groups, text_language(language)
    # Names hold an "and" themselves: semicolons keep them apart.
    separator = "؛ " if spoken == "ar" else "; "
    return separator.join(_fill(names[group], spoken, {}) for group in DataGroup.values if group in chosen)


def release_wording(
    *, person: str, speakers: Sequence[str], recipient: str, topic: str, groups: Iterable[str], purpose: str,
    until: date, with_case: bool, party: Party, language: str, own: OwnText | None = None,
) -> Wording:  # fmt: skip
    """Return the text of a release from secrecy."""
    sentence = _fill(
        library().common.sentences["release_one" if len(speakers) == 1 else "release_many"],
        text_language(language),
        {
            "person": person,
            "speakers": list_of(speakers, language),
            "recipient": recipient,
            "topic": topic,
            "groups": group_names(groups, language),
            "purpose": purpose_title(purpose, language),
            "until": long_day(until, language),
        },
    )
    return _wording(Kind.RELEASE, sentence, purpose, party, language, with_case=with_case, own=own)


def consent_wording(
    *, person: str, groups: Iterable[str], recipients: Sequence[str], purpose: str, until: date, with_case: bool,
    party: Party, language: str, own: OwnText | None = None,
) -> Wording:  # fmt: skip
    """Return the text of a consent to the processing of data."""
    sentence = _fill(
        library().common.sentences["consent"],
        text_language(language),
        {
            "person": person,
            "controller": party.name,
            "groups": group_names(groups, language),
            "recipients": list_of(recipients, language) or word("nobody", language),
            "purpose": purpose_title(purpose, language),
            "until": long_day(until, language),
        },
    )
    return _wording(Kind.CONSENT, sentence, purpose, party, language, with_case=with_case, own=own)


def notice_wording(*, purpose: str, party: Party, language: str, own: OwnText | None = None) -> Wording:
    """Return the information on data protection (Art. 13 DSGVO and its like) of an organisation for a purpose."""
    texts, spoken = library(), text_language(language)
    regime = texts.regimes[party.regime]
    supervisor = _marked(regime.supervisor, spoken, to_check=regime.supervisor_checked.state == "to_check")
    names = {
        "controller": party.name,
        "purpose": purpose_title(purpose, language),
        "law": _fill(regime.law, spoken, {}),
        "supervisor": supervisor,
    }
    first, *rest = [_fill(part, spoken, names) for part in texts.common.notice]
    if own is not None:
        rest = [*rest[:1], _own_body(own, spoken), *rest[1:]]
    return Wording(
        word("notice_title", language), first, tuple(rest), statutes_of(party.regime, spoken),
        _version(f"notice-{purpose}", purpose, party.regime, own), spoken, _is_machine(spoken, purpose, regime, own),
    )  # fmt: skip


def purpose_title(purpose: str, language: str) -> str:
    """Return what something is for, in few words."""
    return _fill(library().purposes[purpose].title, text_language(language), {})


def statutes_of(regime: str, language: str) -> tuple[str, ...]:
    """Return the laws that a text stands on; what nobody has looked up says so."""
    spoken = text_language(language)
    return tuple(
        _marked(f"{one.name}: {one.says['de']}", spoken, to_check=one.checked.state == "to_check")
        for one in library().regimes[regime].statutes
    )


def _wording(
    kind: Kind, sentence: str, purpose: str, party: Party, language: str, *, with_case: bool, own: OwnText | None
) -> Wording:
    texts, spoken = library(), text_language(language)
    regime = texts.regimes[party.regime]
    clauses = texts.common.clauses
    body = _own_body(own, spoken) if own is not None else _fill(texts.purposes[purpose].body, spoken, {})
    paragraphs = [body]
    if kind == Kind.RELEASE:
        paragraphs.append(_fill(clauses["only_named"], spoken, {}))
    if with_case:
        paragraphs.append(word("end_of_case", spoken))
    paragraphs += [_fill(clauses["voluntary"], spoken, {}), _fill(clauses["withdraw"], spoken, {})]
    if regime.form_rule is not None:
        paragraphs.append(_fill(regime.form_rule, spoken, {}))
    return Wording(
        word(f"{kind}_title", language), sentence, tuple(paragraphs), statutes_of(party.regime, spoken),
        _version(purpose, purpose, party.regime, own), spoken, _is_machine(spoken, purpose, regime, own),
    )  # fmt: skip


def _own_body(own: OwnText, spoken: str) -> str:
    return own.body.get(spoken) or own.body["de"]


def _version(name: str, purpose: str, regime: str, own: OwnText | None) -> str:
    """Return all versions that a text is made of: `cooperation-1-kdg-1-words-2`, and a city's own."""
    texts = library()
    made = f"{name}-{texts.purposes[purpose].version}-{regime}-{texts.regimes[regime].version}"
    made += f"-words-{texts.common.version}"
    return f"{made}-{own.version}" if own is not None else made


def _is_machine(spoken: str, purpose: str, regime: RegimeText, own: OwnText | None) -> bool:
    texts = library()
    parts: list[Collection[str]] = [texts.common.machine, texts.purposes[purpose].machine, regime.machine]
    return any(spoken in part for part in [*parts, own.machine if own is not None else ()])


def _marked(text: str, spoken: str, *, to_check: bool) -> str:
    return f"{text} ({word('to_check', spoken)})" if to_check else text


def _fill(texts: Mapping[Any, str], spoken: str, names: Mapping[str, object]) -> str:
    """Put names into a text. A name is a value: braces in it are never read as another name.

    In a text that runs from right to left each name is isolated (Unicode, UAX 9), so that its dots stay with it.
    """
    text = texts[spoken]
    for name, value in names.items():
        if str(value).endswith("."):  # "e. V." ends a sentence by its own dot
            text = text.replace(f"{{{name}}}.", f"{{{name}}}")
    if spoken in RIGHT_TO_LEFT:
        names = {name: f"{_ISOLATE}{value}{_END}" for name, value in names.items()}
    return text.format_map(names) if names else text
