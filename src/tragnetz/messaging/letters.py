"""Letters on paper: neutral like all messages. The sender is a street alone, without the organisation's name."""

from collections.abc import Sequence
from datetime import date

from babel.dates import format_date

from tragnetz.messaging.enums import Channel
from tragnetz.messaging.models import Message
from tragnetz.messaging.rules import render
from tragnetz.messaging.texts import languages
from tragnetz.network.models import Network, Site
from tragnetz.printing.pdf import RIGHT_TO_LEFT, render_pdf


def letters_pdf(network: Network, letters: Sequence[Message], on: date) -> bytes:
    """Return letters as one PDF, each on a page of its own, in the person's language with the German words below."""
    senders = _senders(letters)
    data = {
        "title": "Briefe",
        "network": network.name["de"],
        "date": format_date(on, "long", locale="de"),
        "letters": [_letter(network, letter, senders.get(letter.organisation_id, network.city)) for letter in letters],
    }
    return render_pdf("letter", data, language="de")


def _senders(letters: Sequence[Message]) -> dict[object, str]:
    """Return the street of each organisation: its first place to meet."""
    sites = Site.objects.filter(organisation__in={letter.organisation_id for letter in letters}, kind="physical")
    found: dict[object, str] = {}
    for site in sites.select_related("network").order_by("key"):
        found.setdefault(site.organisation_id, site.address)
    return found


def _letter(network: Network, letter: Message, sender: str) -> dict[str, object]:
    language = letter.language if letter.language in languages() else "de"
    own = _words(network, letter, language)
    return {
        "sender": sender,
        "address": [letter.name, *letter.address.splitlines()],
        "language": language,
        "rtl": language in RIGHT_TO_LEFT,
        "subject": own[0],
        "body": own[1:],
        "german": [] if language == "de" else _words(network, letter, "de")[1:],
    }


def _words(network: Network, letter: Message, language: str) -> list[str]:
    rendered = render(
        letter.template, params=letter.params, zone=network.zone, code=letter.code, language=language,
        channel=Channel.LETTER,
    )  # fmt: skip
    return [rendered.subject, *rendered.body.split("\n\n")]
