"""Under a case: each adult's code for their own page, made, renewed, ended; and the messages."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from tragnetz.audit.commands import record
from tragnetz.casework.overview.queries import CaseView
from tragnetz.casework.ownpage.access import can_give
from tragnetz.casework.ownpage.commands import Made, end_access, is_code_of, make_access, mark_read, reply
from tragnetz.casework.ownpage.queries import Given, given_codes
from tragnetz.clients.models import Person
from tragnetz.core.clock import now, today
from tragnetz.core.downloads import file_answer
from tragnetz.core.errors import TragnetzError
from tragnetz.core.ids import clean_code, format_code
from tragnetz.core.links import page_address
from tragnetz.core.texts import choose
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.queries import told_phone
from tragnetz.printing.pdf import render_pdf
from tragnetz.printing.qr import qr_image
from tragnetz.workspace.counselling.entry import case_of
from tragnetz.workspace.entry import staff
from tragnetz.workspace.own_access.forms import ReplyForm

ASKED_FIRST = {"make", "end"}  # what takes a code from somebody who uses it


@staff(can_give)
@require_http_methods(["GET", "HEAD", "POST"])
def own_access(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show codes and messages of a case; `do` makes a code, ends it, or sends a message.

    A code that is in use is not made anew or ended before somebody was asked once and said so (`sure`).
    """
    view = case_of(request, case_id)
    if request.method != "POST":
        response = _page(request, view)
        mark_read(case=view.case, now=now())
        return response
    return _changed(request, view, _adult(request, view))


def _changed(request: NetworkRequest, view: CaseView, person: Person) -> HttpResponse:
    do, form, case_id = request.POST.get("do", ""), ReplyForm(request.POST), view.case.pk
    if do in ASKED_FIRST and "sure" not in request.POST and _given(view, [person])[0].access is not None:
        return _page(request, view, asks=(person, do))
    try:
        if do == "make" and form["key"].value():
            made = make_access(
                actor=request.actor, case=view.case, person=person, request_key=request.POST["key"][:40], now=now()
            )
            return _page(request, view, made=made)
        if do == "end":
            return _end(request, view, person)
        if do == "reply" and form.is_valid():
            data = form.cleaned_data
            reply(
                actor=request.actor, case=view.case, person=person, text=data["text"], request_key=data["key"],
                now=now(),
            )  # fmt: skip
            messages.success(request, _("Die Nachricht steht jetzt auf der Seite der Person."))
            return redirect("workspace:own_access", case_id)
    except TragnetzError as error:
        if do == "reply":
            form.add_error("text", str(error))
        else:
            messages.error(request, str(error))
            return redirect("workspace:own_access", case_id)
    if do != "reply":
        raise Http404
    return _page(request, view, wrong=(person, form), status=422)


def _end(request: NetworkRequest, view: CaseView, person: Person) -> HttpResponse:
    found = _given(view, [person])[0].access
    if found is not None:
        end_access(actor=request.actor, access=found, now=now())
        messages.success(request, _("Der Code ist beendet. Die Seite öffnet sich nicht mehr."))
    return redirect("workspace:own_access", view.case.pk)


def _adult(request: NetworkRequest, view: CaseView) -> Person:
    typed = request.POST.get("person", "")
    found = next((one for one in view.adults(today(request.network.zone).year) if str(one.pk) == typed), None)
    if found is None:
        raise Http404
    return found


def _given(view: CaseView, adults: list[Person]) -> list[Given]:
    return given_codes(view.case, adults, now())


def _page(
    request: NetworkRequest, view: CaseView, *, made: Made | None = None, wrong: tuple[Person, ReplyForm] | None = None,
    asks: tuple[Person, str] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    rows: list[dict[str, Any]] = []
    for given in _given(view, view.adults(today(request.network.zone).year)):
        bound = wrong[1] if wrong and wrong[0].pk == given.person.pk else None
        auto_id = f"reply_{given.person.pk.hex}_%s"
        form = bound or ReplyForm(initial={"key": uuid.uuid4().hex}, auto_id=auto_id)
        rows.append({
            "given": given, "form": form, "key": uuid.uuid4().hex,
            "asks": asks[1] if asks and asks[0].pk == given.person.pk else "",
            "code": made.code if made and made.access.person_id == given.person.pk else "",
            "unread": sum(1 for row in given.messages if row.author_id is None and row.read_at is None),
        })  # fmt: skip
    context = {
        "view": view, "tab": "own", "rows": rows, "made": made, "months": settings.TRAGNETZ_OWN_PAGE_MONTHS,
        "shown_form": wrong[1] if wrong else None,
    }  # fmt: skip
    return render(request, "workspace/own_access/page.html", context, status=status)


@staff(can_give)
@require_POST
def sheet(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Print the code that was just made, in the person's language. It names nobody, and not what it is about."""
    view = case_of(request, case_id)
    person = _adult(request, view)
    access = _given(view, [person])[0].access
    code = request.POST.get("code", "")[:40]
    if access is None or not is_code_of(access, code):
        messages.error(request, _("Diesen Code gibt es nicht mehr. Machen Sie einen neuen."))
        return redirect("workspace:own_access", case_id)
    record(request.actor, "own_access:print", access)
    contact = view.case.contact
    language = contact.language if contact and contact.language in dict(settings.LANGUAGES) else "de"
    with override(language):
        address = page_address(request, "portal:own")
        data = {
            "title": _("Ihre eigene Seite"), "network": choose(request.network.name, language).text,
            "code_label": _("Ihr Code"), "code": format_code(clean_code(code)), "address": address,
            "qr": qr_image(address), "qr_alt": _("QR-Code mit der Adresse der Seite, ohne Ihren Code"),
            "steps": [
                _("Öffnen Sie die Adresse, oder halten Sie die Kamera auf das Bild."),
                _("Geben Sie Ihren Code ein."),
                _("Wenn Sie fertig sind: Drücken Sie auf „Abmelden“."),
            ],
            "safe_title": _("Damit es sicher bleibt"),
            "safe": [
                _("Zeigen Sie den Code niemandem."),
                _("Liest jemand mit? Drücken Sie auf „Seite schnell verlassen“."),
                _("Code verloren? Rufen Sie an, dann bekommen Sie einen neuen: %s") % told_phone(),
            ],
        }  # fmt: skip
        content = render_pdf("own_code", data, language=language)
    return file_answer(content, "blatt.pdf")
