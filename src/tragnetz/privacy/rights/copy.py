"""The copy of all data on one person (Art. 15 Abs. 1, 3 DSGVO), and what the person gave, to take along (Art. 20).

Passages about others are blacked out before anything leaves the house; what was not looked through is not handed out.
"""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from babel.dates import format_date
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from tragnetz.core.texts import choose
from tragnetz.messaging.enums import Channel
from tragnetz.messaging.models import Message
from tragnetz.network.models import Network, NetworkModel, Organisation, Programme
from tragnetz.printing.pdf import render_pdf
from tragnetz.privacy.enums import Source
from tragnetz.privacy.kinds import BY_KEY, KINDS, Kind
from tragnetz.privacy.models import Request
from tragnetz.privacy.retention.queries import periods_of
from tragnetz.privacy.retention.rules import CLASSES
from tragnetz.privacy.rights.rules import BLACK, blacken, in_order, passages
from tragnetz.privacy.subjects import (
    Subject,
    joined,
    other_names,
    subject_of_case,
    subject_of_contact,
    subject_of_person,
)
from tragnetz.privacy.trail import Entry, entries_about
from tragnetz.privacy.words import field_name, machine, readable, text_of
from tragnetz.referrals.channel import open_channel
from tragnetz.vault.sealing import keys_for

FORMAT = "tragnetz-copy-1"


def subject_of(request: Request) -> Subject | None:
    """Return whose data a request is about; nothing when they are gone."""
    if request.person is not None:
        first = subject_of_person(request.person)
    elif request.case is not None:
        first = subject_of_case(request.case)
    elif request.contact is not None:
        first = subject_of_contact(request.contact)
    else:
        return None
    return joined([first, *(subject_of_contact(contact) for contact in request.also.all())])


@dataclass(frozen=True, slots=True)
class Text:
    """A passage to look through: where it stands, what it says, names of others in it, whether it is blacked out."""

    kind: Kind
    object_id: UUID
    field: str
    text: str
    names: tuple[str, ...]
    digest: str
    black: bool

    @property
    def value(self) -> str:
        """What a tick on the page sends."""
        return f"{self.kind.key}:{self.object_id}:{self.field}:{self.digest}"


@dataclass(frozen=True, slots=True)
class TextGroup:
    """The passages of one text, with a heading."""

    label: str
    texts: tuple[Text, ...]


def digest_of(request: Request, text: str) -> str:
    """Return the keyed fingerprint of a passage: nobody finds it by trying texts, and each request has its own."""
    key = keys_for("privacy-redaction")[-1]
    return hmac.new(key, request.pk.bytes + text.encode(), hashlib.sha256).hexdigest()


def texts_to_review(request: Request, subject: Subject) -> list[TextGroup]:
    """Return all passages that may speak of others, in the order of the copy."""
    black = {(row.kind, row.object_id, row.field, row.digest) for row in request.redactions.all()}
    others = other_names(subject)
    open_channel(BY_KEY["referral"].rows(subject))  # what both sides of a referral wrote has keys of its own
    groups = []
    for kind in KINDS:
        for row in kind.told(subject) if kind.texts else ():
            for name in kind.texts:
                found = []
                for passage in passages(text_of(row, name), others):
                    mark = digest_of(request, passage.text)
                    is_black = (kind.key, row.pk, name, mark) in black
                    found.append(Text(kind, row.pk, name, passage.text, passage.names, mark, is_black))
                if found:
                    groups.append(TextGroup(f"{kind.label}: {field_name(name)}", tuple(found)))
    return groups


def fingerprint(groups: list[TextGroup]) -> str:
    """Return the fingerprint of all that is to be looked through: another one as soon as a text changes."""
    whole = in_order([text.value for group in groups for text in group.texts])
    return hashlib.sha256(whole.encode()).hexdigest()


def is_reviewed(request: Request, groups: list[TextGroup]) -> bool:
    """Whether the texts were looked through as they are now."""
    return bool(request.reviewed) and request.reviewed == fingerprint(groups)


@dataclass(frozen=True, slots=True)
class Value:
    """A field of a row: for people and for machines."""

    name: str
    label: str
    text: str
    raw: Any


@dataclass(frozen=True, slots=True)
class Section:
    """All rows of one kind."""

    kind: Kind
    label: str
    basis: str
    retention: str
    source: str
    rows: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Copy:
    """All that is known of one person, and what Art. 15 says must be told with it."""

    name: str
    network: str
    organisation: Organisation
    on: date
    sections: tuple[Section, ...]
    recipients: tuple[str, ...]
    disclosures: tuple[Entry, ...]


def make_copy(request: Request, subject: Subject, network: Network, on: date) -> Copy:
    """Return the copy of a person's data with passages about others blacked out. In German: so are the data."""
    with override("de"):
        black: Mapping[tuple[str, UUID, str], set[str]] = _black(request, subject)
        periods = periods_of(request.organisation_id)
        sections = []
        for kind in KINDS:
            rows = tuple(
                values
                for row in (kind.told(subject) if kind.fields else ())
                if (values := _values(kind, row, network, black, kind.fields))
            )
            if rows:
                kept = CLASSES[kind.retention]
                months = periods[kind.retention].months
                sections.append(
                    Section(
                        kind=kind, label=str(kind.label), basis=str(kind.basis),
                        retention=_period(months, kept.days, str(kept.start), year_end=kept.year_end),
                        source=str(Source(kind.source).label), rows=rows,
                    )
                )  # fmt: skip
        return Copy(
            name=_name(request, subject), network=choose(network.name, "de").text, organisation=request.organisation,
            on=on, sections=tuple(reversed(sections)), recipients=tuple(_recipients(request, subject)),
            disclosures=tuple(entries_about(subject)),
        )  # fmt: skip


def _black(request: Request, subject: Subject) -> Mapping[tuple[str, UUID, str], set[str]]:
    found: dict[tuple[str, UUID, str], set[str]] = defaultdict(set)
    for group in texts_to_review(request, subject):
        for text in group.texts:
            if text.black:
                found[text.kind.key, text.object_id, text.field].add(text.text)
    return found


def _values(
    kind: Kind,
    row: NetworkModel,
    network: Network,
    black: Mapping[tuple[str, UUID, str], set[str]],
    fields: tuple[str, ...],
) -> tuple[Value, ...]:
    found = []
    for name in fields:
        text, raw = readable(row, name, network), machine(row, name)
        if name in kind.texts:
            hidden = black.get((kind.key, row.pk, name), set())
            text = raw = blacken(text, hidden)
        if text:
            found.append(Value(name, field_name(name), text, raw))
    return tuple(found)


def _period(months: int, days: int, start: str, *, year_end: bool) -> str:
    if days:
        return _("%(days)s Tage ab: %(start)s") % {"days": days, "start": start}
    words = {"months": months, "start": start}
    if year_end:
        return _("%(months)s Monate ab Ende des Jahres, in dem das war: %(start)s") % words
    return ngettext("%(months)s Monat ab: %(start)s", "%(months)s Monate ab: %(start)s", months) % words


def _name(request: Request, subject: Subject) -> str:
    if request.person is not None:
        return str(request.person.name)
    contact = BY_KEY["contact"].rows(subject).first()
    person = BY_KEY["person"].model.objects.filter(pk__in=subject.people).first()
    return str(getattr(contact, "name", "") or getattr(person, "name", ""))


def _recipients(request: Request, subject: Subject) -> list[str]:
    """Return who received data, or may: one's own organisation, others that looked, carriers of messages, funders."""
    found = {request.organisation.name: _("führt die Akte und ist dafür verantwortlich")}
    for entry in entries_about(subject):
        organisation = entry.who.rpartition(", ")[2]
        if ", " in entry.who and organisation not in found:
            found[organisation] = _("hat Daten gelesen oder bearbeitet; wann, steht unten")
    channels = set(
        Message.objects.filter(params__person__in=[str(key) for key in subject.contacts]).values_list(
            "channel", flat=True
        )
    )
    if channels & {Channel.SMS, Channel.EMAIL}:
        found[_("Dienst für SMS oder E-Mail")] = _(
            "hat Nachrichten mit Zeit und Code befördert, ohne Inhalt der Beratung"
        )
    for programme in Programme.objects.filter(pk__in=BY_KEY["case"].rows(subject).values("programme")).distinct():
        found[choose(programme.funder, "de").text] = _("bekommt den Nachweis der Teilnahme ohne Namen (zu prüfen)")
    return [f"{name}: {why}" for name, why in found.items()]


def copy_json(made: Copy) -> dict[str, Any]:
    """Return the copy as data: each row for machines (`rows`), and as the paper says it (`words`); no id of ours."""
    return {
        "format": FORMAT,
        "name": made.name,
        "controller": {"name": made.organisation.name, "email": made.organisation.email, "url": made.organisation.url},
        "date": made.on.isoformat(),
        "recipients": list(made.recipients),
        "data": [
            {
                "kind": section.kind.key, "label": section.label, "legal_basis": section.basis,
                "retention": section.retention, "source": section.source,
                "rows": [{value.name: value.raw for value in row} for row in section.rows],
                "words": [{value.label: value.text for value in row} for row in section.rows],
            }
            for section in made.sections
        ],
        "disclosures": [
            {"at": entry.at.isoformat(timespec="seconds"), "who": entry.who, "what": entry.what}
            for entry in made.disclosures
        ],
    }  # fmt: skip


def _own_rows(kind: Kind, subject: Subject) -> QuerySet[Any]:
    """Return rows to take along: of those who live with somebody nothing (Art. 20 Abs. 4)."""
    rows = kind.told(subject)
    return rows.filter(pk__in=subject.people) if kind.key == "person" else rows


def given_json(request: Request, subject: Subject, network: Network, on: date) -> dict[str, Any]:
    """Return what the person gave, to take along to another service (Art. 20): structured, nothing we wrote of them."""
    with override("de"):
        data = []
        for kind in reversed(KINDS):
            rows = [
                {value.name: value.raw for value in values}
                for row in (_own_rows(kind, subject) if kind.given else ())
                if (values := _values(kind, row, network, {}, kind.given))
            ]
            if rows:
                data.append({"kind": kind.key, "label": str(kind.label), "rows": rows})
        return {
            "format": FORMAT, "name": _name(request, subject), "controller": {"name": request.organisation.name},
            "date": on.isoformat(), "data": data,
        }  # fmt: skip


def copy_pdf(made: Copy, network: Network) -> bytes:
    """Return the copy to read and to hand over, as an accessible PDF."""
    with override("de"):
        data = {
            "title": _("Ihre Daten bei uns"),
            "network": made.network,
            "name": made.name,
            "date": format_date(made.on, "long", locale="de"),
            "black": BLACK,
            "intro": [
                _(
                    "Sie haben um Auskunft gebeten (Art. 15 DSGVO). Hier steht alles, was %(organisation)s über Sie "
                    "gespeichert hat, woher es kommt, wozu wir es brauchen und wie lange wir es behalten."
                )
                % {"organisation": made.organisation.name},
                _("Geschwärzt ist nur, was andere Personen betrifft (Art. 15 Abs. 4 DSGVO)."),
            ],
            "labels": {
                "black": _("geschwärzt"),
                "basis": _("Grundlage"), "retention": _("Wir behalten es"), "source": _("Woher"),
                "recipients": _("Wer Daten bekommen hat oder bekommen kann"),
                "disclosures": _("Wer wann was gelesen oder geändert hat"), "when": _("Wann"), "who": _("Wer"),
                "what": _("Was"), "rights": _("Ihre Rechte"), "none": _("Nichts aufgezeichnet."),
            },
            "sections": [
                {
                    "label": section.label, "basis": section.basis, "retention": section.retention,
                    "source": section.source,
                    "rows": [[[value.label, value.text] for value in row] for row in section.rows],
                }
                for section in made.sections
            ],
            "recipients": list(made.recipients),
            "disclosures": [
                [f"{entry.at.astimezone(network.zone):%d.%m.%Y %H:%M}", entry.who, entry.what]
                for entry in made.disclosures
            ],
            "rights": rights_told(),
        }  # fmt: skip
        return render_pdf("copy", data, language="de")


def rights_told() -> list[str]:
    """Return what must be said with a copy (Art. 15 Abs. 1 e, f, h DSGVO)."""
    return [
        _("Sie können verlangen, dass wir falsche Daten berichtigen (Art. 16)."),
        _("Sie können verlangen, dass wir Daten löschen (Art. 17) oder nur noch aufbewahren (Art. 18)."),
        _("Sie können mitnehmen, was Sie uns selbst gegeben haben (Art. 20)."),
        _("Sie können widersprechen (Art. 21) und eine Einwilligung jederzeit widerrufen."),
        _(
            "Sie können sich bei einer Aufsicht beschweren. Für Stellen in Nordrhein-Westfalen ist das die "
            "Landesbeauftragte für Datenschutz und Informationsfreiheit. Kirchen haben eine eigene (zu prüfen)."
        ),
        _("Kein Programm entscheidet über Sie. Berechnungen sind Schätzungen; es entscheidet das Amt."),
        _("Gespeichert ist außerdem, wer wann was gelesen hat. Auch das steht in dieser Kopie."),
    ]


def trail_pdf(number: str, entries: list[Entry], network: Network, organisation: Organisation, on: date) -> bytes:
    """Return who read and changed a record, to hand to the person."""
    with override("de"):
        data = {
            "title": _("Wer hat meine Akte gelesen?"),
            "network": choose(network.name, "de").text,
            "date": format_date(on, "long", locale="de"),
            "intro": _("Akte %(number)s (%(organisation)s). Das Neueste steht oben.")
            % {"number": number, "organisation": organisation.name},
            "labels": {"when": _("Wann"), "who": _("Wer"), "what": _("Was"), "none": _("Nichts aufgezeichnet.")},
            "rows": [
                [f"{entry.at.astimezone(network.zone):%d.%m.%Y %H:%M}", entry.who, entry.what] for entry in entries
            ],
            "note": _(
                "Statt der Namen stehen hier Aufgabe und Organisation. Ob auch Namen genannt werden müssen, ist im "
                "Einzelfall zu prüfen. Fragen Sie uns, wenn Sie mehr wissen wollen."
            ),
        }
        return render_pdf("trail", data, language="de")
