"""Letters on paper: neutral like all messages. The sender is a street alone, without the organisation's name."""

import uuid
from collections.abc import Sequence
from datetime import date

from babel.dates import format_date

from tragnetz.messaging.enums import Channel
from tragnetz.messaging.models import Message
from tragnetz.messaging.rules import render
from tragnetz.messaging.texts import languages
from tragnetz.network.models import Network
from tragnetz.network.queries import first_places
from tragnetz.printing import letters as printed


def letters_pdf(network: Network, letters: Sequence[Message], on: date) -> bytes:
    """Return letters as one PDF, each on a page of its own, in the person's language with the German words below."""
    places = first_places(letter.organisation_id for letter in letters if letter.organisation_id)
    senders: dict[uuid.UUID | None, str] = {key: site.address for key, site in places.items()}
    day = format_date(on, "long", locale="de")
    rows = [_letter(network, letter, senders.get(letter.organisation_id, network.city), day) for letter in letters]
    return printed.letters_pdf(rows, title="Briefe", author=network.name["de"])


def _letter(network: Network, letter: Message, sender: str, day: str) -> printed.PrintedLetter:
    language = letter.language if letter.language in languages() else "de"
    own = _words(network, letter, language)
    return printed.PrintedLetter(
        sender=sender,
        address=(letter.name, *letter.address.splitlines()),
        subject=own[0],
        body=tuple(printed.Paragraph((part,)) for part in own[1:]),
        info=(("", day),),
        language=language,
        german=() if language == "de" else tuple(_words(network, letter, "de")[1:]),
    )


def _words(network: Network, letter: Message, language: str) -> list[str]:
    rendered = render(
        letter.template, params=letter.params, zone=network.zone, code=letter.code, language=language,
        channel=Channel.LETTER,
    )  # fmt: skip
    return [rendered.subject, *rendered.body.split("\n\n")]
