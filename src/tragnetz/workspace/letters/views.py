"""Letters of a case: list, write, change."""

import uuid
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from tragnetz.casework.access import can_counsel, member_of
from tragnetz.casework.compartments import part_names
from tragnetz.casework.deadlines.queries import deadline_of
from tragnetz.casework.deadlines.sums import title_of
from tragnetz.casework.enums import LetterState
from tragnetz.casework.letters.access import can_keep_wordings
from tragnetz.casework.letters.book import LetterKind, by_group, kinds, kinds_for
from tragnetz.casework.letters.commands import change_letter, start_letter
from tragnetz.casework.letters.drafts import Draft, sheet_of
from tragnetz.casework.letters.offices import OfficeAddress, address_of, office_addresses
from tragnetz.casework.letters.queries import Shown, first_draft, letter_of, letterhead, letters_of, open_deadlines
from tragnetz.casework.models import Deadline
from tragnetz.casework.overview.queries import CaseView
from tragnetz.clients.models import Person
from tragnetz.core.clock import now, today
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.models import Membership
from tragnetz.workspace.counselling.entry import case_of
from tragnetz.workspace.entry import staff
from tragnetz.workspace.letters.forms import LetterForm, initial_of


@staff(can_counsel)
@require_safe
def letters(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show the letters of a case, and the kinds to write."""
    view = case_of(request, case_id)
    found = letters_of(view.case)
    context = {
        "view": view, "tab": "letters", "parts": part_names(view.case), "groups": by_group(),
        "drafts": [one for one in found if one.row.state == LetterState.DRAFT],
        "sent": [one for one in found if one.row.state == LetterState.SENT],
        "dropped": [one for one in found if one.row.state == LetterState.DROPPED],
        "answers": [(row, title_of(row), fits) for row in open_deadlines(view.case) if (fits := kinds_for(row.rule))],
        "keeps": can_keep_wordings(request.actor),
    }  # fmt: skip
    return render(request, "workspace/letters/case.html", context)


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: NetworkRequest, case_id: uuid.UUID, kind: str) -> HttpResponse:
    """Write a letter: `absender` writes it, for `wer`, to keep the deadline `frist`, after the pattern of `nach`."""
    view, found = case_of(request, case_id), kinds().get(kind)
    if found is None:
        raise Http404
    offices = office_addresses(view.facts)
    begun = _begun(request, view, found, offices)
    form = _form(request, found, begun.draft, offices)
    if "save" in request.POST and form.is_valid():
        try:
            made = start_letter(
                actor=request.actor, case=view.case, kind=found.key, draft=form.draft(), person=begun.person,
                deadline=begun.deadline, idempotency_key=form.cleaned_data["key"], now=now(),
            )  # fmt: skip
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            return redirect("workspace:letter_page", case_id, made.pk)
    choices = {
        "adults": view.adults(today(request.network.zone).year), "person": begun.person, "sender": begun.draft.sender,
        "senders": [(str(one), one.label) for one in found.senders], "deadline": begun.deadline,
        "deadlines": [] if found.sheet else [(row, title_of(row)) for row in open_deadlines(view.case)],
    }  # fmt: skip
    return _edit(request, {"view": view, "kind": found, "form": form, **choices})


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: NetworkRequest, case_id: uuid.UUID, letter_id: uuid.UUID) -> HttpResponse:
    """Change a draft; each time it is saved there is a new version."""
    view = case_of(request, case_id)
    shown = letter_of(view.case, letter_id)
    if shown is None or shown.kind is None or shown.draft is None:
        raise Http404
    if shown.row.state != LetterState.DRAFT:
        return redirect("workspace:letter_page", case_id, letter_id)
    form = _form(request, shown.kind, shown.draft, office_addresses(view.facts), shown.row.number)
    if "save" in request.POST and form.is_valid():
        try:
            change_letter(
                actor=request.actor, letter=shown.row, draft=form.draft(),
                based_on=form.cleaned_data["based_on"] or 0, now=now(),
            )  # fmt: skip
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            return redirect("workspace:letter_page", case_id, letter_id)
    return _edit(request, {"view": view, "kind": shown.kind, "form": form, "row": shown.row})


@dataclass(frozen=True, slots=True)
class _Begun:
    """What a new letter begins with, whose it is, and which deadline it keeps."""

    draft: Draft
    person: Person | None
    deadline: Deadline | None


def _begun(request: NetworkRequest, view: CaseView, kind: LetterKind, offices: list[OfficeAddress]) -> _Begun:
    """Return what the address of the page says. What is one adult's alone stays in their part of the case."""
    pattern, deadline = _pattern(request, view, kind), _deadline(view, request.GET.get("frist", ""))
    kept_apart = next((row.compartment.person for row in (deadline, pattern and pattern.row) if row), None)
    person, day = kept_apart or view.person(request.GET.get("wer", "")), today(request.network.zone)
    if pattern is not None and pattern.draft is not None:
        return _Begun(pattern.draft.of_day(day), person, deadline)
    wanted = request.GET.get("absender", "")
    sender = wanted if wanted in kind.senders else str(kind.senders[0])
    draft = first_draft(view.case, kind, sender, today=day, person=person, deadline=deadline)
    return _Begun(replace(draft, to=address_of(offices, draft.to)), person, deadline)


def _form(
    request: NetworkRequest, kind: LetterKind, draft: Draft, offices: list[OfficeAddress], based_on: int | None = None
) -> LetterForm:
    """Return the form as typed; with `take` an office's address is put into what was typed."""
    form_of = partial(LetterForm, kind=kind, sender=draft.sender, offices=offices)
    typed = request.POST if request.method == "POST" else None
    if typed is not None and "take" in typed:
        return form_of(initial=form_of(typed).with_office())
    return form_of(typed, initial={"key": uuid.uuid4().hex, **initial_of(draft, based_on)})


def _edit(request: NetworkRequest, context: dict[str, Any]) -> HttpResponse:
    form = context["form"]
    wrong = form.is_bound and not form.is_valid()
    if form.is_bound and not wrong:
        writer = Membership.objects.select_related("user").get(pk=member_of(request.actor))
        context["sheet"] = sheet_of(form.draft(), context["kind"], letterhead(context["view"].case, writer))
    context |= {"tab": "letters", "changes_words": wrong and bool({"subject", "text"} & set(form.errors))}
    return render(request, "workspace/letters/edit.html", context, status=422 if wrong else 200)


def _deadline(view: CaseView, typed: str) -> Deadline | None:
    try:
        return deadline_of(view.case, uuid.UUID(typed)) if typed else None
    except ValueError:
        return None


def _pattern(request: NetworkRequest, view: CaseView, kind: LetterKind) -> Shown | None:
    """Return another letter of the case as the pattern of a new one; a new one belongs to the same part."""
    try:
        shown = letter_of(view.case, uuid.UUID(request.GET.get("nach", "")))
    except ValueError:
        return None
    return shown if shown is not None and shown.draft is not None and shown.kind is kind else None
