"""Framed pages, and the page on which a partner makes the code for them. What is sensitive is never framed."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tragnetz.core.clock import today
from tragnetz.directory import queries as directory
from tragnetz.directory.models import Service
from tragnetz.directory.search import search as search_offers
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.caching import cached, private
from tragnetz.portal.embed.forms import frame_form
from tragnetz.portal.embed.framing import framed
from tragnetz.portal.lines import lines_now

MAX_TYPED = 300
SHOWN = 50
FIRST = 3  # what stands first is what somebody asked for


@framed
@require_safe
def search(request: NetworkRequest) -> HttpResponse:
    """Show the search box, and what was found. What somebody typed is kept nowhere."""
    return _found(request) if request.GET.get("q", "").strip() else _asked(request)


@cached
def _asked(request: NetworkRequest) -> HttpResponse:
    topic = request.GET.get("thema", "")[:40]
    return render(request, "portal/embed/search.html", {"topic": topic, "situations": directory.situations()[:6]})


@private
def _found(request: NetworkRequest) -> HttpResponse:
    typed, topic = request.GET["q"][:MAX_TYPED].strip(), request.GET.get("thema", "")[:40]
    rows = search_offers(typed, today(request.network.zone), topic=topic)
    shown = [row for row in rows if not row.sensitive]
    context = {
        "typed": typed,
        "topic": topic,
        "services": shown,
        "elsewhere": any(row.sensitive for row in rows[:FIRST]),  # said in words that tell nothing to who reads along
        "lines": [] if shown else lines_now(request.network),
    }
    return render(request, "portal/embed/search.html", context)


@framed
@cached
def offer(request: NetworkRequest, key: str) -> HttpResponse:
    """Show one offer as a card."""
    found = _embeddable(request).filter(key=key).first()
    if found is None:
        return render(request, "portal/embed/gone.html", status=404)
    return render(request, "portal/embed/offer.html", {"service": found})


@framed
@cached
def offers(request: NetworkRequest) -> HttpResponse:
    """List the offers of a topic or of an organisation."""
    topic, organisation = request.GET.get("thema", "")[:40], request.GET.get("organisation", "")[:80]
    rows = _embeddable(request, topic=topic)
    if organisation:
        rows = rows.filter(organisation__key=organisation)
    found = list(rows[: SHOWN + 1])
    context = {"services": found[:SHOWN], "more": len(found) > SHOWN, "topic": topic}
    return render(request, "portal/embed/offers.html", context)


def _embeddable(request: NetworkRequest, topic: str = "") -> QuerySet[Service]:
    return directory.services(today(request.network.zone), topic=topic).filter(sensitive=False)


@cached
def partners(request: NetworkRequest) -> HttpResponse:
    """Make the code with which a partner shows our search, an offer or a list on its own site."""
    form = frame_form(request.GET, _embeddable(request), request.network)
    address = request.build_absolute_uri(form.address())
    return render(request, "portal/embed/partners.html", {"form": form, "address": address, "height": form.height()})
