"""The list of papers to hand out: German for the counter, beside it the person's language."""

import uuid
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel.dates import format_date
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from tragnetz.audit.commands import record
from tragnetz.casework.access import can_counsel
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.papers.queries import Need, Sheet, sheet_of
from tragnetz.core.clock import today
from tragnetz.core.downloads import file_answer
from tragnetz.core.links import page_address
from tragnetz.core.texts import SOURCE_LANGUAGE, choose, content_language
from tragnetz.directory.issuers import parts_told
from tragnetz.network.middleware import NetworkRequest
from tragnetz.printing.pdf import render_pdf
from tragnetz.printing.qr import qr_image
from tragnetz.workspace.counselling.entry import case_of
from tragnetz.workspace.entry import staff


@cache
def _words() -> dict[str, dict[str, str]]:
    read: dict[str, dict[str, str]] = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text(encoding="utf-8"))
    return read


def languages() -> list[str]:
    """Return the languages in which the list can be printed, German first."""
    return list(_words())


@staff(can_counsel)
@require_safe
def paper_list(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Give the missing papers of a household as PDF, or with `wer` those of one adult; `sprache` beside German.

    The QR code leads to the start page: it says nothing about anybody.
    """
    view = case_of(request, case_id)
    wanted = request.GET.get("wer", "")
    person = view.person(wanted)
    if wanted and person is None:
        raise Http404
    contact = view.case.contact
    asked = content_language(request.GET.get("sprache", "") or (contact.language if contact else ""))
    language = asked if asked in _words() else SOURCE_LANGUAGE
    part, day = compartment_of(view.case, person), today(request.network.zone)
    german, own = (sheet_of(view.case, day, parts=[part], language=code) for code in (SOURCE_LANGUAGE, language))
    record(request.actor, "papers:print", view.case, papers=len(german.to_get), language=language)
    link = page_address(request, "portal:start")
    data = {
        "title": _words()[language]["title"], "german_title": _words()[SOURCE_LANGUAGE]["title"],
        "network": choose(request.network.name, SOURCE_LANGUAGE).text,
        "name": person.name if person else (contact.name if contact else ""),
        "date": format_date(day, "long", locale=SOURCE_LANGUAGE), "two": language != SOURCE_LANGUAGE,
        "german": _words()[SOURCE_LANGUAGE], "own": _words()[language],
        "rows": [
            {"german": _texts(need, SOURCE_LANGUAGE, german), "own": _texts(need, language, own)}
            for need in german.to_get
        ],
        "link": link, "qr": qr_image(link),
    }  # fmt: skip
    code = "de-simple" if language == "simple" else language
    return file_answer(render_pdf("papers", data, language=code), "unterlagen.pdf")


def _texts(need: Need, language: str, sheet: Sheet) -> dict[str, Any]:
    """Return a paper in words of a language: name, claims, how old it may be, where it is from, who gets it."""
    words: Mapping[str, str] = _words()[language]
    code = "de-simple" if language == "simple" else language
    claims = [name for claim, name in sheet.claims.items() if claim in need.claims]
    name, spoken = choose(need.paper.name, code)
    return {
        "name": name, "claims": f"{words['for']} {', '.join(dict.fromkeys(claims))}",
        "fresh": words["fresh"].format(months=need.validity.months) if need.validity else "",
        "where": parts_told(need.issuer, code), "spoken": spoken,
        "who": words[need.stand.owner],
    }  # fmt: skip
