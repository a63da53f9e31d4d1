"""One paper of a case: its page, its content as a file to save, and its way to the reading of letters."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragnetz.casework.access import can_counsel
from tragnetz.casework.compartments import part_names
from tragnetz.casework.enums import FileType
from tragnetz.casework.files.commands import change_file, check_file, drop_file, mark_looked, only_note
from tragnetz.casework.files.queries import content_of, deadlines_for, file_of, shown, type_words
from tragnetz.casework.files.rules import CONTENT_TYPES
from tragnetz.casework.letterreading.extract import read_letter
from tragnetz.casework.models import CaseFile
from tragnetz.casework.overview.queries import CaseView
from tragnetz.casework.papers.queries import claims_proved_by, sheet_of
from tragnetz.casework.papers.vocabulary import paper_titles, vocabulary
from tragnetz.core.clock import now, today
from tragnetz.core.downloads import file_answer
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.privacy.trail import case_number
from tragnetz.workspace.counselling.entry import case_of
from tragnetz.workspace.deadlines.forms import LetterForm
from tragnetz.workspace.deadlines.letters import case_page
from tragnetz.workspace.entry import staff
from tragnetz.workspace.files.forms import ChangeForm, DropForm, Vocabulary

# Whatever is in a file: a browser saves it, and runs nothing of it should it be opened all the same.
_RUNS_NOTHING = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: NetworkRequest, case_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponse:
    """Show a paper; `do` changes what is known of it, searches it, keeps only a note of it, deletes it."""
    view = case_of(request, case_id)
    row = file_of(view.case, file_id)
    if row is None:
        raise Http404
    if request.method == "POST":
        return _do(request, view, row)
    mark_looked(file=row, now=now())
    return _page(request, view, row)


def _do(request: NetworkRequest, view: CaseView, row: CaseFile) -> HttpResponse:
    do, at = request.POST.get("do", ""), now()
    change, drop = _change_form(request, row, bound=do == "change"), DropForm(request.POST if do == "drop" else None)
    try:
        if do == "change" and change.is_valid():
            change_file(actor=request.actor, file=row, details=change.changed(), now=at)
            messages.success(request, _("Die Angaben zur Unterlage sind geändert."))
            return redirect("workspace:file", view.case.pk, row.pk)
        if do == "drop" and drop.is_valid():
            before = _needed_for(request, row)
            drop_file(actor=request.actor, file=row, reason=drop.cleaned_data["reason"])
            messages.success(request, _("Die Unterlage ist gelöscht."))
            if before:
                messages.warning(request, _("Für diese Anträge zählt sie nicht mehr: %s.") % ", ".join(before))
            return redirect("workspace:files", view.case.pk)
        if do == "note":
            only_note(actor=request.actor, file=row, now=at)
            messages.success(request, _("Die Datei ist gelöscht. Es bleibt, dass Sie die Unterlage gesehen haben."))
            return redirect("workspace:file", view.case.pk, row.pk)
        if do == "check":
            checked = check_file(actor=request.actor, file=row, now=at)
            words = _("Geprüft: Sie können die Datei jetzt öffnen.")
            messages.info(request, words if checked.size else str(checked.get_state_display()))
            return redirect("workspace:file", view.case.pk, row.pk)
    except TragnetzError as error:
        messages.error(request, str(error))
        return redirect("workspace:file", view.case.pk, row.pk)
    if do not in {"change", "drop"}:
        raise Http404
    return _page(request, view, row, change=change, drop=drop, status=422)


def _needed_for(request: NetworkRequest, row: CaseFile) -> list[str]:
    return claims_proved_by(row, sheet_of(row.case, today(request.network.zone)))


def _change_form(request: NetworkRequest, row: CaseFile, *, bound: bool) -> ChangeForm:
    return ChangeForm(
        request.POST if bound else None, file=row, deadlines=deadlines_for(row), today=today(request.network.zone),
        vocabulary=Vocabulary(paper_titles([row.paper]) | vocabulary()),
        auto_id="change_%s",
    )  # fmt: skip


def _page(
    request: NetworkRequest, view: CaseView, row: CaseFile, *, change: ChangeForm | None = None,
    drop: DropForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "view": view, "tab": "files", "one": shown(row), "what": type_words(row),
        "title": paper_titles([row.paper])[row.paper],
        "needed_for": _needed_for(request, row), "number": case_number(row.pk),
        "whose": part_names(view.case).get(row.compartment_id, ""),
        "change": change or _change_form(request, row, bound=False), "drop": drop or DropForm(),
        "wrong": change if change and change.errors else drop,
    }  # fmt: skip
    return render(request, "workspace/files/file.html", context, status=status)


@staff(can_counsel)
@require_safe
def content(request: NetworkRequest, case_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponse:
    """Hand out the content of a paper as a file to save. Who may is asked anew each time: no link goes on working."""
    try:
        found = content_of(request.actor, case_id, file_id)
    except TragnetzError as error:
        messages.error(request, str(error))
        return redirect("workspace:file", case_id, file_id)
    if found is None:
        raise Http404
    row, plain = found
    mark_looked(file=row, now=now())
    answer = file_answer(plain, row.name, kind=CONTENT_TYPES[FileType(row.type)], opens=False)
    for name, value in _RUNS_NOTHING.items():
        answer.headers[name] = value
    return answer


@staff(can_counsel)
@require_POST
def letter(request: NetworkRequest, case_id: uuid.UUID, file_id: uuid.UUID) -> HttpResponse:
    """Let a paper be read as a letter; what was found goes on to the form of a new deadline."""
    view = case_of(request, case_id)
    try:
        found = content_of(request.actor, case_id, file_id)
        if found is None:
            raise Http404
        reading = read_letter(found[1], today(request.network.zone))
    except TragnetzError as error:
        messages.error(request, str(error))
        return redirect("workspace:file", case_id, file_id)
    return case_page(request, view, LetterForm(), reading)
