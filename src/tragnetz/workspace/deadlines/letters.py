"""Read a letter and propose a deadline. The letter is kept nowhere; only a person makes a deadline of a proposal."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragnetz.casework.access import can_counsel, can_take_calls
from tragnetz.casework.letterreading.extract import can_read_photos, read_letter
from tragnetz.casework.overview.queries import CaseView
from tragnetz.core.clock import today
from tragnetz.core.errors import TragnetzError
from tragnetz.deadlines.book import rules
from tragnetz.deadlines.reading.read import Reading, pieces, read
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.counselling.entry import case_of
from tragnetz.workspace.deadlines.forms import LetterForm, SumForm
from tragnetz.workspace.deadlines.views import form_for
from tragnetz.workspace.entry import staff


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def case_letter(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Read a letter of a case; what was found goes on to the form of a new deadline."""
    form, reading = _read(request)
    return case_page(request, case_of(request, case_id), form, reading)


def case_page(request: NetworkRequest, view: CaseView, form: LetterForm, reading: Reading | None) -> HttpResponse:
    """Show what was read of a letter of a case, and the form to read another one."""
    context = _context(form, reading) | {"view": view, "tab": "deadlines"}
    if reading is not None:
        context["next"] = form_for(request, view, initial=_initial(reading))
    return render(request, "workspace/deadlines/letter.html", context, status=422 if form.errors else 200)


@staff(can_take_calls)
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: NetworkRequest) -> HttpResponse:
    """Read a letter for somebody who came with it or reads it out; what was found goes on to the calculator."""
    form, reading = _read(request)
    context = _context(form, reading)
    if reading is not None:
        context["next"] = SumForm(initial=_initial(reading), network=request.network)
    return render(request, "workspace/deadlines/letter.html", context, status=422 if form.errors else 200)


def _read(request: NetworkRequest) -> tuple[LetterForm, Reading | None]:
    """Return the form, and what the letter in it says; nothing before one was sent, or when it cannot be read."""
    if request.method != "POST":
        return LetterForm(), None
    form = LetterForm(request.POST, request.FILES)
    if not form.is_valid():
        return form, None
    text, file = form.cleaned_data["text"], form.cleaned_data["file"]
    if file is not None:
        try:
            return form, read_letter(file.read(), today(request.network.zone))
        except TragnetzError as error:
            form.add_error("file", str(error))
            return form, None
    if not text.strip():
        form.add_error("text", _("Bitte fügen Sie den Text ein, oder wählen Sie eine Datei."))
        return form, None
    return form, read(text, today(request.network.zone))


def _context(form: LetterForm, reading: Reading | None) -> dict[str, Any]:
    context: dict[str, Any] = {"form": form, "photos": can_read_photos(), "reading": reading}
    if reading is not None:
        context |= {"pieces": pieces(reading), "rule": rules().get(reading.rule)}
    return context


def _initial(reading: Reading) -> dict[str, object]:
    """Return what was found as the form of a deadline begins with it."""
    start = reading.start.isoformat() if reading.start else ""
    named = ", ".join(filter(None, (reading.office, reading.reference)))
    return {"rule": reading.rule, "start_on": start, "letter": named[:200]}
