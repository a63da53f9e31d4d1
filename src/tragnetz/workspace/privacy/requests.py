"""Requests of people: taken down, looked through, carried out, answered."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragnetz.audit.commands import record
from tragnetz.clients.models import Relation
from tragnetz.core.clock import now, today
from tragnetz.core.downloads import file_answer, json_answer
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.privacy.access import (
    can_handle_requests,
    can_see_privacy,
    can_take_requests,
    cases_for_requests,
    contacts_for_requests,
    visible_requests,
)
from tragnetz.privacy.enums import RequestState, RestrictionReason, Right
from tragnetz.privacy.errors import PrivacyError
from tragnetz.privacy.models import Request
from tragnetz.privacy.queries import correctable, listed, requests
from tragnetz.privacy.rights import commands
from tragnetz.privacy.rights.copy import (
    copy_json,
    copy_pdf,
    fingerprint,
    given_json,
    is_reviewed,
    make_copy,
    subject_of,
    texts_to_review,
)
from tragnetz.privacy.subjects import Subject
from tragnetz.privacy.trail import case_number
from tragnetz.workspace.entry import staff
from tragnetz.workspace.privacy.forms import (
    AnswerForm,
    CorrectForm,
    EraseForm,
    ExtendForm,
    IdentityForm,
    RequestForm,
    RestrictForm,
)

RESTRICTS = {Right.RESTRICTION, Right.OBJECTION}


@staff(can_see_privacy)
@require_safe
def listing(request: NetworkRequest) -> HttpResponse:
    """List requests, the most urgent first."""
    answered = request.GET.get("stand") == "beantwortet"
    rows = requests(request.actor, today(request.network.zone), answered=answered)
    record(request.actor, "rights:list", None, rows=len(rows))
    return render(request, "workspace/privacy/requests.html", {"rows": rows, "answered": answered})


@staff(can_take_requests)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Take down what somebody demands."""
    case = cases_for_requests(request.actor).select_related("contact").filter(pk=case_id).first()
    if case is None:
        raise Http404
    others = case.household.people.exclude(relation=Relation.SELF)
    people = [("", case.contact.name if case.contact else _("die Person, um deren Fall es geht"))]
    people += [(str(row.pk), f"{row.name} ({row.get_relation_display()})") for row in others]
    context = {"number": case_number(case.pk), "back": reverse("workspace:case", args=[case.pk])}
    if request.method != "POST":
        record(request.actor, "case:read", case)
    return _take(request, people, context, case_id=case.pk)


@staff(can_take_requests)
@require_http_methods(["GET", "HEAD", "POST"])
def new_without_case(request: NetworkRequest, contact_id: uuid.UUID) -> HttpResponse:
    """Take down what somebody demands who has no case: who booked, asked, waits, or came to a group."""
    contact = contacts_for_requests(request.actor).filter(pk=contact_id).first()
    if contact is None:
        raise Http404
    if request.method != "POST":
        record(request.actor, "contact:read", contact)
    context = {"number": "", "back": reverse("workspace:safe_contact", args=[contact.pk])}
    return _take(request, [("", contact.name)], context, contact_id=contact.pk)


def _take(
    request: NetworkRequest, people: list[tuple[str, str]], context: dict[str, Any], **whose: uuid.UUID
) -> HttpResponse:
    day = today(request.network.zone)
    initial = {"key": uuid.uuid4().hex, "received_on": day, "identity": "known"}
    form = RequestForm(request.POST or None, people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        person = form.cleaned_data["person"]
        try:
            made = commands.take_request(
                actor=request.actor, case_id=whose.get("case_id"), contact_id=whose.get("contact_id"),
                person_id=uuid.UUID(person) if person else None, demand=form.demand(),
                idempotency_key=form.cleaned_data["key"], today=day,
            )  # fmt: skip
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            until = f"{made.due_on:%d.%m.%Y}"
            messages.success(request, _("Der Antrag ist aufgenommen. Die Antwort muss bis %s da sein.") % until)
            if can_see_privacy(request.actor):
                return redirect("workspace:privacy_request", made.pk)
            return redirect(context["back"])
    return render(
        request, "workspace/privacy/request_new.html", context | {"form": form}, status=422 if form.errors else 200
    )


def _found(request: NetworkRequest, request_id: uuid.UUID) -> Request:
    row = (
        visible_requests(request.actor)
        .select_related("contact", "case__contact", "person", "organisation", "taken_by__user", "answered_by__user")
        .filter(pk=request_id)
        .first()
    )
    if row is None:
        raise Http404
    return row


def _page(request: NetworkRequest, row: Request, shown: str = "", form: forms.Form | None = None) -> HttpResponse:
    """Show a request. The officer sees deadline and state; texts and names are for those who carry it out."""
    handles = can_handle_requests(request.actor)
    subject = subject_of(row) if handles else None
    reviewed = bool(subject) and row.right == Right.ACCESS and is_reviewed(row, texts_to_review(row, subject))  # type: ignore[arg-type]  # checked before
    restricted = bool(row.case and row.case.restricted_on) or bool(row.contact and row.contact.restricted_on)
    forms_shown = {
        "identity": IdentityForm(initial={"identity": row.identity}, auto_id="identity_%s"),
        "extend": ExtendForm(auto_id="extend_%s"),
        "restrict": RestrictForm(
            auto_id="restrict_%s",
            initial={"reason": RestrictionReason.OBJECTION if row.right == Right.OBJECTION else ""},
        ),
        "erase": EraseForm(auto_id="erase_%s"),
        "answer": AnswerForm(auto_id="answer_%s"),
    }
    if form is not None:
        forms_shown[shown] = form
    context = {
        "one": listed(row, today(request.network.zone)), "row": row, "handles": handles, "forms": forms_shown,
        "shown": shown, "gone": handles and subject is None, "reviewed": reviewed, "restricted": restricted,
        "restricts": row.right in RESTRICTS, "is_open": row.state == RequestState.OPEN,
        "searched": handles and ("auch" in request.GET or shown == "join"),
        "twins": commands.twins_of(row) if handles and ("auch" in request.GET or shown == "join") else [],
        "corrections": row.corrections.select_related("by__user") if handles else [],
    }  # fmt: skip
    status = 422 if form is not None and form.errors else 200
    return render(request, "workspace/privacy/request.html", context, status=status)


@staff(can_see_privacy)
@require_safe
def one(request: NetworkRequest, request_id: uuid.UUID) -> HttpResponse:
    """Show a request with what is to be done."""
    row = _found(request, request_id)
    record(request.actor, "rights:read", row)
    return _page(request, row)


@staff(can_handle_requests)
@require_POST
def act(request: NetworkRequest, request_id: uuid.UUID, deed: str) -> HttpResponse:
    """Carry out one thing: identity, deadline, restriction, lifting, erasure, answer."""
    row = _found(request, request_id)
    if deed not in DEEDS:
        raise Http404
    kind, run, done = DEEDS[deed]
    form = kind(request.POST, auto_id=f"{deed}_%s")
    if form.is_valid():
        try:
            run(request, row, form.cleaned_data)
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, str(done))
            return redirect("workspace:privacy_request", row.pk)
    return _page(request, row, deed, form)


def _identity(request: NetworkRequest, row: Request, data: Mapping[str, Any]) -> None:
    commands.set_identity(actor=request.actor, request_id=row.pk, identity=data["identity"])


def _join(request: NetworkRequest, row: Request, _data: Mapping[str, Any]) -> None:
    commands.add_contacts(actor=request.actor, request_id=row.pk, ids=request.POST.getlist("contact"))


def _extend(request: NetworkRequest, row: Request, data: Mapping[str, Any]) -> None:
    commands.extend(actor=request.actor, request_id=row.pk, why=data["why"], today=today(request.network.zone))


def _restrict(request: NetworkRequest, row: Request, data: Mapping[str, Any]) -> None:
    commands.restrict(actor=request.actor, request_id=row.pk, reason=data["reason"], today=today(request.network.zone))


def _lift(request: NetworkRequest, row: Request, _data: Mapping[str, Any]) -> None:
    commands.lift(actor=request.actor, request_id=row.pk, today=today(request.network.zone))


def _erase(request: NetworkRequest, row: Request, _data: Mapping[str, Any]) -> None:
    commands.erase_for(actor=request.actor, request_id=row.pk, now=now())


def _answer(request: NetworkRequest, row: Request, data: Mapping[str, Any]) -> None:
    commands.answer(
        actor=request.actor, request_id=row.pk, result=data["result"], text=data["text"],
        today=today(request.network.zone),
    )  # fmt: skip


# What can be done with a request: name in the address -> form, deed, what is said after it.
DEEDS: Mapping[str, tuple[type[forms.Form], Callable[[NetworkRequest, Request, Mapping[str, Any]], None], Promise]] = {
    "identity": (IdentityForm, _identity, gettext_lazy("Gespeichert: Wir kennen die Person.")),
    "join": (forms.Form, _join, gettext_lazy("Gehört jetzt dazu.")),
    "extend": (ExtendForm, _extend, gettext_lazy("Die Frist ist verlängert. Sagen Sie es der Person noch heute.")),
    "restrict": (RestrictForm, _restrict, gettext_lazy("Die Daten sind eingeschränkt: Sie werden nur aufbewahrt.")),
    "lift": (forms.Form, _lift, gettext_lazy("Die Einschränkung ist aufgehoben.")),
    "erase": (EraseForm, _erase, gettext_lazy("Die Daten sind gelöscht.")),
    "answer": (AnswerForm, _answer, gettext_lazy("Die Antwort ist eingetragen.")),
}


@staff(can_handle_requests)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: NetworkRequest, request_id: uuid.UUID) -> HttpResponse:
    """Look texts through for what is about others, and black it out."""
    row = _with_data(request, request_id, Right.ACCESS)
    groups = texts_to_review(row, _subject(row))
    ticked = set(request.POST.getlist("black"))
    problem = ""
    if request.method == "POST":
        try:
            commands.review(
                actor=request.actor, request_id=row.pk, seen=request.POST.get("seen", ""), black=ticked, now=now()
            )
        except TragnetzError as error:
            problem = str(error)
        else:
            messages.success(request, _("Durchgesehen. So wird die Kopie aussehen."))
            return redirect("workspace:privacy_preview", row.pk)
    else:
        record(request.actor, "rights:review", row)
        ticked = {text.value for group in groups for text in group.texts if text.black}
    context = {
        "row": row, "groups": groups, "seen": fingerprint(groups), "ticked": ticked, "problem": problem,
        "texts": sum(len(group.texts) for group in groups),
    }  # fmt: skip
    return render(request, "workspace/privacy/review.html", context, status=422 if problem else 200)


@staff(can_handle_requests)
@require_safe
def preview(request: NetworkRequest, request_id: uuid.UUID) -> HttpResponse:
    """Show the copy as it will be handed out."""
    row = _with_data(request, request_id, Right.ACCESS)
    subject = _subject(row)
    record(request.actor, "rights:preview", row)
    context = {
        "row": row, "made": make_copy(row, subject, request.network, today(request.network.zone)),
        "reviewed": is_reviewed(row, texts_to_review(row, subject)),
    }  # fmt: skip
    return render(request, "workspace/privacy/preview.html", context)


@staff(can_handle_requests)
@require_safe
def copy(request: NetworkRequest, request_id: uuid.UUID, kind: str) -> HttpResponse:
    """Give the copy as PDF or JSON, or what the person gave as JSON."""
    row = _with_data(request, request_id, Right.ACCESS, Right.PORTABILITY)
    if kind not in {"pdf", "json"} or (kind == "pdf" and row.right == Right.PORTABILITY):
        raise Http404
    try:
        subject = commands.ready_to_hand_out(row)
    except PrivacyError as error:
        messages.error(request, str(error))
        return redirect("workspace:privacy_request", row.pk)
    day = today(request.network.zone)
    record(request.actor, "rights:copy", row, kind=kind)
    if row.right == Right.PORTABILITY:
        return json_answer(given_json(row, subject, request.network, day), "meine-angaben.json")
    made = make_copy(row, subject, request.network, day)
    if kind == "json":
        return json_answer(copy_json(made), "meine-daten.json")
    return file_answer(copy_pdf(made, request.network), "meine-daten.pdf", opens=False)


@staff(can_handle_requests)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: NetworkRequest, request_id: uuid.UUID) -> HttpResponse:
    """Choose what is wrong, and write what is right."""
    row = _with_data(request, request_id, Right.CORRECTION)
    values = {value.value: value for value in correctable(_subject(row), request.network)}
    chosen = values.get(request.POST.get("what") or request.GET.get("was", ""))
    choices = [(key, value.label) for key, value in values.items()]
    initial = {"what": chosen.value, "value": chosen.text} if chosen else {}
    form = CorrectForm(request.POST or None, choices=choices, initial=initial)
    if request.method == "POST" and form.is_valid() and chosen is not None:
        try:
            commands.correct(
                actor=request.actor, request_id=row.pk, kind=chosen.kind.key, object_id=chosen.object_id,
                field=chosen.field, value=form.cleaned_data["value"], now=now(),
            )  # fmt: skip
        except TragnetzError as error:
            form.add_error("value", str(error))
        else:
            messages.success(request, _("Berichtigt. Was vorher da stand, ist beim Antrag aufgehoben."))
            return redirect("workspace:privacy_request", row.pk)
    if request.method != "POST":
        record(request.actor, "rights:read", row)
    context = {"row": row, "form": form, "values": values.values(), "chosen": chosen}
    return render(request, "workspace/privacy/correct.html", context, status=422 if form.errors else 200)


def _with_data(request: NetworkRequest, request_id: uuid.UUID, *rights: Right) -> Request:
    """Return an open request of these rights whose data are still there; else there is no such page."""
    row = _found(request, request_id)
    if row.right not in rights or row.state != RequestState.OPEN or subject_of(row) is None:
        raise Http404
    return row


def _subject(row: Request) -> Subject:
    subject = subject_of(row)
    if subject is None:
        raise Http404
    return subject
