"""Texts, ways and times of messages: pure."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from string import Formatter
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from tragnetz.messaging.enums import Channel, Template
from tragnetz.messaging.texts import business, languages, sentences

MAX_ATTEMPTS = 5
MAX_CALLS = 3
CALL_AGAIN = timedelta(hours=2)
CLAIM_LASTS = timedelta(minutes=15)  # so long a call belongs to whoever said "I call"
LETTER_TAKES = timedelta(days=3)  # a letter that would arrive later than what it tells is not written
STALE = timedelta(minutes=10)  # a sender that fell over; whether its message went out nobody knows
TAKEN_BACK = datetime(2000, 1, 1, tzinfo=UTC)  # the end of what was taken back while it was under way
KEPT = timedelta(days=30)  # after that nobody can read to whom a message went

# Which sentences follow that of a template.
FOLLOWED_BY: Mapping[str, tuple[str, ...]] = {
    "booked": ("change", "code", "online"),
    "moved": ("change", "code", "online"),
    "reminder": ("change", "code", "online"),
    "cancelled": ("again",),
    "proposal": ("answer", "agree", "code", "online"),
    "waiting_kept": ("ask", "code", "online"),
    "waiting_offer": ("answer", "agree", "code", "online"),
    "group_registered": ("leave", "code", "online"),
    "group_waiting": ("ask", "code", "online"),
    "group_moved_up": ("leave", "code", "online"),
    "group_cancelled": ("ask",),
    "group_reminder": ("leave", "code", "online"),
    "own_message": ("ask",),
    "deadline": ("ask",),
    "helped_ask": ("online", "ask"),
    "after_ask": ("online", "ask"),
    "after_again": ("online", "ask"),
    "outlook": ("agree",),
}
TEMPLATES = frozenset(FOLLOWED_BY)
_OPENED_BY_LINK = frozenset({Template.PROPOSAL, Template.WAITING_OFFER})  # their link is a secret of its own
MOST_SEGMENTS = 3
# The person was told a moment ago, on the page or on the phone: nobody calls for that.
JUST_TOLD = frozenset(
    {Template.BOOKED, Template.WAITING_KEPT, Template.GROUP_REGISTERED, Template.GROUP_WAITING}
)  # fmt: skip
_QUESTIONS = frozenset({Template.HELPED_ASK, Template.AFTER_ASK, Template.AFTER_AGAIN})  # they tell of no appointment
_RIGHT_TO_LEFT = {"ar"}
_MARK = "\u200e"  # left-to-right mark: keeps the groups of a number in their order inside Arabic text
_TURNED = ("phone", "code", "link")


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a message is for, and by which ways that person may be reached. Only what is allowed is ever used.

    `person_id` is the row in which the ways stand: when they change, what waits takes another way.
    """

    name: str = ""
    organisation_id: uuid.UUID | None = None
    person_id: uuid.UUID | None = None
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


def way_to(
    recipient: Recipient,
    ways: Collection[str] = tuple(Channel),
    *,
    due_at: datetime | None = None,
    expires_at: datetime | None = None,
) -> Way | None:
    """Return the quickest of some ways by which somebody may be reached; nothing if they allowed none of them.

    A letter that would come later than what it tells of is no way.
    """
    in_time = due_at is None or expires_at is None or expires_at - due_at >= LETTER_TAKES
    allowed = [
        (recipient.may_text, Channel.SMS, recipient.phone),
        (recipient.may_email, Channel.EMAIL, recipient.email),
        (recipient.may_letter and in_time, Channel.LETTER, recipient.address),
        (recipient.may_call, Channel.CALL, recipient.phone),
    ]
    return next(
        (Way(channel, address) for may, channel, address in allowed if may and address and channel in ways), None
    )


def ends_at(params: Mapping[str, Any]) -> datetime | None:
    """Return when a message makes no sense any more: at what it tells of, or when no answer counts any longer."""
    ends = [datetime.fromisoformat(params[name]) for name in ("starts_at", "until") if params.get(name)]
    return min(ends, default=None)


class Rendered(NamedTuple):
    """A message as it goes out."""

    subject: str
    body: str


def render(
    template: str,
    *,
    params: Mapping[str, str],
    zone: ZoneInfo,
    code: str,
    language: str,
    channel: str = Channel.SMS,
) -> Rendered:
    """Return a message's text; a language we do not have gets German. Raises KeyError for no template.

    `params` are words of ours; `starts_at` (shown as `when`) and `until` are instants in ISO 8601, `day` is a date.
    An SMS is one paragraph; e-mail and letter have one for each sentence, with greeting and closing.
    """
    letter = business(template)
    if letter is not None:
        words = {**params, "code": code}
        if params.get("until"):
            words["until"] = format_date(datetime.fromisoformat(params["until"]).astimezone(zone), "long", locale="de")
        if params.get("starts_at"):
            words["when"] = _when(datetime.fromisoformat(params["starts_at"]).astimezone(zone), "de", is_short=False)
        return Rendered(letter["subject"], letter["text"].format(**words))
    said = sentences(language)
    is_short = channel not in {Channel.EMAIL, Channel.LETTER}
    told = tell(template, params=params, zone=zone, code=code, language=language, is_short=is_short)
    subject = said["subject_question" if template in _QUESTIONS else "subject"]
    if is_short:
        return Rendered(subject, _short_enough(template, params, code, told))
    return Rendered(subject, "\n\n".join([said["greeting"], *told, said["closing"]]))


def _short_enough(template: str, params: Mapping[str, str], code: str, told: list[str]) -> str:
    """Return an SMS of three parts at most: a long link gives way; where it alone opens the offer, the code does."""
    link = [one for one in told if params.get("link") and str(params["link"]) in one]
    secret = [one for one in told if code and code in one]
    spare = ([secret] if template in _OPENED_BY_LINK and link else []) + [link]
    shorter = [[one for one in told if one not in left] for left in ([], *spare)]
    texts = [" ".join(sentences) for sentences in shorter]
    return next((text for text in texts if segments(text) <= MOST_SEGMENTS), texts[-1])


def tell(
    template: str,
    *,
    params: Mapping[str, str],
    zone: ZoneInfo,
    code: str,
    language: str,
    name: str = "",
    is_short: bool = False,
) -> list[str]:
    """Return the sentences of a message to a person, with short names of days if asked. Raises KeyError."""
    known = language if language in languages() else "de"
    texts = sentences(known)
    words = {key: str(value) for key, value in params.items()} | {"code": code, "name": name}
    for key, shown in (("starts_at", "when"), ("until", "until")):
        if params.get(key):
            words[shown] = _when(datetime.fromisoformat(params[key]).astimezone(zone), known, is_short=is_short)
    if params.get("day"):
        words["day"] = _day(date.fromisoformat(params["day"]), known, is_short=is_short)
    if known in _RIGHT_TO_LEFT:
        words |= {key: f"{_MARK}{words[key]}{_MARK}" for key in _TURNED if words.get(key)}
    chosen = [texts[key] for key in ((template, *FOLLOWED_BY[template]) if template in TEMPLATES else (template,))]
    return [text.format(**words) for text in chosen if all(words.get(key) for key in _names(text))]


def _names(text: str) -> list[str]:
    return [name for _literal, name, _format, _conversion in Formatter().parse(text) if name]


def _when(local: datetime, language: str, *, is_short: bool) -> str:
    return f"{_day(local, language, is_short=is_short)}, {format_time(local, 'HH:mm', locale=language)}"


def _day(on: date, language: str, *, is_short: bool) -> str:
    """Return a day. Where each sign outside the GSM alphabet costs double, its name is short."""
    foreign = "EEE, d MMM" if is_short else "EEEE, d MMMM"
    return format_date(on, "EEEE, d. MMMM" if language == "de" else foreign, locale=language)


_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWICE = frozenset("^{}\\[~]|€")


def segments(text: str) -> int:
    """Return how many SMS a text takes: 160 signs of the GSM alphabet, else 70; less if joined (3GPP 23.038)."""
    if set(text) <= _GSM | _GSM_TWICE:
        length, alone, joined = len(text) + sum(sign in _GSM_TWICE for sign in text), 160, 153
    else:
        length, alone, joined = len(text.encode("utf-16-le")) // 2, 70, 67
    return 1 if length <= alone else -(-length // joined)


def next_attempt(attempts: int, now: datetime, after: timedelta | None = None) -> datetime:
    """Return when to try again: 1, 4, 16, 64 minutes later, or later still if the gateway asks for it."""
    return now + max(timedelta(minutes=4 ** max(attempts - 1, 0)), after or timedelta())
