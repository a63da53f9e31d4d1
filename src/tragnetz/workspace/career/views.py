"""The papers of one person: overview, who applies, how the CV looks."""

import base64
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tragnetz.audit.commands import record
from tragnetz.casework.access import can_counsel
from tragnetz.casework.career.checks import gap_words
from tragnetz.casework.career.commands import design_resume, share_resume, write_applicant
from tragnetz.casework.career.paper import resume_pictures
from tragnetz.casework.career.queries import papers_of
from tragnetz.casework.coaching.models import Coaching
from tragnetz.core.clock import today
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.career.forms import ApplicantForm, LookForm, applicant_initial, look_initial
from tragnetz.workspace.coaching.views import own_coaching
from tragnetz.workspace.entry import staff


@staff(can_counsel)
@require_safe
def career(request: NetworkRequest, coaching_id: uuid.UUID) -> HttpResponse:
    """Show what is there of CV and letters, and what to do next."""
    found = own_coaching(request, coaching_id)
    record(request.actor, "coaching:read", found.case)
    papers = papers_of(found, today(request.network.zone))
    context = {"coaching": found, "papers": papers, "step": ""}
    return render(request, "workspace/career/career.html", context)


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def applicant(request: NetworkRequest, coaching_id: uuid.UUID) -> HttpResponse:
    """Write down who applies."""
    found = own_coaching(request, coaching_id)
    papers = papers_of(found, today(request.network.zone))
    form = ApplicantForm(request.POST or None, initial=applicant_initial(papers.resume))
    if request.method == "POST" and form.is_valid():
        try:
            write_applicant(actor=request.actor, coaching=found, applicant=form.applicant())
        except TragnetzError as error:
            form.add_error("name", str(error))
        else:
            messages.success(request, _("Die Angaben zur Person sind gespeichert."))
            return redirect("workspace:career_entries", coaching_id)
    if request.method != "POST":
        record(request.actor, "coaching:read", found.case)
    context = {"coaching": found, "papers": papers, "form": form, "step": "applicant"}
    return render(request, "workspace/career/applicant.html", context, status=422 if form.errors else 200)


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: NetworkRequest, coaching_id: uuid.UUID) -> HttpResponse:
    """Show the CV as it will be, choose how it looks, share it with the person."""
    found = own_coaching(request, coaching_id)
    papers = papers_of(found, today(request.network.zone))
    if request.method == "POST" and "share" in request.POST:
        return _share(request, found)
    form = LookForm(request.POST or None, papers=papers, initial=look_initial(papers))
    if request.method == "POST" and form.is_valid():
        design_resume(actor=request.actor, coaching=found, look=form.look())
        messages.success(request, _("So sieht der Lebenslauf jetzt aus."))
        return redirect("workspace:resume", coaching_id)
    if request.method != "POST":
        record(request.actor, "coaching:read", found.case)
    pictures = resume_pictures(papers.resume, papers.entries, papers.skills) if papers.entries or papers.skills else []
    context: dict[str, Any] = {
        "coaching": found, "papers": papers, "form": form, "step": "resume", "gap_words": gap_words().values(),
        "pictures": [f"data:image/png;base64,{base64.b64encode(one).decode()}" for one in pictures],
    }  # fmt: skip
    return render(request, "workspace/career/resume.html", context, status=422 if form.errors else 200)


def _share(request: NetworkRequest, found: Coaching) -> HttpResponse:
    shared = request.POST["share"] == "1"
    try:
        share_resume(actor=request.actor, coaching=found, shared=shared)
    except TragnetzError as error:
        messages.error(request, str(error))
    else:
        there = _("Die Person findet den Lebenslauf jetzt auf ihrer eigenen Seite.")
        gone = _("Der Lebenslauf steht nicht mehr auf der eigenen Seite.")
        messages.success(request, there if shared else gone)
    return redirect("workspace:resume", found.pk)
