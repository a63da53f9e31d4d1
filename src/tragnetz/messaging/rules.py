"""Texts and times of messages: pure."""

from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

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


class Rendered(NamedTuple):
    """A message as it goes out."""

    subject: str
    body: str


def render(template: str, *, starts_at: datetime, zone: ZoneInfo, phone: str, code: str, language: str) -> Rendered:
    """Return a message's neutral text; a language we do not have gets German. Raises KeyError for no template."""
    known = language if language in _TEXTS else "de"
    texts = _TEXTS[known]
    local = starts_at.astimezone(zone)
    when = f"{format_date(local, 'EEEE, d. MMMM' if known == 'de' else 'EEEE, d MMMM', locale=known)}, " + format_time(
        local, "HH:mm", locale=known
    )
    return Rendered(texts["subject"], texts[template].format(when=when, phone=phone, code=code))


def next_attempt(attempts: int, now: datetime) -> datetime:
    """Return when to try again: 1, 4, 16, 64 minutes later."""
    return now + timedelta(minutes=4 ** max(attempts - 1, 0))
