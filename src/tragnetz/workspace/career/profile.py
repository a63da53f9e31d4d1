"""What a CV is made of: stretches of life with their gaps, and what somebody can do."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragnetz.audit.commands import record
from tragnetz.casework.access import can_counsel
from tragnetz.casework.career.checks import gap_words
from tragnetz.casework.career.commands import add_entry, add_skill, change_entry, change_skill, drop_entry, drop_skill
from tragnetz.casework.career.queries import entry_of, papers_of, skill_of
from tragnetz.casework.career.rules import span_words
from tragnetz.casework.coaching.models import Coaching
from tragnetz.core.clock import today
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.career.forms import EntryForm, SkillForm, entry_initial, proposed_entry, skill_initial
from tragnetz.workspace.coaching.views import own_coaching
from tragnetz.workspace.entry import staff


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def entries(request: NetworkRequest, coaching_id: uuid.UUID) -> HttpResponse:
    """Show the stretches of a life and the gaps between them, and add one."""
    found, day = own_coaching(request, coaching_id), today(request.network.zone)
    form = EntryForm(request.POST, today=day)
    if request.method == "POST" and form.is_valid():
        try:
            add_entry(actor=request.actor, coaching=found, stretch=form.stretch(), request_key=form.cleaned_data["key"])
        except TragnetzError as error:
            form.add_error("starts", str(error))
        else:
            messages.success(request, _("Eingetragen."))
            return redirect("workspace:career_entries", coaching_id)
    papers = papers_of(found, day)
    placements = list(found.placements.all())
    if request.method != "POST":
        record(request.actor, "coaching:read", found.case)
        proposed = proposed_entry(request.GET, papers, placements)
        form = EntryForm(today=day, initial={"key": uuid.uuid4().hex, **proposed})
    known = {row.place for row in papers.entries}
    context = {
        "coaching": found, "papers": papers, "form": form, "step": "entries", "gap_words": gap_words().values(),
        "rows": [(row, span_words(row.starts_on, row.ends_on, years_only=row.years_only)) for row in papers.entries],
        "placements": [row for row in placements if row.employer not in known],
        "is_open": form.is_bound or bool(form.initial.keys() - {"key"}) or not papers.entries,
    }  # fmt: skip
    return render(request, "workspace/career/entries.html", context, status=422 if form.errors else 200)


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: NetworkRequest, entry_id: uuid.UUID) -> HttpResponse:
    """Correct a stretch of life, or remove it."""
    found = entry_of(request.actor, entry_id)
    if found is None:
        raise Http404
    if "drop" in request.POST:
        drop_entry(actor=request.actor, entry=found)
        messages.success(request, _("Entfernt."))
        return redirect("workspace:career_entries", found.coaching_id)
    form = EntryForm(request.POST or None, today=today(request.network.zone), initial=entry_initial(found))
    if request.method == "POST" and form.is_valid():
        try:
            change_entry(actor=request.actor, entry=found, stretch=form.stretch())
        except TragnetzError as error:
            form.add_error("starts", str(error))
        else:
            messages.success(request, _("Die Station ist geändert."))
            return redirect("workspace:career_entries", found.coaching_id)
    return _one(request, found.coaching, form, _("Station ändern"), "career_entries")


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def skills(request: NetworkRequest, coaching_id: uuid.UUID) -> HttpResponse:
    """Show what somebody can do, and add something."""
    found = own_coaching(request, coaching_id)
    form = SkillForm(request.POST)
    if request.method == "POST" and form.is_valid():
        try:
            add_skill(actor=request.actor, coaching=found, ability=form.ability(), request_key=form.cleaned_data["key"])
        except TragnetzError as error:
            form.add_error("level", str(error))
        else:
            messages.success(request, _("Eingetragen."))
            return redirect("workspace:career_skills", coaching_id)
    if request.method != "POST":
        record(request.actor, "coaching:read", found.case)
        form = SkillForm(initial={"key": uuid.uuid4().hex})
    papers = papers_of(found, today(request.network.zone))
    context = {"coaching": found, "papers": papers, "form": form, "step": "skills"}
    return render(request, "workspace/career/skills.html", context, status=422 if form.errors else 200)


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def skill(request: NetworkRequest, skill_id: uuid.UUID) -> HttpResponse:
    """Correct something that somebody can do, or remove it."""
    found = skill_of(request.actor, skill_id)
    if found is None:
        raise Http404
    if "drop" in request.POST:
        drop_skill(actor=request.actor, skill=found)
        messages.success(request, _("Entfernt."))
        return redirect("workspace:career_skills", found.coaching_id)
    form = SkillForm(request.POST or None, initial=skill_initial(found))
    if request.method == "POST" and form.is_valid():
        try:
            change_skill(actor=request.actor, skill=found, ability=form.ability())
        except TragnetzError as error:
            form.add_error("level", str(error))
        else:
            messages.success(request, _("Die Angabe ist geändert."))
            return redirect("workspace:career_skills", found.coaching_id)
    return _one(request, found.coaching, form, _("Kenntnis ändern"), "career_skills")


def _one(
    request: NetworkRequest, coaching: Coaching, form: EntryForm | SkillForm, title: str, back: str
) -> HttpResponse:
    if request.method != "POST":
        record(request.actor, "coaching:read", coaching.case)
    context: dict[str, Any] = {"coaching": coaching, "form": form, "title": title, "back": f"workspace:{back}"}
    return render(request, "workspace/career/change.html", context, status=422 if form.errors else 200)
