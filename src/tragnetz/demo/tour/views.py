"""The start page of the tour, being somebody with one click, and closing the panel."""

from allauth.account import app_settings
from allauth.account.forms import LoginForm
from allauth.utils import get_form_class
from django.contrib import messages
from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST, require_safe

from tragnetz.core.clock import now
from tragnetz.demo.staff import PASSWORD
from tragnetz.demo.tour.guard import is_open
from tragnetz.demo.tour.people import member_for, referral_to_answer
from tragnetz.demo.tour.progress import COOKIE, State, remember
from tragnetz.demo.tour.roles import PARTS, Part
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.caching import private


@private
@require_safe
def start(request: NetworkRequest) -> HttpResponse:
    """Show the roles, each with who one would be; in German, as the tasks are."""
    _must_be_open(request)
    people = {part.key: member_for(part.role) for part in PARTS.values() if part.role is not None}
    shown = [(part, people.get(part.key)) for part in PARTS.values() if part.role is None or people.get(part.key)]
    with override("de"):
        return render(request, "demo/start.html", {"parts": shown})


@private
@require_POST
def enter(request: NetworkRequest, key: str) -> HttpResponse:
    """Be somebody: sign in with the demo's password, or get a partner's link, and go to the first page."""
    _must_be_open(request)
    part = PARTS.get(key)
    if part is None:
        raise Http404
    if request.user.is_authenticated:
        logout(request)
    if part.role is not None:
        return _as_staff(request, part)
    state, address = State(part.key, now().isoformat()), reverse(part.start)
    if part.key == "partner":
        found = referral_to_answer(request.network)
        if found is None:
            messages.info(request, _("Alle Vermittlungen der Demo sind beantwortet. Neue gibt es mit: make fresh"))
            return redirect("demo:start")
        referral, made = found
        address = made.address
        state = State(part.key, now().isoformat(), case=str(referral.case_id), code=made.code, secret=address)
    response = redirect(address)
    remember(response, state)
    return response


@private
@require_POST
def close(request: NetworkRequest) -> HttpResponse:
    """Put the panel away and stay on the page."""
    _must_be_open(request)
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}):
        target = reverse("demo:start")
    response = redirect(target)
    response.delete_cookie(COOKIE)
    return response


def _must_be_open(request: NetworkRequest) -> None:
    if not is_open(request.network):
        raise Http404


def _as_staff(request: NetworkRequest, part: Part) -> HttpResponse:
    """Sign in as anybody does, by the form of the log-in: throttle, keys and a second factor are the same."""
    assert part.role is not None  # noqa: S101 -- asked by the caller
    member = member_for(part.role)
    if member is None:
        messages.info(request, _("Für diese Rolle gibt es hier kein Konto mit dem Passwort der Demo."))
        return redirect("demo:start")
    kind = get_form_class(app_settings.FORMS, "login", LoginForm)
    form = kind(data={"login": member.user.email, "password": PASSWORD}, request=request)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("demo:start")
    response: HttpResponse = form.login(request, redirect_url=reverse(part.start))
    remember(response, State(part.key, now().isoformat(), user=str(member.user_id)))
    return response
