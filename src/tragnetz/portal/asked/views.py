"""Ask somebody after a project, by the link of a message. The page does not say who they are or what it was about."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tragnetz.appointments.calls.queries import told as told_window
from tragnetz.core.clock import now
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.asked.forms import AskedForm
from tragnetz.portal.caching import private
from tragnetz.portal.lines import lines_now
from tragnetz.reporting.asking.answering import Taken, answer_by_link, page_by_link


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
    page = page_by_link(secret, now())
    if page is None:
        return render(request, "portal/asked/gone.html", {"lines": lines_now(request.network)}, status=404)
    if page.over:
        return render(request, "portal/asked/done.html")
    refuses = "refuse" in request.POST
    form = AskedForm(request.POST if request.method == "POST" else None, page=page)
    if request.method != "POST" or (not refuses and not form.is_valid()):
        return _page(request, form)
    try:
        said = AskedForm.refusing(request.POST) if refuses else form.said()
        taken = answer_by_link(network=request.network, secret=secret, said=said, now=now())
    except TragnetzError as error:
        return _page(request, form, problem=str(error))
    return render(request, "portal/asked/done.html", promise_of(request, taken))


def promise_of(request: NetworkRequest, taken: Taken | None) -> dict[str, object]:
    """Return what is said to somebody who asked for help again: until when one calls, or that one gets in touch."""
    if taken is None or not taken.wants_help:
        return {}
    if taken.callback is None:
        return {"in_touch": True}
    window, zone = told_window(request.network, taken.callback), request.network.zone
    return {"begins": window.begins.astimezone(zone), "ends": window.ends.astimezone(zone)}


def _page(request: NetworkRequest, form: AskedForm, *, problem: str = "") -> HttpResponse:
    context = {"form": form, "lines": lines_now(request.network), "problem": problem}
    wrong = problem or (form.is_bound and form.errors)
    return render(request, "portal/asked/page.html", context, status=422 if wrong else 200)
