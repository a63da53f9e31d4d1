"""A message with the person behind it and the words to say."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tragnetz.clients.access import visible_contacts
from tragnetz.clients.models import Contact
from tragnetz.clients.rules import speakable_phone
from tragnetz.messaging.enums import Channel, State
from tragnetz.messaging.models import Message
from tragnetz.messaging.queries import Delivery, delivery
from tragnetz.messaging.rules import CLAIM_LASTS, tell
from tragnetz.network.actors import Actor
from tragnetz.network.languages import language_name


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list of messages. `held_by` is who prints or calls right now."""

    message: Message
    contact: Contact | None
    told: Delivery
    held_by: str
    is_mine: bool
    can_go: bool

    @property
    def phone(self) -> str:
        """The number as one reads it out."""
        return speakable_phone(self.message.address) if self.message.channel == Channel.CALL else ""

    @property
    def speaks(self) -> str:
        """The person's language; nothing if it is German."""
        language = self.message.language
        return "" if language == "de" else language_name(language)

    @property
    def is_uncertain(self) -> bool:
        """Whether the message may have arrived or not."""
        return self.message.state == State.UNCERTAIN


@dataclass(frozen=True, slots=True)
class Script:
    """What may be said on the phone, in German and in the person's language; and on the voicemail if it may be."""

    german: list[str]
    own: list[str]
    language: str
    voicemail: list[str]


def rows_of(actor: Actor, messages: Iterable[Message], now: datetime) -> list[Row]:
    """Return messages with the contacts behind them, for the page of an actor."""
    found = list(messages)
    ids = [uuid.UUID(row.params["person"]) for row in found if row.params.get("person")]
    contacts = {str(contact.pk): contact for contact in visible_contacts(actor).filter(pk__in=ids)}
    return [_row(actor, message, contacts.get(message.params.get("person", "")), now) for message in found]


def _row(actor: Actor, message: Message, contact: Contact | None, now: datetime) -> Row:
    lasting = message.channel == Channel.LETTER or (message.claimed_at and message.claimed_at > now - CLAIM_LASTS)
    holder = message.settled_by if message.state == State.QUEUED and lasting else None
    return Row(
        message=message,
        contact=contact,
        told=delivery(message),
        held_by=str(holder.user) if holder else "",
        is_mine=holder is not None and holder.pk == actor.membership_id,
        can_go=bool(message.channel) and (message.expires_at is None or message.expires_at > now),
    )


def script(actor: Actor, row: Row) -> Script:
    """Return what may be said. The link is left out: nobody can dictate one."""
    message = row.message
    params = message.params | {"link": ""}

    def words(template: str, language: str) -> list[str]:
        return tell(
            template, params=params, zone=actor.network.zone, code=message.code, language=language, name=message.name
        )

    german = words(message.template, "de")
    own = words(message.template, message.language)
    allowed = row.contact is not None and row.contact.may_voicemail
    return Script(
        german=german,
        own=own if own != german else [],
        language=message.language,
        voicemail=words("voicemail", message.language) if allowed else [],
    )
