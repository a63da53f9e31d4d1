"""The leaflet as PDF: what stands on it, in two languages.

Of a sensitive offer neither name nor topic stands on paper: another person may find it.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from tragnetz.core.clock import today
from tragnetz.core.days import written_day
from tragnetz.core.links import page_address
from tragnetz.core.texts import choose, spoken_language
from tragnetz.directory.issuers import issuers_of, office_told
from tragnetz.directory.models import Service
from tragnetz.directory.opening import openings_of
from tragnetz.directory.papers import in_order
from tragnetz.directory.responsibility import Responsible, responsible_office
from tragnetz.directory.sentences import Requirement, requirements_of
from tragnetz.network.hours import weekly_hours
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.models import Hotline, Site
from tragnetz.portal.leaflet.hours import next_exception, usual
from tragnetz.portal.leaflet.sentence import sentence_to_say
from tragnetz.portal.leaflet.words import Pair, Tongues
from tragnetz.printing.pdf import pages_of, render_pdf
from tragnetz.printing.qr import qr_image

MOST_PLACES = 3
MOST_CONDITIONS = 5


def print_leaflet(request: NetworkRequest, service: Service, own: str, *, large: bool) -> bytes:
    """Return the leaflet of a service: A5, or A4 with large print.

    Where one gets a paper that is missing stands there if it does not cost a second sheet: the page behind the QR code
    tells it, too.
    """
    tongues = Tongues(own)
    office = responsible_office(service, {})
    link = _link(request, service, own)
    parts = [part for part in _parts(request, service, office, tongues) if part["items"]]
    data = {
        "large": large,
        "title": _title(service, tongues),
        "network": choose(request.network.name, own).text,
        "date": _printed_on(request, own),
        "name": None if service.sensitive else tongues.texts(service.name),
        "summary": None if service.sensitive else tongues.texts(service.summary),
        "to_check": tongues.say(lambda _code: _("Zu prüfen: Bitte rufen Sie vorher an."))
        if service.to_check or (office and office.to_check)
        else None,
        "say": {
            "label": tongues.say(lambda _code: _("Das können Sie dort sagen oder zeigen")),
            "words": tongues.say(lambda code: sentence_to_say(service, code, needs_patience=tongues.is_foreign)),
        },
        "parts": parts,
        "link": link,
        "qr": qr_image(link),
        "qr_alt": _qr_alt(own),
    }
    printed = render_pdf("leaflet", data, language=own)
    needed = [part for part in parts if not part["spare"]]
    if pages_of(printed) == 1 or len(needed) == len(parts):
        return printed
    shorter = render_pdf("leaflet", data | {"parts": needed}, language=own)
    return shorter if pages_of(shorter) < pages_of(printed) else printed


def _qr_alt(own: str) -> str:
    with override(own):
        return _("QR-Code: öffnet die Seite auf dem Handy")


def _title(service: Service, tongues: Tongues) -> str:
    """Return the title of the document, which also stands in the window of whoever opens it."""
    if service.sensitive:
        with override(tongues.own):
            return _("Hilfe und Beratung")
    return choose(service.name, tongues.own).text


def _link(request: NetworkRequest, service: Service, own: str) -> str:
    """Return where the QR code leads: the page of the offer; of a sensitive one the start page, which tells nothing."""
    with override(own):
        if service.sensitive:
            return page_address(request, "portal:start")
        return page_address(request, "portal:offer", service.key)


def _printed_on(request: NetworkRequest, own: str) -> str:
    with override(own):
        written = written_day(today(request.network.zone), spoken_language(own))
        return _("Stand: %s") % written


def _parts(
    request: NetworkRequest, service: Service, office: Responsible | None, tongues: Tongues
) -> list[dict[str, Any]]:
    """Return the labelled parts in the order of a visit: where, when, phone, papers, cost, for whom, by when."""
    on = today(request.network.zone)
    about = [] if service.sensitive else [tongues.texts(service.date_rule.get("text"))]
    return [
        _part(tongues, lambda: _("Wo"), _where(service, office, tongues)),
        _part(tongues, lambda: _("Wann"), _when(service, office, tongues, on)),
        _part(tongues, lambda: _("Telefon"), _phones(service, office)),
        _part(tongues, lambda: _("Mitbringen"), [tongues.texts(paper.name) for paper in in_order(service)]),
        _part(tongues, lambda: _("Fehlt ein Papier?"), _issuers(service, office, tongues)) | {"spare": True},
        _part(tongues, lambda: _("Kosten"), _cost(service, tongues)),
        _part(tongues, lambda: _("Für wen"), [] if service.sensitive else _for_whom(service, tongues)),
        _part(tongues, lambda: _("Frist"), about),
        _part(tongues, lambda: _("Fragen? Rufen Sie uns an"), _our_lines(tongues)),
    ]


def _part(tongues: Tongues, label: Any, items: list[Pair]) -> dict[str, Any]:  # noqa: ANN401 -- a function without arguments
    written = [item for item in items if item["german"]]
    return {"label": tongues.say(lambda _code: label()), "items": written, "spare": False}


def _plain(words: str) -> Pair:
    """Return words that are the same in every language: addresses and numbers."""
    return {"own": "", "german": words}


def _where(service: Service, office: Responsible | None, tongues: Tongues) -> list[Pair]:
    if office is None:
        return []
    found = [] if service.sensitive else [tongues.texts(office.name)]
    sites = _sites(service, office)
    for site in sites[:MOST_PLACES]:
        found += _site(site, tongues, neutral=service.sensitive)
    if len(sites) > MOST_PLACES:
        found.append(tongues.say(lambda _code: _("Es gibt noch mehr Orte. Der QR-Code führt zu ihnen.")))
    if not office.certain and not sites:
        found.append(
            tongues.say(lambda _code: _("Welche Stelle für Ihre Adresse zuständig ist, sagen wir Ihnen am Telefon."))
        )
    return found


def _sites(service: Service, office: Responsible) -> list[Site]:
    first = [office.site] if office.site else []
    others = [] if service.authority_id else [place.site for place in service.places.all()]
    return list({site.pk: site for site in first + others}.values())


def _site(site: Site, tongues: Tongues, *, neutral: bool) -> list[Pair]:
    address = site.address if neutral else f"{site.name}, {site.address}"
    found = [_plain(address)]
    if site.step_free is not None:
        found.append(tongues.say(lambda _code: _("Ohne Stufen") if site.step_free else _("Mit Stufen")))
    return [*found, tongues.texts(site.transport)]


def _when(service: Service, office: Responsible | None, tongues: Tongues, on: Any) -> list[Pair]:  # noqa: ANN401
    rows = list(office.hours) if office else []
    rows = rows or next((list(opening.rows) for opening in openings_of(service)), [])
    ordinary, exception = usual(rows, on), next_exception(rows, on)
    found = [tongues.say(lambda code, row=row: "; ".join(weekly_hours([row], code))) for row in ordinary]  # type: ignore[misc]
    if exception is not None:
        found.append(tongues.say(lambda code: _("Achtung: %s") % "; ".join(weekly_hours([exception], code))))
    if service.contact.get("by_appointment"):
        found.append(tongues.say(lambda _code: _("Nur mit Termin.")))
    return found


def _phones(service: Service, office: Responsible | None) -> list[Pair]:
    numbers = [office.phone] if office and office.phone else []
    numbers += [str(phone["number"]) for phone in service.contact.get("phones", []) if phone.get("type") != "fax"]
    return [_plain(number) for number in dict.fromkeys(numbers)]


def _our_lines(tongues: Tongues) -> list[Pair]:
    """Return the intake numbers: who is stuck can always ask."""
    hotlines = Hotline.objects.all()
    return [
        tongues.say(lambda code, line=line: f"{choose(line.name, code).text}: {line.phone}")  # type: ignore[misc]
        for line in hotlines
    ]


def _issuers(service: Service, office: Responsible | None, tongues: Tongues) -> list[Pair]:
    """Return the other offices that give out papers, each with theirs; what one has at home needs no way."""
    names = {paper.key: paper.name for paper in service.papers.all()}
    found: dict[str, list[str]] = {}
    offices: dict[str, Responsible] = {}
    for key, issuer in issuers_of(names, {}).items():
        one = issuer.office
        if one is not None and one.organisation is not None and (office is None or one.name != office.name):
            offices[one.name["de"]] = one
            found.setdefault(one.name["de"], []).append(key)

    def words(code: str, name: str) -> str:
        papers = ", ".join(choose(names[key], code).text for key in found[name])
        return f"{papers}: {', '.join(office_told(offices[name], code))}"

    return [tongues.say(lambda code, name=name: words(code, name)) for name in found]  # type: ignore[misc]


def _cost(service: Service, tongues: Tongues) -> list[Pair]:
    options = [
        " ".join(part for part in (one.get("option"), _amount(one), one.get("description")) if part)
        for one in service.cost_options
    ]
    return [tongues.texts(service.cost), *map(_plain, options)]


def _amount(option: dict[str, Any]) -> str:
    if option.get("amount") is None:
        return ""
    return f"{option['amount']:.2f} {option.get('currency', 'EUR')}".replace(".", ",")


def _for_whom(service: Service, tongues: Tongues) -> list[Pair]:
    def words(number: int) -> Pair:
        return tongues.say(lambda _code: _words(requirements_of(service)[number]))

    count = len(requirements_of(service))
    found = [words(number) for number in range(min(count, MOST_CONDITIONS))]
    if count > MOST_CONDITIONS:
        found.append(tongues.say(lambda _code: _("Und mehr. Fragen Sie uns.")))
    return found


def _words(requirement: Requirement) -> str:
    return " ".join([requirement.text, " / ".join(requirement.choices)]).strip()
