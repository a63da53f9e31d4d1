"""The leaflet of an offer."""

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import get_language

from tragnetz.core.downloads import file_answer
from tragnetz.directory import queries as directory
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.caching import cached
from tragnetz.portal.leaflet.printed import print_leaflet

LARGE = "gross"


@cached
def leaflet(request: NetworkRequest, key: str) -> HttpResponse:
    """Give the leaflet as PDF: `sprache` is the language beside German, `druck=gross` prints it large."""
    found = directory.service(key)
    if found is None:
        raise Http404
    asked = request.GET.get("sprache", "")
    own = asked if asked in dict(settings.LANGUAGES) else get_language() or "de"
    name = "blatt" if found.sensitive else key
    return file_answer(print_leaflet(request, found, own, large=request.GET.get("druck") == LARGE), f"{name}.pdf")
