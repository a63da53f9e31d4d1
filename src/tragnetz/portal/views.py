"""Pages of the public site. Pages without personal input are cached for a minute."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from tragnetz.appointments.lines.queries import unmanned_lines
from tragnetz.core.clock import now, today
from tragnetz.core.texts import content_language
from tragnetz.directory import queries as directory
from tragnetz.directory.issuers import Issuer, issuers_of
from tragnetz.directory.localities import in_locality
from tragnetz.directory.models import Paper, Service, ServiceStatus
from tragnetz.directory.opening import openings_of
from tragnetz.directory.papers import in_order
from tragnetz.directory.responsibility import Claim, Offices, all_offices, offices_of, place_names, responsible_office
from tragnetz.directory.sentences import in_short, requirements_of
from tragnetz.directory.translations import text_state
from tragnetz.directory.truth.rules import is_stale
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.queries import controllers, districts, find_places, hotline_for, hotline_status, locality_of
from tragnetz.network.rules import LANGUAGE_NAMES
from tragnetz.portal.caching import cached, private
from tragnetz.portal.finder.views import SHOWN_AT_ONCE
from tragnetz.portal.groups.months import next_dates
from tragnetz.portal.keeping import kept_by
from tragnetz.portal.languages import standings
from tragnetz.portal.lines import lines_now, picks_up_on
from tragnetz.portal.structured import structured
from tragnetz.portal.waits import told_wait

MAX_TYPED = 300
OFFERS = 100  # on a page


@cached
def start(request: NetworkRequest) -> HttpResponse:
    """Answer: who helps me, how do I reach them, are they there now."""
    lines = lines_now(request.network)
    context = {
        "lines": lines,
        "can_call": picks_up_on(lines, today(request.network.zone)),
        "situations": directory.situations(),
        "districts": districts(),
        "next_dates": next_dates(request.network, now()),
    }
    return render(request, "portal/start.html", context)


@private
@require_safe
def place(request: NetworkRequest) -> HttpResponse:
    """Tell which line is for an address."""
    typed = request.GET.get("ort", "")[:MAX_TYPED].strip()
    places = find_places(typed) if typed else []
    found = {place.district.key: place for place in places}
    answers = []
    for one in found.values():
        hotline = hotline_for(one.district)
        status = hotline_status(request.network, hotline, now()) if hotline else None
        nobody = bool(hotline and status and status.is_open and unmanned_lines(request.network, [hotline], now()))
        answers.append({"place": one, "hotline": hotline, "status": status, "nobody": nobody})
    context = {"typed": typed, "answers": answers, "districts": districts()}
    return render(request, "portal/place.html", context)


@cached
def situation(request: NetworkRequest, key: str) -> HttpResponse:
    """Show what helps in one situation."""
    found = directory.situation(key)
    if found is None:
        raise Http404
    day = today(request.network.zone)
    first = directory.services_in_order(found.services, day)
    known = {service.key for service in first}
    topic_keys = {topic.key for topic in found.topics.all()}
    matches = directory.match_services({}, day, topic_keys=topic_keys, first=[])
    more = [match.service for match in matches if match.service.key not in known]
    lines = lines_now(request.network)
    context = {
        "situation": found,
        "services": first,
        "more": more[:SHOWN_AT_ONCE],
        "rest": more[SHOWN_AT_ONCE:],
        "lines": lines,
        "can_call": picks_up_on(lines, day),
        "sensitive": _is_sensitive(first + more) and "safety" in topic_keys,
    }
    return render(request, "portal/situation.html", context)


def _is_sensitive(services: list[Service]) -> bool:
    return any(service.sensitive for service in services)


@cached
def offers(request: NetworkRequest) -> HttpResponse:
    """List all help, by topic and kind, some sixty at a time."""
    topic, kind = (request.GET.get(name, "")[:40].replace("\0", "") for name in ("thema", "art"))
    found = directory.services(today(request.network.zone), topic=topic, kind=kind)
    locality = locality_of(request.GET.get("ortsteil", "")[:80])
    if locality is not None:
        found = in_locality(found, locality.key)
    page = Paginator(found, OFFERS).get_page(request.GET.get("seite"))
    context = {"page": page, "topics": directory.topics(), "topic": topic, "kind": kind, "locality": locality}
    return render(request, "portal/offers.html", context)


@cached
def offer(request: NetworkRequest, key: str) -> HttpResponse:
    """Show one benefit or offer with all that one needs to use it."""
    found = directory.service(key)
    if found is None:
        raise Http404
    day = today(request.network.zone)
    offices = all_offices()
    office = responsible_office(found, {}, offices)
    language = get_language() or "de"
    address = request.build_absolute_uri(request.path)
    context = {
        "service": found,
        "office": office,
        "structured": structured(found, office, request.network.city, language, address),
        "branches": _branches(found, offices),
        "more_places": [] if found.authority_id else list(found.places.all())[1:],
        "more_phones": [row for row in found.contact.get("phones", []) if office and row["number"] != office.phone],
        "has_hours": found.status == ServiceStatus.ACTIVE and bool(openings_of(found)),
        "paused": found.status == ServiceStatus.PAUSED,
        "requirements": requirements_of(found),
        "papers": _papers(found),
        "languages": [LANGUAGE_NAMES.get(code, code) for code in found.languages],
        "opens": directory.services_in_order(found.opens, day),
        "excludes": directory.services_in_order(found.excludes, day),
        "ended": found.status in {ServiceStatus.ENDED, ServiceStatus.INACTIVE}
        or bool(found.valid_until and found.valid_until < day),
        "stale": is_stale(found, day) or (office is not None and is_stale(office, day)),
        "text_state": text_state(found.translations, content_language(language)),
        "sensitive": found.sensitive,
        "lines": lines_now(request.network),
    }
    return render(request, "portal/offer.html", context)


def _papers(service: Service) -> list[tuple[Paper, Issuer | None]]:
    """Return the papers of a service in their order, each with who gives it out: nobody's address is known here."""
    rows = in_order(service)
    issuers = issuers_of((row.key for row in rows), {})
    return [(row, issuers.get(row.key)) for row in rows]


def _branches(service: Service, offices: Offices) -> list[tuple[Claim, list[str]]]:
    """Return all offices that may decide, each with the conditions under which it does."""
    if service.authority is None:
        return []
    places = place_names()
    return [(claim, in_short(claim.rule, places)) for claim in offices_of(service.authority, offices)]


@cached
def about(request: NetworkRequest) -> HttpResponse:
    """Tell who we are and what happens in a talk."""
    return render(request, "portal/about.html", {"wait": told_wait(request.network)})


@cached
def accessibility(request: NetworkRequest) -> HttpResponse:
    """Declare how accessible this site is."""
    notices = request.network.notices
    day = notices.get("accessibility_on")
    context = {
        "lines": lines_now(request.network),
        "notices": notices,
        "checked_on": date.fromisoformat(day) if day else None,
    }
    return render(request, "portal/accessibility.html", context)


@cached
def privacy(request: NetworkRequest) -> HttpResponse:
    """Tell what is kept, why, how long, what is not, and which organisation answers for it."""
    told = [(one, kept_by(one)) for one in controllers()]
    alike = {kept for _one, kept in told}
    context = {
        "controllers": told,
        "kept_by_all": alike.pop() if len(alike) == 1 else (),
        "notices": request.network.notices,
    }
    return render(request, "portal/privacy.html", context)


@cached
def imprint(request: NetworkRequest) -> HttpResponse:
    """Name who is responsible for this site."""
    return render(request, "portal/imprint.html", {"notices": request.network.notices})


@cached
def languages(request: NetworkRequest) -> HttpResponse:
    """Say of each language of this city how its texts came about and who has checked them."""
    return render(request, "portal/languages.html", {"standings": standings()})
