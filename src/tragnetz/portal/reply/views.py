"""The page behind the link of a referral. Without the code it says nothing; what ended does not exist."""

import math
import uuid
from http import HTTPStatus

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tragnetz.core.clock import now, today
from tragnetz.core.cookies import path_cookie
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.caching import private
from tragnetz.portal.german import german_only
from tragnetz.portal.lines import lines_now
from tragnetz.referrals.enums import Side
from tragnetz.referrals.forms import Forms, answers, can_refuse, empty_forms, perform
from tragnetz.referrals.links import Opened, find_link, open_with_code, resume
from tragnetz.referrals.models import Link
from tragnetz.referrals.queries import sheet_of
from tragnetz.referrals.rules import BROWSER_VALID
from tragnetz.staff.enums import Counted
from tragnetz.staff.throttle import give_back, take
from tragnetz.vault.keyring import using

COOKIE = path_cookie("reply")


@private
@require_http_methods(["GET", "HEAD", "POST"])
@german_only
def reply(request: NetworkRequest, secret: str) -> HttpResponse:
    """Ask for the code, then show what was released and take the answer. Each request asks whether it still holds."""
    response = _reply(request, secret)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _reply(request: NetworkRequest, secret: str) -> HttpResponse:
    link = find_link(secret, now())
    if link is None:
        return render(request, "portal/reply/gone.html", {"lines": lines_now(request.network)}, status=404)
    found = resume(link, request.COOKIES.get(COOKIE, ""), now())
    if found is None:
        return _ask_code(request, link, secret)
    with using(found.ring):
        return _opened(request, found)


def _ask_code(request: NetworkRequest, link: Link, secret: str) -> HttpResponse:
    """Let a browser in that knows the code. What somebody typed when it had closed is not sent on."""
    context: dict[str, object] = {"lines": lines_now(request.network), "link": link, "secret": secret}
    if request.method != "POST" or "code" not in request.POST:
        context["ended"] = request.method == "POST"
        return render(request, "portal/reply/code.html", context, status=401 if request.method == "POST" else 200)
    typed, address = request.POST["code"][:40], get_ip(request)
    wait = take(Counted.REFERRAL_ADDRESS, address, now())
    if wait:
        context |= {"slowed": True, "typed": typed}
        response = render(request, "portal/reply/code.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["Retry-After"] = str(math.ceil(wait.total_seconds()))
        return response
    done = open_with_code(link=link, secret=secret, typed=typed, now=now())
    if done is None:
        context |= {"unknown": True, "typed": typed}
        return render(request, "portal/reply/code.html", context, status=422)
    give_back(Counted.REFERRAL_ADDRESS, address)
    response = redirect("portal:reply", secret)
    response.set_cookie(
        COOKIE, done[1], path=request.path, httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Strict",
        max_age=int(BROWSER_VALID.total_seconds()),
    )  # fmt: skip
    return response


def _opened(request: NetworkRequest, found: Opened) -> HttpResponse:
    row, shown = found.referral, empty_forms(uuid.uuid4().hex)
    if request.method == "POST":
        done = perform(found.actor, row, request.POST, now())
        if not isinstance(done, Forms):
            return redirect(f"{request.path}?ok=1")
        shown = done
        row.refresh_from_db(fields=["state", "refusal", "outcome"])
    context = {
        "sheet": sheet_of(row, Side.RECIPIENT, today(request.network.zone)), "forms": shown,
        "buttons": answers(row.state, Side.RECIPIENT), "can_refuse": can_refuse(row.state, Side.RECIPIENT),
        "done": "ok" in request.GET, "lines": lines_now(request.network), "link": found.link,
        "sender": row.case.organisation, "service": row.to_service,
    }  # fmt: skip
    return render(request, "portal/reply/page.html", context, status=422 if shown.is_wrong else 200)
