"""The take-along sheet as PDF: the same content as the page, laid out for paper."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tragnetz.clients.rules import TAKEAWAY_DAYS
from tragnetz.core.clock import today
from tragnetz.core.days import written_day
from tragnetz.core.links import page_address
from tragnetz.core.texts import Texts, choose, spoken_language
from tragnetz.directory.issuers import Issuer, parts_told
from tragnetz.directory.sentences import Explained
from tragnetz.network.hours import weekly_hours
from tragnetz.network.middleware import NetworkRequest
from tragnetz.printing.pdf import render_pdf
from tragnetz.printing.qr import qr_image

SERVICES_A_GROUP = 8  # what fits on paper and is still read


def print_sheet(request: NetworkRequest, content: dict[str, Any], code: str) -> bytes:
    """Return the sheet as PDF. `content` is what `sheet` returned; without a code the sheet carries none."""
    language = get_language() or "de"
    data = {
        "title": _("Ihr Merkzettel"),
        "network": _word(request.network.name),
        "date": written_day(today(request.network.zone), spoken_language(language)),
        "intro": _("Das ist eine Einschätzung, kein Bescheid. Entscheiden muss immer das Amt."),
        "disclaimer": _("Beträge und Regeln ändern sich. Fragen Sie im Zweifel uns oder das Amt."),
        "code": _code(request, code) if code else None,
        "answers": {
            "title": _("Was Sie gesagt haben"),
            "items": [_word(row.name) for row in content["situations"]]
            + [f"{question} {answer}" for question, answer in content["answers"]],
        },
        "groups": [
            {"title": str(title), "items": [_service(item) for item in items]}
            for _truth, title, items in content["groups"]
        ],
        "papers": {
            "title": _("Diese Papiere brauchen Sie"),
            "items": [
                {"name": _word(paper.name), "where": _where(issuer, language)} for paper, issuer in content["papers"]
            ],
        },
        "lines": {
            "title": _("Ihre Beratung"),
            "items": [
                {
                    "name": _word(line.hotline.name),
                    "phone": line.hotline.phone,
                    "hours": "; ".join(weekly_hours(line.hotline.hours, language)),
                }
                for line in content["lines"]
            ],
        },
    }
    return render_pdf("sheet", data, language=language)


def code_link(request: NetworkRequest, code: str) -> str:
    """Return the address that opens the answers; the code stands behind the `#`, which no server and no log sees."""
    return page_address(request, "portal:my_answers") + "#" + code


def _code(request: NetworkRequest, code: str) -> dict[str, str]:
    words = _("Nennen Sie den Code am Telefon oder beim Termin. Dann müssen Sie nichts zweimal erzählen.")
    term = _("Er gilt %s Tage.") % TAKEAWAY_DAYS
    return {
        "title": _("Ihr Code"),
        "value": code,
        "text": f"{words} {term}",
        "qr": qr_image(code_link(request, code)),
        "alt": _("QR-Code: öffnet Ihre Antworten auf dem Handy"),
    }


def _where(issuer: Issuer | None, language: str) -> list[str]:
    """Return where this household gets a paper, piece by piece; empty where the directory does not know."""
    return parts_told(issuer, language) if issuer is not None else []


def _service(item: Explained) -> dict[str, Any]:
    service, office = item.match.service, item.match.office
    rows: list[dict[str, Any]] = []
    if office is not None:
        place = f"{_word(office.name)}, {office.site.address}" if office.site else _word(office.name)
        rows.append({"label": _("Zuständig:"), "value": place, "phone": office.phone, "foreign": _foreign(office.name)})
    if service.date_rule.get("text"):
        texts = service.date_rule["text"]
        rows.append({"label": _("Frist:"), "value": _word(texts), "phone": "", "foreign": _foreign(texts)})
    if item.missing:
        missing = " ".join(item.missing)
        rows.append({"label": _("Das müssten wir noch wissen:"), "value": missing, "phone": "", "foreign": False})
    mark = _("zu prüfen") if service.to_check else ""
    return {"name": _word(service.name), "mark": mark, "summary": _word(service.summary), "rows": rows}


def _word(texts: Texts) -> str:
    return choose(texts, get_language() or "de").text


def _foreign(texts: Texts) -> bool:
    language = get_language() or "de"
    return choose(texts, language).language != spoken_language(language)
