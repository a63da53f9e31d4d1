"""Say whether a referral helped, by the link of a message. The page shows nothing of whom or what it is about."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tragnetz.core.clock import now
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.caching import private
from tragnetz.portal.lines import lines_now
from tragnetz.referrals.asking import answer_question, asked_by


@private
@require_http_methods(["GET", "HEAD", "POST"])
def helped(request: NetworkRequest, secret: str) -> HttpResponse:
    """Ask, and keep the answer once. To look changes nothing: programs that try out links answer nothing."""
    context = {"lines": lines_now(request.network), "done": False, "problem": ""}
    if asked_by(secret) is None:
        return render(request, "portal/helped.html", context | {"gone": True}, status=404)
    if request.method == "POST":
        try:
            context["done"] = answer_question(
                network=request.network, secret=secret, told=request.POST.get("told", ""), now=now()
            )
        except TragnetzError as error:
            context["problem"] = str(error)
    return render(request, "portal/helped.html", context, status=422 if context["problem"] else 200)
