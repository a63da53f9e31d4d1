"""What stands on paper: receipts, forms to sign, information. In the person's language and in German."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from tragnetz.consent.enums import GivenBy, Kind, Signer
from tragnetz.consent.models import Consent, Release
from tragnetz.consent.rules import last_day
from tragnetz.consent.wording import Wording, long_day, statutes_of, text_language, word
from tragnetz.core.texts import choose
from tragnetz.network.models import Network
from tragnetz.printing.pdf import RIGHT_TO_LEFT, render_pdf


def receipt(row: Consent | Release, network: Network) -> bytes:
    """Return what a person allowed, how, and how to take it back, as PDF: their language first, then German.

    Without a signature it has lines for one: the same paper is the form to sign.
    """
    kind = Kind.RELEASE if isinstance(row, Release) else Kind.CONSENT
    texts = {row.language: row.wording, "de": row.german}
    parts = []
    for language, text in texts.items():
        sentence, *paragraphs = text.split("\n\n")
        parts.append(
            _part(
                language, title=word(f"{kind}_title", language), sentence=sentence, paragraphs=paragraphs,
                how=_how(row, language, network.zone), statutes=statutes_of(row.regime, language),
                version=row.text_version, sign=row.signed_on is None and row.withdrawn_at is None,
            )
        )  # fmt: skip
    return _print(network, row.organisation.name, word("receipt", row.language), parts, row.language)


def form_to_sign(wordings: Iterable[Wording], organisation: str, network: Network) -> bytes:
    """Return a draft as a form to sign, in each of its languages: the text is the one that is kept."""
    parts = [_part_of(one, sign=True) for one in wordings]
    return _print(network, organisation, "", parts, str(parts[0]["code"]))


def information(wordings: Iterable[Wording], organisation: str, network: Network) -> bytes:
    """Return the information on data protection, in each of its languages, with a line that it was handed out."""
    parts = [_part_of(one, sign=True, received=True) for one in wordings]
    return _print(network, organisation, "", parts, str(parts[0]["code"]))


def _part_of(wording: Wording, *, sign: bool, received: bool = False) -> dict[str, Any]:
    """Return a text that nobody has given yet: without a heading on how it was given."""
    return _part(
        wording.language, title=wording.title, sentence=wording.sentence, paragraphs=wording.paragraphs,
        how=[word("received", wording.language)] if received else [], is_given=False, statutes=wording.statutes,
        version=wording.version, sign=sign,
    )  # fmt: skip


def _part(
    language: str, *, title: str, sentence: str, paragraphs: Iterable[str], how: list[str], statutes: Iterable[str],
    version: str, sign: bool, is_given: bool = True,
) -> dict[str, Any]:  # fmt: skip
    spoken = "de" if language == "simple" else language
    return {
        "code": language,
        "language": spoken,
        "rtl": spoken in RIGHT_TO_LEFT,
        "title": title,
        "note": word("machine", language) if language not in {"de", "simple"} else "",
        "sentence": sentence,
        "paragraphs": list(paragraphs),
        "how_title": word("how", language) if is_given else "",
        "how": how,
        "law_title": word("law", language),
        "statutes": list(statutes),
        "version": f"{word('version', language)}: {version}",
        "sign": [word("place_day", language), word("signature", language)] if sign else [],
    }


def _how(row: Consent | Release, language: str, zone: ZoneInfo) -> list[str]:
    """Return how something was given, signed, withdrawn."""

    def told(day: date) -> str:
        return long_day(day, language)

    given_on = told(row.given_at.astimezone(zone).date())
    lines = {
        GivenBy.WRITTEN: word("written", language, day=told(row.signed_on) if row.signed_on else given_on),
        GivenBy.ORAL: word("oral", language, day=given_on, witness=row.witness or ""),
        GivenBy.ELECTRONIC: word("electronic", language, day=given_on, proof=row.proof or ""),
    }
    found = [lines[GivenBy(row.form)]]
    if row.signer != Signer.SELF:
        found.append(word("signer", language, name=row.signer_name or "", role=word(row.signer, language)))
    if row.signed_on is not None and row.form != GivenBy.WRITTEN:
        found.append(word("signed_later", language, day=told(row.signed_on)))
    if row.signature_due_at is not None and row.signed_on is None and row.withdrawn_at is None:
        found.append(word("to_sign", language, day=told(last_day(row.signature_due_at, zone))))
    if row.withdrawn_at is not None:
        found.append(word("withdrawn", language, day=told(row.withdrawn_at.astimezone(zone).date())))
    return found


def _print(network: Network, organisation: str, receipt_for: str, parts: list[dict[str, Any]], language: str) -> bytes:
    spoken = text_language(language)
    data = {
        "title": parts[0]["title"],
        "network": choose(network.name, "de").text,
        "organisation": organisation,
        "receipt": receipt_for,
        "parts": parts,
    }
    return render_pdf("consent", data, language="de" if spoken == "simple" else spoken)
