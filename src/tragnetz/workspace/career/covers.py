"""Letters of application: the guided form, the text with its hints, versions, sharing, and noting as sent."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragnetz.audit.commands import record
from tragnetz.casework.access import can_counsel
from tragnetz.casework.career.checks import check
from tragnetz.casework.career.composing import salutation
from tragnetz.casework.career.letters import (
    begin_letter,
    change_letter,
    drop_letter,
    note_as_application,
    share_letter,
    write_version,
)
from tragnetz.casework.career.models import CoverLetter
from tragnetz.casework.career.queries import latest_of, letter_of, papers_of, resume_of, strengths_of
from tragnetz.core.clock import today
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.career.cover_forms import CoverForm, SentForm, WordingForm, cover_blank, cover_initial
from tragnetz.workspace.coaching.views import own_coaching
from tragnetz.workspace.entry import staff


def own_letter(request: NetworkRequest, letter_id: uuid.UUID) -> CoverLetter:
    """Return a letter that the actor may see; any other does not exist."""
    found = letter_of(request.actor, letter_id)
    if found is None:
        raise Http404
    return found


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def cover_new(request: NetworkRequest, coaching_id: uuid.UUID) -> HttpResponse:
    """Ask what a letter needs, and compose it."""
    found = own_coaching(request, coaching_id)
    papers = papers_of(found, today(request.network.zone))
    form = CoverForm(
        request.POST or None, initial=cover_blank(uuid.uuid4().hex), strengths=strengths_of(found), is_new=True
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = begin_letter(
                actor=request.actor, coaching=found, details=form.details(), request_key=form.cleaned_data["key"]
            )
        except TragnetzError as error:
            form.add_error("employer", str(error))
        else:
            messages.success(
                request, _("Der Brief ist geschrieben. Lesen Sie ihn zusammen und ändern Sie, was nicht passt.")
            )
            return redirect("workspace:cover", made.pk)
    if request.method != "POST":
        record(request.actor, "coaching:read", found.case)
    context = {"coaching": found, "papers": papers, "form": form, "step": "cover"}
    return render(request, "workspace/career/cover_answers.html", context, status=422 if form.errors else 200)


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def cover_answers(request: NetworkRequest, letter_id: uuid.UUID) -> HttpResponse:
    """Change what was answered; the text stays, unless it is to be written anew."""
    found = own_letter(request, letter_id)
    form = CoverForm(
        request.POST or None, initial=cover_initial(found), strengths=strengths_of(found.coaching), is_new=False
    )
    if request.method == "POST" and form.is_valid():
        anew = form.cleaned_data["recompose"]
        try:
            change_letter(actor=request.actor, letter=found, details=form.details(), recompose=anew)
        except TragnetzError as error:
            form.add_error("employer", str(error))
        else:
            messages.success(
                request,
                _("Der Brief ist neu geschrieben. Die alte Fassung bleibt.")
                if anew
                else _("Gespeichert. Der Text blieb, wie er war."),
            )
            return redirect("workspace:cover", letter_id)
    if request.method != "POST":
        record(request.actor, "coaching:read", found.coaching.case)
    context = {"coaching": found.coaching, "letter": found, "form": form, "step": "cover"}
    return render(request, "workspace/career/cover_answers.html", context, status=422 if form.errors else 200)


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def cover(request: NetworkRequest, letter_id: uuid.UUID) -> HttpResponse:
    """Show a letter with what to look at again; reword, go back, share, note as sent, remove."""
    found = own_letter(request, letter_id)
    asked = {"text": _reword, "back": _go_back, "share": _share, "sent": _sent, "drop": _drop}
    doing = next((name for name in asked if f"do_{name}" in request.POST), "")
    if request.method != "POST" or not doing:
        record(request.actor, "coaching:read", found.coaching.case)
        return _page(request, found)
    return asked[doing](request, found)


def _page(request: NetworkRequest, found: CoverLetter, status: int = 200, **typed: Any) -> HttpResponse:  # noqa: ANN401 -- forms
    latest, resume = latest_of(found), resume_of(found.coaching)
    sender = bool(resume.address and (resume.phone or resume.email))
    wanted = next((one for one in found.versions.all() if str(one.number) == request.GET.get("fassung")), None)
    context = {
        "coaching": found.coaching, "letter": found, "latest": latest, "older": wanted if wanted != latest else None,
        "versions": list(found.versions.all()), "step": "cover", "resume": resume,
        "salutation": salutation(found.contact_title, found.contact_name),
        "hints": check(
            text=latest.text, employer=found.employer, contact_name=found.contact_name, pages=latest.pages,
            has_sender=sender,
        ),
        "form": WordingForm(initial={"subject": latest.subject, "text": latest.text}),
        "sent_form": SentForm(initial={"sent_on": today(request.network.zone)}, auto_id="sent_%s"),
        **typed,
    }  # fmt: skip
    return render(request, "workspace/career/cover.html", context, status=status)


def _reword(request: NetworkRequest, found: CoverLetter) -> HttpResponse:
    form = WordingForm(request.POST)
    if form.is_valid():
        try:
            write_version(actor=request.actor, letter=found, **form.cleaned_data)
        except TragnetzError as error:
            form.add_error("text", str(error))
        else:
            messages.success(request, _("Der Text ist gespeichert. Die Fassung davor bleibt."))
            return redirect("workspace:cover", found.pk)
    return _page(request, found, 422, form=form)


def _go_back(request: NetworkRequest, found: CoverLetter) -> HttpResponse:
    version = next((one for one in found.versions.all() if str(one.number) == request.POST["do_back"]), None)
    if version is None:
        raise Http404
    write_version(actor=request.actor, letter=found, subject=version.subject, text=version.text)
    messages.success(request, _("Diese Fassung gilt jetzt wieder."))
    return redirect("workspace:cover", found.pk)


def _share(request: NetworkRequest, found: CoverLetter) -> HttpResponse:
    shared = request.POST["do_share"] == "1"
    try:
        share_letter(actor=request.actor, letter=found, shared=shared)
    except TragnetzError as error:
        messages.error(request, str(error))
    else:
        there = _("Die Person findet den Brief jetzt auf ihrer eigenen Seite.")
        messages.success(request, there if shared else _("Der Brief steht nicht mehr auf der eigenen Seite."))
    return redirect("workspace:cover", found.pk)


def _sent(request: NetworkRequest, found: CoverLetter) -> HttpResponse:
    form = SentForm(request.POST, auto_id="sent_%s")
    if form.is_valid():
        try:
            application = note_as_application(
                actor=request.actor, letter=found, sent_on=form.cleaned_data["sent_on"],
                today=today(request.network.zone),
            )  # fmt: skip
        except TragnetzError as error:
            form.add_error("sent_on", str(error))
        else:
            messages.success(request, _("Die Bewerbung steht in der Liste."))
            return redirect("workspace:application", application.pk)
    return _page(request, found, 422, sent_form=form)


def _drop(request: NetworkRequest, found: CoverLetter) -> HttpResponse:
    try:
        drop_letter(actor=request.actor, letter=found)
    except TragnetzError as error:
        messages.error(request, str(error))
        return redirect("workspace:cover", found.pk)
    messages.success(request, _("Der Brief ist entfernt."))
    return redirect("workspace:career", found.coaching_id)
