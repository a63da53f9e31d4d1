"""One letter: as it is read, as a file, and what became of it."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tragnetz.audit.commands import record
from tragnetz.casework.access import can_counsel
from tragnetz.casework.compartments import part_names
from tragnetz.casework.deadlines.sums import title_of as deadline_title
from tragnetz.casework.enums import DeadlineState, LetterSender, SendingWay
from tragnetz.casework.letters.commands import drop_letter, must_be_whole, record_sending, take_back_sending
from tragnetz.casework.letters.paper import as_docx, as_pdf
from tragnetz.casework.letters.queries import Shown, letter_of, letterhead, sheet
from tragnetz.core.clock import now, today
from tragnetz.core.downloads import file_answer
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.counselling.entry import case_of
from tragnetz.workspace.entry import staff
from tragnetz.workspace.letters.forms import SendingForm


def _found(shown: Shown | None) -> Shown:
    if shown is None:
        raise Http404
    return shown


def _number(request: NetworkRequest) -> int | None:
    typed = request.GET.get("fassung", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 5 else None  # noqa: PLR2004 -- a small number


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: NetworkRequest, case_id: uuid.UUID, letter_id: uuid.UUID) -> HttpResponse:
    """Show a letter; say that it left (`send`) or did not (`unsend`), put it aside (`drop`), take it up (`again`)."""
    view = case_of(request, case_id)
    shown = _found(letter_of(view.case, letter_id, _number(request)))
    form = _sending_form(request, shown)
    if request.method == "POST":
        try:
            done = _do(request, shown, form)
        except TragnetzError as error:
            form.add_error(None, str(error)) if "send" in request.POST else messages.error(request, str(error))
            done = "" if "send" in request.POST else " "
        if done:
            if done.strip():
                messages.success(request, done)
            return redirect("workspace:letter_page", case_id, letter_id)
    version = shown.version
    head = letterhead(view.case, version.author if version else None)
    context = {
        "view": view, "tab": "letters", "one": shown, "sheet": sheet(shown, head), "form": form,
        "whose": part_names(view.case).get(shown.row.compartment_id, ""),
        "versions": shown.row.versions.select_related("author__user").defer("draft", "words"),
        "deadline_name": deadline_title(shown.row.deadline) if shown.row.deadline else "",
        "by_organisation": bool(shown.draft and shown.draft.sender == LetterSender.ORGANISATION),
    }  # fmt: skip
    return render(request, "workspace/letters/letter.html", context, status=422 if form.errors else 200)


def _sending_form(request: NetworkRequest, shown: Shown) -> SendingForm:
    day, deadline = today(request.network.zone), shown.row.deadline
    is_open = deadline is not None and deadline.state == DeadlineState.OPEN
    return SendingForm(
        request.POST if "send" in request.POST else None, today=day,
        deadline=deadline_title(deadline) if deadline is not None and is_open else "",
        initial={"sent_on": day.isoformat(), "way": SendingWay.POST, "settles": is_open, "key": uuid.uuid4().hex},
    )  # fmt: skip


def _do(request: NetworkRequest, shown: Shown, form: SendingForm) -> str:
    """Do what a button says; returns what to tell, or nothing when the form is shown again."""
    if "send" in request.POST:
        if not form.is_valid():
            return ""
        record_sending(
            actor=request.actor, letter=shown.row, sent=form.sent(), idempotency_key=form.cleaned_data["key"], now=now()
        )
        if form.sent().settles:
            return _("Der Versand ist eingetragen, die Frist ist eingehalten.")
        return _("Der Versand ist eingetragen. Er steht im Verlauf.")
    if "unsend" in request.POST:
        sending = next((row for row in shown.sendings if str(row.pk) == request.POST["unsend"]), None)
        if sending is None:
            raise Http404
        take_back_sending(actor=request.actor, sending=sending)
        return _("Zurückgenommen. War damit eine Frist erledigt? Dann öffnen Sie sie wieder.")
    drop_letter(actor=request.actor, letter=shown.row, again="again" in request.POST)
    return _("Der Brief ist wieder ein Entwurf.") if "again" in request.POST else _("Der Brief ist verworfen.")


@staff(can_counsel)
@require_safe
def as_file(request: NetworkRequest, case_id: uuid.UUID, letter_id: uuid.UUID, form: str) -> HttpResponse:
    """Give a letter as PDF or Word file; one with gaps is shown with what it lacks. The file's name says nothing."""
    view = case_of(request, case_id)
    shown = _found(letter_of(view.case, letter_id, _number(request)))
    version, kind = shown.version, shown.kind
    if version is None or kind is None:
        raise Http404
    try:
        must_be_whole(version, kind)
    except TragnetzError as error:
        messages.error(request, str(error))
        return redirect("workspace:letter_page", case_id, letter_id)
    made = sheet(shown, letterhead(view.case, version.author))
    if made is None:
        raise Http404
    record(request.actor, "letter:print", view.case, kind=kind.key, form=form, version=version.number)
    return file_answer(as_pdf(made) if form == "pdf" else as_docx(made), f"brief.{form}")
