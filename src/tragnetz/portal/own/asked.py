"""What the counselling asks after a project, on the own page: the same questions as behind the link of a message."""

import uuid
from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tragnetz.casework.ownpage.sessions import Opened
from tragnetz.core.clock import now
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.asked.forms import AskedForm
from tragnetz.portal.asked.views import promise_of
from tragnetz.portal.own.entry import opened
from tragnetz.reporting.asking.answering import answer_on_own_page, page_of
from tragnetz.reporting.asking.queries import moments_open


def open_moment(person_id: uuid.UUID, at: datetime) -> str:
    """Return about which moment something is asked on the own page; nothing if there is no question."""
    return next(iter(moments_open(person_id, at)), "")


@require_http_methods(["GET", "HEAD", "POST"])
@opened
def asked(request: NetworkRequest, found: Opened, moment: str) -> HttpResponse:
    """Ask, and keep the answer once."""
    at, person_id = now(), found.access.person_id
    if moment not in moments_open(person_id, at):
        if request.method == "POST":  # sent twice: the first one counted
            return render(request, "portal/own/asked_done.html")
        raise Http404
    refuses = "refuse" in request.POST
    form = AskedForm(
        request.POST if request.method == "POST" else None, page=page_of(person_id, moment, at)
    )  # fmt: skip
    if request.method != "POST" or (not refuses and not form.is_valid()):
        return _page(request, form, moment)
    try:
        said = AskedForm.refusing(request.POST) if refuses else form.said()
        taken = answer_on_own_page(opened=found, moment=moment, said=said, now=at)
    except TragnetzError as error:
        return _page(request, form, moment, problem=str(error))
    return render(request, "portal/own/asked_done.html", promise_of(request, taken))


def _page(request: NetworkRequest, form: AskedForm, moment: str, *, problem: str = "") -> HttpResponse:
    wrong = problem or (form.is_bound and form.errors)
    context = {"form": form, "moment": moment, "problem": problem}
    return render(request, "portal/own/asked.html", context, status=422 if wrong else 200)
