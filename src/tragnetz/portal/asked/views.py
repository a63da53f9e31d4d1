"""Ask somebody after a project, by the link of a message. The page does not say who they are or what it was about."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tragnetz.core.clock import now
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.asked.course import Course, ask
from tragnetz.portal.caching import private
from tragnetz.portal.lines import lines_now
from tragnetz.reporting.asking.answering import Said, Taken, answer_by_link, page_by_link


@private
@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: NetworkRequest, secret: str) -> HttpResponse:
    """Ask, and keep the answer once. To look changes nothing: programs that try out links answer nothing.

    Whoever opens the link once more reads thanks and nothing else.
    """
    response = _asked(request, secret)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _asked(request: NetworkRequest, secret: str) -> HttpResponse:
    at = now()
    page, lines = page_by_link(secret, at), lines_now(request.network)
    if page is None:
        return render(request, "portal/asked/gone.html", {"lines": lines}, status=404)

    def keep(said: Said) -> Taken | None:
        return answer_by_link(network=request.network, secret=secret, said=said, now=at)

    return ask(request, Course(page, keep, "portal/asked/page.html", "portal/asked/done.html", {"lines": lines}))
