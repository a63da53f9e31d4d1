"""The feed (Atom 1.0) and the page of news."""

import uuid
from datetime import datetime
from typing import cast

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page

from tragnetz.core.clock import today
from tragnetz.core.templatetags.tragnetz import long_day
from tragnetz.core.texts import choose
from tragnetz.directory.changes import Change, ChangeKind, changes
from tragnetz.directory.queries import topics
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.caching import cached


class OffersFeed(Feed[Change, NetworkRequest]):
    """The newest changes, in the language of the address; what is not translated is German."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest) -> NetworkRequest:
        """Return the request: it knows network and topic."""
        return cast("NetworkRequest", request)

    def title(self, request: NetworkRequest) -> str:
        """Return the name of network and feed."""
        return f"{_text(request.network.name)}: {_('Was ist neu?')}"

    def link(self, request: NetworkRequest) -> str:
        """Return the page of the same news."""
        return _news_address(request)

    def feed_url(self, request: NetworkRequest) -> str:
        """Return its own address."""
        return request.get_full_path()

    def feed_guid(self, request: NetworkRequest) -> str:
        """Return an id that survives a move to another address."""
        return f"urn:uuid:{uuid.uuid5(request.network.pk, f'feed {get_language()} {_topic(request)}')}"

    def items(self, request: NetworkRequest) -> list[Change]:
        """Return the newest changes."""
        return _changes(request)

    def item_title(self, item: Change) -> str:
        """Say what happened to which offer."""
        return f"{item.kind.label}: {_text(item.service.name)}"

    def item_description(self, item: Change) -> str:
        """Say what changed, and what the offer is; Atom takes it as HTML, so a sign stays a sign."""
        return escape(" ".join(part for part in (_told(item), _text(item.service.summary)) if part))

    def item_link(self, item: Change) -> str:
        """Return the offer's page."""
        return reverse("portal:offer", args=[item.service.key])

    def item_guid(self, item: Change) -> str:
        """Return the same id for the same news, always."""
        return f"urn:uuid:{item.id}"

    def item_pubdate(self, item: Change) -> datetime:
        """Return when it happened."""
        return item.at

    def item_updateddate(self, item: Change) -> datetime:
        """Return when it happened: news is never changed."""
        return item.at

    def item_author_name(self, item: Change) -> str:
        """Return who gives the offer."""
        authority = item.service.authority
        return str(item.service.organisation or (_text(authority.name) if authority else ""))


@conditional_page
@cached
def feed(request: NetworkRequest) -> HttpResponse:
    """Answer feed readers; who has the newest state already gets an empty answer."""
    return OffersFeed()(request)


@cached
def news(request: NetworkRequest) -> HttpResponse:
    """Show the same news to people."""
    found = _changes(request)
    context = {
        "changes": [(change, _told(change)) for change in found],
        "topics": topics(),
        "topic": _topic(request),
    }
    return render(request, "portal/news.html", context)


def _changes(request: NetworkRequest) -> list[Change]:
    zone = request.network.zone
    return changes(today(zone), zone, topic=_topic(request))


def _topic(request: NetworkRequest) -> str:
    return request.GET.get("thema", "")[:40]


def _news_address(request: NetworkRequest) -> str:
    page = reverse("portal:news")
    known = _topic(request) in {topic.key for topic in topics()}
    return f"{page}?thema={_topic(request)}" if known else page


def _text(texts: dict[str, str]) -> str:
    return choose(texts, get_language() or "de").text


def _told(change: Change) -> str:
    """Return what happened in a sentence; nothing where the kind says it all."""
    if change.kind is ChangeKind.CHANGED:
        return _("Geändert: %s.") % ", ".join(change.what)
    if change.service.valid_until and change.kind is ChangeKind.ENDING:
        return _("Läuft bis %s.") % long_day(change.service.valid_until)
    return ""
