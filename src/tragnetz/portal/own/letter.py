"""Show a letter: the person sends a photo or file to their counselling, and sees that it arrived."""

import math
import uuid
from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragnetz.casework.files.own import papers_asked_of, show_letter
from tragnetz.casework.files.queries import files_sent_by
from tragnetz.casework.files.rules import MOST_A_DAY
from tragnetz.casework.ownpage.sessions import Opened
from tragnetz.core.clock import now, today
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.lines import lines_now
from tragnetz.portal.own.entry import opened
from tragnetz.portal.own.files import with_state
from tragnetz.portal.own.forms import LetterForm
from tragnetz.portal.resaid import as_typed, only_reads_on
from tragnetz.staff.enums import Counted
from tragnetz.staff.throttle import take


@require_http_methods(["GET", "HEAD", "POST"])
@opened
def letter(request: NetworkRequest, found: Opened) -> HttpResponse:
    """Take a file for the counselling."""
    asked = papers_asked_of(found, today(request.network.zone), get_language() or "de")
    if request.method != "POST":
        wanted = {"key": uuid.uuid4().hex, "paper": request.GET.get("unterlage", "")}
        return _page(request, found, LetterForm(initial=wanted, asked=asked))
    form = LetterForm(request.POST, request.FILES, asked=asked)
    if only_reads_on(request):
        return _page(request, found, as_typed(form))
    wait = take(Counted.OWN_UPLOAD, str(found.access.pk), now())
    if wait:
        form.add_error("file", _("Das waren viele Dateien hintereinander. Bitte warten Sie ein paar Minuten."))
        response = _page(request, found, form, status=HTTPStatus.TOO_MANY_REQUESTS)
        response.headers["Retry-After"] = str(math.ceil(wait.total_seconds()))
        return response
    if form.is_valid():
        data = form.cleaned_data
        try:
            show_letter(
                opened=found, name=data["file"].name, content=data["file"].read(), note=data["text"],
                request_key=data["key"], now=now(), asked=form.chosen(),
            )  # fmt: skip
        except TragnetzError as error:
            form.add_error("file", str(error))
        else:
            return redirect(f"{reverse('portal:own_letter')}?ok=1")
    return _page(request, found, form, status=422)


def _page(request: NetworkRequest, found: Opened, form: LetterForm, *, status: int = 200) -> HttpResponse:
    sent = files_sent_by(found.access.case, found.access.person)
    context = {
        "form": form, "files": with_state(sent), "done": "ok" in request.GET and not form.is_bound,
        "megabytes": settings.TRAGNETZ_UPLOAD_MOST // 1_000_000, "most": MOST_A_DAY,
        "lines": lines_now(request.network),
    }  # fmt: skip
    return render(request, "portal/own/letter.html", context, status=status)
