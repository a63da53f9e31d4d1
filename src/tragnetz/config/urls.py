"""All addresses. The language stands in front, so that each page has one address a language."""

from datetime import UTC, timedelta

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path

from tragnetz.api.calendars import feed
from tragnetz.api.hsds import api as hsds
from tragnetz.api.urls import api
from tragnetz.config.operation.views import state
from tragnetz.core.clock import now

SECURITY_TXT_HOLDS = timedelta(days=180)  # RFC 9116 recommends less than a year

handler400 = "tragnetz.config.errors.bad_request"
handler403 = "tragnetz.config.errors.forbidden"
handler404 = "tragnetz.config.errors.not_found"
handler500 = "tragnetz.config.errors.server_error"


def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- Django's interface
    """Answer the load balancer: this process serves and its network is loaded."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


def security(request: HttpRequest) -> HttpResponse:
    """Say to whom weaknesses are told (RFC 9116); without a contact there is no such page."""
    if not settings.TRAGNETZ_SECURITY_CONTACT:
        raise Http404
    expires = (now().replace(hour=0, minute=0, second=0, microsecond=0) + SECURITY_TXT_HOLDS).astimezone(UTC)
    lines = [
        f"Contact: {settings.TRAGNETZ_SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: de, en",
        f"Canonical: {request.build_absolute_uri(request.path)}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


# No production has a tour of the demo: there it is no address at all.
_TOUR = [] if settings.PRODUCTION else [path("demo/", include("tragnetz.demo.tour.urls"))]
urlpatterns = [
    path("health/", health, name="health"),
    path(".well-known/security.txt", security, name="security"),
    path("api/", api.urls),
    path("hsds/", hsds.urls),
    path("kalender/<str:secret>.ics", feed, name="calendar_feed"),
    *i18n_patterns(
        path("konto/", include("tragnetz.config.accounts.urls")),
        path("arbeit/zustand/", state, name="state"),
        path("arbeit/", include("tragnetz.workspace.urls")),
        *_TOUR,
        path("", include("tragnetz.portal.urls")),
    ),
]
