"""A letter as it is drafted, and the sheet that comes of it: pure. Page, PDF and Word file show the same sheet."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal
from django.utils.translation import gettext as _

from tragnetz.casework.enums import LetterSender
from tragnetz.casework.letters.book import REFERENCE, LetterField, LetterKind
from tragnetz.casework.letters.wording import Block, Wording, fill, fill_line
from tragnetz.core.amounts import read_amount

SALUTATION = "Sehr geehrte Damen und Herren,"
CLOSING = "Mit freundlichen Grüßen"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What an organisation shows of itself, and who of it writes."""

    organisation: str = ""
    network: str = ""
    lines: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    counsellor: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """All that somebody can change in a letter. `values` are as they were typed, a day as ISO 8601.

    `without_address` leaves the person's address out on purpose: nobody shall find them.
    """

    sender: str
    on: str
    name: str = ""
    address: str = ""
    without_address: bool = False
    to: str = ""
    salutation: str = SALUTATION
    values: Mapping[str, str] = field(default_factory=dict)
    subject: str = ""
    text: str = ""
    enclosures: tuple[str, ...] = ()

    @property
    def recipient(self) -> str:
        """Whom it is for, in a line."""
        return next(iter(self.to.splitlines()), "")

    def as_json(self) -> str:
        """Return the draft as it is kept."""
        return json.dumps(asdict(self), ensure_ascii=False)

    def of_day(self, on: date) -> "Draft":
        """Return the same letter with another date."""
        return replace(self, on=on.isoformat())


def draft_of(kept: str) -> Draft:
    """Return a draft from what was kept."""
    raw = json.loads(kept)
    return Draft(**{**raw, "enclosures": tuple(raw["enclosures"])})


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter as it is read. `head` is the sender above it, `missing` names what is still to be said."""

    title: str
    head: tuple[str, ...]
    network: str
    sender_line: str
    to: tuple[str, ...]
    info: tuple[tuple[str, str], ...]
    subject: str
    salutation: str
    blocks: tuple[Block, ...]
    closing: str
    signature: tuple[str, ...]
    enclosures: tuple[str, ...]
    missing: tuple[str, ...] = ()

    @property
    def lines(self) -> list[str]:
        """All of its words in the order in which one reads them."""
        parts = [line for block in self.blocks for line in block.lines]
        enclosures = [_("Anlagen"), *self.enclosures] if self.enclosures else []
        whole = [*self.to, self.subject, self.salutation, *parts, self.closing, *self.signature, *enclosures]
        return [line for text in whole for line in text.splitlines() if line]


def sheet_of(draft: Draft, kind: LetterKind, head: Letterhead) -> Sheet:
    """Return the sheet of a draft."""
    on = format_date(date.fromisoformat(draft.on), "long", locale="de")
    own = draft.sender == LetterSender.PERSON
    values = {one.key: shown(one, draft.values.get(one.key, "")) for one in kind.fields}
    values |= {"name": draft.name, "organisation": head.organisation, "beratung": head.counsellor, "datum": on}
    address = () if draft.without_address else tuple(draft.address.splitlines())
    lines = (draft.name, *address) if own else (head.organisation, *head.lines)
    reference = values.get(REFERENCE, "")
    office = () if own else (("Auskunft", head.counsellor), ("Telefon", head.phone), ("E-Mail", head.email))
    info = (("Ihr Zeichen", reference), *office, ("Datum", on))
    return Sheet(
        title=kind.name,
        head=tuple(line for line in lines if line),
        network="" if own else head.network,
        sender_line=" · ".join(line for line in lines if line) if draft.to else "",
        to=tuple(draft.to.splitlines()),
        info=tuple((label, value) for label, value in info if value),
        subject=fill_line(draft.subject, values, kind.placeholders),
        salutation="" if kind.sheet else draft.salutation,
        blocks=tuple(fill(draft.text, values, kind.placeholders)),
        closing="" if kind.sheet else CLOSING,
        signature=(draft.name,) if own else tuple(filter(None, (head.counsellor, head.organisation))),
        enclosures=draft.enclosures,
        missing=tuple(missing(draft, kind)),
    )


def missing(draft: Draft, kind: LetterKind) -> list[str]:
    """Return what must be said before the letter can leave."""
    found = []
    if not draft.name:
        found.append(_("Name der Person"))
    if draft.sender == LetterSender.PERSON and not draft.address and not draft.without_address:
        found.append(_("Anschrift der Person"))
    if not draft.to and not kind.sheet:
        found.append(_("Empfänger"))
    found += [one.label for one in kind.fields if one.required and not draft.values.get(one.key, "").strip()]
    if kind.enclosures == "required" and not draft.enclosures:
        found.append(_("Anlagen"))
    return found


def shown(asked: LetterField, typed: str) -> str:
    """Return a value as it stands in the letter: a day and an amount in words."""
    if not typed:
        return ""
    if asked.kind == "day":
        return str(format_date(date.fromisoformat(typed), "long", locale="de"))
    amount = amount_of(typed) if asked.kind == "money" else None
    return typed if amount is None else f"{format_decimal(amount, '#,##0.00', locale='de')} Euro"


def amount_of(typed: str) -> Decimal | None:
    """Return an amount in Euro that a letter may name, or nothing if it is none."""
    amount = read_amount(typed)
    return amount if amount is not None and 0 < amount < 10_000_000 else None  # noqa: PLR2004 -- no such letter


def example_of(kind: LetterKind, sender: str, wording: Wording) -> Draft:
    """Return a draft with invented data, for whoever writes the words of a kind."""
    return Draft(
        sender, "2026-11-24", name="Maria Muster", address="Beispielweg 3\n44623 Herne",
        to="" if kind.sheet else "Beispielamt\nMusterstraße 1\n44621 Herne", subject=wording.subject, text=wording.text,
        values={one.key: one.example for one in kind.fields},
        enclosures=("Kopie des Schreibens",) if kind.enclosures == "required" else (),
    )  # fmt: skip
