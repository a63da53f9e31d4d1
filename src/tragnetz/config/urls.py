"""All addresses. The language stands in front, so that each page has one address a language."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from tragnetz.api.calendars import feed
from tragnetz.api.hsds import api as hsds
from tragnetz.api.urls import api

handler400 = "tragnetz.config.errors.bad_request"
handler403 = "tragnetz.config.errors.forbidden"
handler404 = "tragnetz.config.errors.not_found"
handler500 = "tragnetz.config.errors.server_error"


def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- Django's interface
    """Answer the load balancer: this process serves and its network is loaded."""
    return HttpResponse("ok", content_type="text/plain")


urlpatterns = [
    path("health/", health, name="health"),
    path("api/", api.urls),
    path("hsds/", hsds.urls),
    path("kalender/<str:secret>.ics", feed, name="calendar_feed"),
    *i18n_patterns(
        path("konto/", include("tragnetz.config.accounts.urls")),
        path("arbeit/", include("tragnetz.workspace.urls")),
        path("", include("tragnetz.portal.urls")),
    ),
]
