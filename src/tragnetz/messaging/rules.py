"""Texts and times of messages: pure."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from tragnetz.messaging.enums import Channel

MAX_ATTEMPTS = 5
STALE = timedelta(minutes=10)  # a sender that fell over; whether its message went out nobody knows

# Neutral on purpose: whoever reads over the shoulder learns of an appointment, not of what it is about.
_TEXTS = {
    "de": {
        "booked": "Ihr Termin: {when}. Verschieben oder absagen: Telefon {phone}, Code {code}.",
        "moved": "Neuer Termin: {when}. Verschieben oder absagen: Telefon {phone}, Code {code}.",
        "reminder": "Erinnerung an Ihren Termin: {when}. Verschieben oder absagen: Telefon {phone}, Code {code}.",
        "subject": "Ihr Termin",
    },
    "en": {
        "booked": "Your appointment: {when}. To move or cancel: phone {phone}, code {code}.",
        "moved": "Your new appointment: {when}. To move or cancel: phone {phone}, code {code}.",
        "reminder": "Reminder of your appointment: {when}. To move or cancel: phone {phone}, code {code}.",
        "subject": "Your appointment",
    },
    "tr": {
        "booked": "Randevunuz: {when}. Değiştirmek veya iptal etmek için: telefon {phone}, kod {code}.",
        "moved": "Yeni randevunuz: {when}. Değiştirmek veya iptal etmek için: telefon {phone}, kod {code}.",
        "reminder": "Randevu hatırlatması: {when}. Değiştirmek veya iptal etmek için: telefon {phone}, kod {code}.",
        "subject": "Randevunuz",
    },
    "ar": {
        "booked": "موعدك: {when}. للتغيير أو الإلغاء: هاتف {phone}، الرمز {code}.",
        "moved": "موعدك الجديد: {when}. للتغيير أو الإلغاء: هاتف {phone}، الرمز {code}.",
        "reminder": "تذكير بموعدك: {when}. للتغيير أو الإلغاء: هاتف {phone}، الرمز {code}.",
        "subject": "موعدك",
    },
    "uk": {
        "booked": "Ваша зустріч: {when}. Перенести або скасувати: телефон {phone}, код {code}.",
        "moved": "Ваша нова зустріч: {when}. Перенести або скасувати: телефон {phone}, код {code}.",
        "reminder": "Нагадування про зустріч: {when}. Перенести або скасувати: телефон {phone}, код {code}.",
        "subject": "Ваша зустріч",
    },
    "ru": {
        "booked": "Ваша встреча: {when}. Перенести или отменить: телефон {phone}, код {code}.",
        "moved": "Ваша новая встреча: {when}. Перенести или отменить: телефон {phone}, код {code}.",
        "reminder": "Напоминание о встрече: {when}. Перенести или отменить: телефон {phone}, код {code}.",
        "subject": "Ваша встреча",
    },
    "pl": {
        "booked": "Twój termin: {when}. Zmiana lub odwołanie: telefon {phone}, kod {code}.",
        "moved": "Twój nowy termin: {when}. Zmiana lub odwołanie: telefon {phone}, kod {code}.",
        "reminder": "Przypomnienie o terminie: {when}. Zmiana lub odwołanie: telefon {phone}, kod {code}.",
        "subject": "Twój termin",
    },
    "ro": {
        "booked": "Programarea dvs.: {when}. Mutare sau anulare: telefon {phone}, cod {code}.",
        "moved": "Noua dvs. programare: {when}. Mutare sau anulare: telefon {phone}, cod {code}.",
        "reminder": "Vă amintim de programare: {when}. Mutare sau anulare: telefon {phone}, cod {code}.",
        "subject": "Programarea dvs.",
    },
    "bg": {
        "booked": "Вашият час: {when}. За промяна или отказ: телефон {phone}, код {code}.",
        "moved": "Вашият нов час: {when}. За промяна или отказ: телефон {phone}, код {code}.",
        "reminder": "Напомняне за Вашия час: {when}. За промяна или отказ: телефон {phone}, код {code}.",
        "subject": "Вашият час",
    },
}
TEMPLATES = frozenset(_TEXTS["de"]) - {"subject"}
# To organisations: subject and text, in German. They say what they are about.
_BUSINESS = {
    "confirm_entries": (
        "Stimmt Ihr Eintrag noch?",
        """Guten Tag,

Ihre Angebote stehen im Verzeichnis der Beratung. Stimmt noch alles? Bitte prüfen Sie es, das dauert etwa zwei Minuten.
Sie brauchen kein Konto:

{code}

Der Link gilt bis {until} und nur für die Einträge von {organisation}. Vielen Dank!""",
    ),
}


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a message is for, and by which ways that person may be reached. Only what is allowed is ever used."""

    name: str = ""
    organisation_id: uuid.UUID | None = None
    language: str = "de"
    phone: str = ""
    email: str = ""
    address: str = ""
    may_text: bool = False
    may_email: bool = False
    may_letter: bool = False
    may_call: bool = False


class Way(NamedTuple):
    """A channel and the address on it."""

    channel: Channel
    address: str


def way_to(recipient: Recipient, ways: Collection[Channel] = tuple(Channel)) -> Way | None:
    """Return the quickest of some ways by which somebody may be reached; nothing if they allowed none of them."""
    allowed = [
        (recipient.may_text, Channel.SMS, recipient.phone),
        (recipient.may_email, Channel.EMAIL, recipient.email),
        (recipient.may_letter, Channel.LETTER, recipient.address),
        (recipient.may_call, Channel.CALL, recipient.phone),
    ]
    return next(
        (Way(channel, address) for may, channel, address in allowed if may and address and channel in ways), None
    )


class Rendered(NamedTuple):
    """A message as it goes out."""

    subject: str
    body: str


def render(template: str, *, params: Mapping[str, str], zone: ZoneInfo, code: str, language: str) -> Rendered:
    """Return a message's text; a language we do not have gets German. Raises KeyError for no template.

    `params` are words of ours; `starts_at` (shown as `when`) and `until` are instants in ISO 8601.
    """
    known = language if language in _TEXTS and template not in _BUSINESS else "de"
    words = dict(params)
    if "starts_at" in params:
        words["when"] = _when(datetime.fromisoformat(params["starts_at"]).astimezone(zone), known)
    if "until" in params:
        words["until"] = format_date(datetime.fromisoformat(params["until"]).astimezone(zone), "long", locale=known)
    subject, text = _BUSINESS.get(template) or (_TEXTS[known]["subject"], _TEXTS[known][template])
    return Rendered(subject, text.format(code=code, **words))


def _when(local: datetime, language: str) -> str:
    day = format_date(local, "EEEE, d. MMMM" if language == "de" else "EEEE, d MMMM", locale=language)
    return f"{day}, {format_time(local, 'HH:mm', locale=language)}"


def next_attempt(attempts: int, now: datetime) -> datetime:
    """Return when to try again: 1, 4, 16, 64 minutes later."""
    return now + timedelta(minutes=4 ** max(attempts - 1, 0))
