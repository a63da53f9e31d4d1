"""The list of interpreters, one of them with their declarations, and who interprets at a talk."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tragnetz.appointments.interpreters.access import (
    can_ask_interpreters,
    can_keep_interpreters,
    visible_interpreters,
)
from tragnetz.appointments.interpreters.commands import (
    ask_interpreter,
    end_interpreter,
    keep_interpreter,
    record_declaration,
    settle_assignment,
)
from tragnetz.appointments.interpreters.queries import interpreters, without_interpreter
from tragnetz.appointments.models import Booking, Interpreter
from tragnetz.audit.commands import record
from tragnetz.casework.access import visible_bookings
from tragnetz.core.clock import now, today
from tragnetz.core.errors import TragnetzError
from tragnetz.network.languages import language_name
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.entry import staff
from tragnetz.workspace.interpreters.forms import (
    DeclarationEntry,
    InterpreterForm,
    declaration_initial,
    interpreter_initial,
)


@staff(can_ask_interpreters)
@require_http_methods(["GET", "HEAD", "POST"])
def listing(request: NetworkRequest) -> HttpResponse:
    """Show who interprets and which talks need somebody; the lead adds people."""
    keeps = can_keep_interpreters(request.actor)
    form = InterpreterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = keep_interpreter(actor=request.actor, details=form.details())
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Gespeichert. Jetzt fehlt die Erklärung zur Verschwiegenheit."))
            return redirect("workspace:interpreter", made.pk)
    record(request.actor, "interpreters:read")
    context = {
        "rows": [
            (one, [language_name(code) for code in one.row.languages])
            for one in interpreters(request.actor, today(request.network.zone))
        ],
        "missing": without_interpreter(visible_bookings(request.actor), now()),
        "form": form if keeps else None,
        "keeps": keeps,
    }
    return render(request, "workspace/interpreters/list.html", context, status=422 if form.errors else 200)


@staff(can_keep_interpreters)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: NetworkRequest, interpreter_id: uuid.UUID) -> HttpResponse:
    """Show an interpreter with their declarations; change, record a declaration (`declare`), end (`end`)."""
    row, day = visible_interpreters(request.actor).filter(pk=interpreter_id).first(), today(request.network.zone)
    if row is None:
        raise Http404
    doing = request.POST
    form = InterpreterForm(doing if "save" in doing else None, initial=interpreter_initial(row))
    entry = DeclarationEntry(doing if "declare" in doing else None, initial=declaration_initial(day))
    if request.method == "POST" and _did(request, row, form, entry):
        return redirect("workspace:interpreter", row.pk)
    record(request.actor, "interpreters:read")
    context = {
        "row": row, "form": form, "entry": entry, "today": day,
        "declarations": row.declarations.select_related("recorded_by__user"),
    }  # fmt: skip
    wrong = bool(form.errors or entry.errors)
    return render(request, "workspace/interpreters/one.html", context, status=422 if wrong else 200)


def _did(request: NetworkRequest, row: Interpreter, form: InterpreterForm, entry: DeclarationEntry) -> bool:
    """Do what was asked; whether it is done. What is wrong stands in the form."""
    chosen = form if "save" in request.POST else entry
    try:
        if "end" in request.POST:
            end_interpreter(actor=request.actor, interpreter=row, now=now())
            words = _("%s wird nicht mehr vorgeschlagen.") % row.name
        elif "save" in request.POST and form.is_valid():
            keep_interpreter(actor=request.actor, details=form.details(), interpreter=row)
            words = _("Die Angaben sind gespeichert.")
        elif "declare" in request.POST and entry.is_valid():
            day = today(request.network.zone)
            record_declaration(actor=request.actor, interpreter=row, today=day, **entry.cleaned_data)
            words = _("Die Erklärung zur Verschwiegenheit ist eingetragen.")
        else:
            return False
    except TragnetzError as error:
        chosen.add_error(None, str(error))
        return False
    messages.success(request, words)
    return True


@staff(can_ask_interpreters)
@require_POST
def at_booking(request: NetworkRequest, booking_id: uuid.UUID) -> HttpResponse:
    """Ask an interpreter for a talk (`ask`), or note what they answered (`state`)."""
    found: Booking | None = visible_bookings(request.actor).filter(pk=booking_id).first()
    if found is None:
        raise Http404
    try:
        if "ask" in request.POST:
            asked = ask_interpreter(
                actor=request.actor, booking=found, interpreter_id=_id(request.POST["ask"]), now=now()
            )
            mailed = bool(asked.interpreter.email)
            words = _("Angefragt per E-Mail.") if mailed else _("Eingetragen. Bitte rufen Sie dort an.")
            messages.success(request, words)
        else:
            settle_assignment(actor=request.actor, booking=found, state=request.POST.get("state", ""), now=now())
            messages.success(request, _("Die Antwort ist eingetragen."))
    except TragnetzError as error:
        messages.error(request, str(error))
    return redirect("workspace:booking", booking_id)


def _id(typed: str) -> uuid.UUID:
    try:
        return uuid.UUID(typed)
    except ValueError as error:
        raise Http404 from error
