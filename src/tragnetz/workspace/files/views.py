"""The tab of a case with its papers: what is there, what came from the person, new files, and what was only seen."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from tragnetz.casework.access import can_counsel
from tragnetz.casework.compartments import part_names
from tragnetz.casework.enums import CaseState
from tragnetz.casework.files.commands import keep_file, note_seen
from tragnetz.casework.files.queries import files_of
from tragnetz.casework.overview.queries import CaseView
from tragnetz.casework.papers.queries import sheet_of
from tragnetz.casework.papers.vocabulary import CommonPaper, vocabulary
from tragnetz.core.clock import now, today
from tragnetz.core.errors import TragnetzError
from tragnetz.core.uploads import TooLarge, too_large_words
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.counselling.entry import case_of
from tragnetz.workspace.entry import staff
from tragnetz.workspace.files.forms import KeepForm, SeenForm, Vocabulary


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show the papers of a case; keep what is sent. A file that is refused holds up none of the others."""
    view = case_of(request, case_id)
    if request.method != "POST":
        return page(request, view)
    form = KeepForm(request.POST, request.FILES, **_asked(request, view))
    if not form.is_valid():
        return page(request, view, keep=form, status=422)
    kept = [_keep(request, view, form, number, file) for number, file in enumerate(form.cleaned_data["papers"])]
    number = sum(kept)
    if number:
        words = ngettext("%s Datei ist abgelegt.", "%s Dateien sind abgelegt.", number) % number
        messages.success(request, words)
    if not all(kept):
        return page(request, view, keep=form, status=422)
    return redirect("workspace:files", case_id)


def _keep(request: NetworkRequest, view: CaseView, form: KeepForm, number: int, file: UploadedFile[Any]) -> bool:
    """Keep one of the files that were sent; what is wrong with it stands at the form."""
    name = file.name or ""
    if isinstance(file, TooLarge):
        form.add_error("papers", f"{name}: {too_large_words()}")
        return False
    try:
        keep_file(
            actor=request.actor, case=view.case, name=name, content=file.read(), details=form.details(),
            request_key=f"{form.cleaned_data['key']}:{number}", now=now(), person=form.person(),
        )  # fmt: skip
    except TragnetzError as error:
        form.add_error("papers", f"{name}: {error}")
        return False
    return True


@staff(can_counsel)
@require_POST
def seen(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Note that a paper was seen and is not kept."""
    view = case_of(request, case_id)
    form = SeenForm(request.POST, **_asked(request, view))
    if form.is_valid():
        data = form.cleaned_data
        try:
            note_seen(
                actor=request.actor, case=view.case, paper=data["paper"], note=data["note"], seen_on=data["seen_on"],
                request_key=data["key"], now=now(), person=form.person(), issued_on=data["issued_on"],
            )  # fmt: skip
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Eingetragen: gesehen und nicht behalten."))
            return redirect("workspace:files", case_id)
    return page(request, view, seen_form=form, status=422)


def _asked(request: NetworkRequest, view: CaseView) -> dict[str, Any]:
    day = today(request.network.zone)
    wanted = {need.paper.key for need in sheet_of(view.case, day).to_get}
    return {"view": view, "year": day.year, "today": day, "vocabulary": Vocabulary(vocabulary(), wanted)}


def page(
    request: NetworkRequest, view: CaseView, *, keep: KeepForm | None = None, seen_form: SeenForm | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """Show the tab, with a form as it was typed; `unterlage` and `wer` choose the paper that a claim waits for."""
    asked = _asked(request, view)
    names = asked["vocabulary"].names
    wanted = request.GET.get("unterlage", "")
    chosen = {"paper": wanted if wanted in names else CommonPaper.LETTER, "part": request.GET.get("wer", "")}
    found = files_of(view.case)
    context = {
        "view": view, "tab": "files", "parts": part_names(view.case), "names": names,
        "is_open": view.case.state == CaseState.OPEN,
        "new": [one for one in found if one.is_new], "others": [one for one in found if not one.is_new],
        "keep": keep or KeepForm(
            initial=chosen | {"key": uuid.uuid4().hex}, auto_id="keep_%s", **asked
        ),
        "seen": seen_form or SeenForm(
            initial=chosen | {"key": uuid.uuid4().hex, "seen_on": asked["today"].isoformat()}, auto_id="seen_%s",
            **asked,
        ),
        "wrong": keep or seen_form, "megabytes": settings.TRAGNETZ_UPLOAD_MOST // 1_000_000,
        "at_once": settings.TRAGNETZ_UPLOAD_AT_ONCE,
        # Without .heic in this list a phone that takes HEIC hands over a JPEG, of which we take out the place.
        "accept": ".pdf,.jpg,.jpeg,.png,.webp,.docx,.txt",
    }  # fmt: skip
    return render(request, "workspace/files/case.html", context, status=status)
