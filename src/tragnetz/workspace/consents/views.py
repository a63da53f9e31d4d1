"""Pages under a case: what its people allowed, something new, withdrawn, signed, handed out."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragnetz.audit.commands import record
from tragnetz.casework.access import visible_cases
from tragnetz.casework.keys import sync_case
from tragnetz.casework.models import Case
from tragnetz.clients.models import Person
from tragnetz.consent import commands
from tragnetz.consent.access import can_see_due, can_take_consent
from tragnetz.consent.enums import Kind, Purpose
from tragnetz.consent.errors import TermsError
from tragnetz.consent.models import Consent, Release
from tragnetz.consent.papers import form_to_sign, information, receipt
from tragnetz.consent.queries import due_entries, entry_of, given_of, household_view, speaker_names
from tragnetz.consent.rules import SOON_DAYS
from tragnetz.consent.shapes import LANGUAGES
from tragnetz.consent.wording import Wording, text_language
from tragnetz.core.clock import now, today
from tragnetz.core.downloads import file_answer
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.referrals.queries import drafts_of
from tragnetz.workspace.consents.forms import ConsentForm, NoticeForm, ReleaseForm, SignForm, WithdrawForm
from tragnetz.workspace.entry import staff

KINDS = {"freigabe": Kind.RELEASE, "einwilligung": Kind.CONSENT}


def own_case(request: NetworkRequest, case_id: uuid.UUID) -> Case:
    """Return a case that the actor works on; any other does not exist."""
    rows = visible_cases(request.actor).select_related("contact", "household", "counsellor__user", "deputy__user")
    found = rows.filter(pk=case_id).first()
    if found is None:
        raise Http404
    return found


def _person(case: Case, person_id: uuid.UUID) -> Person:
    found = case.household.people.filter(pk=person_id, left_on=None).first()
    if found is None:
        raise Http404
    return found


def _given(request: NetworkRequest, case: Case, given_id: uuid.UUID) -> Consent | Release:
    found = given_of(request.actor, case.household, given_id)
    if found is None:
        raise Http404
    return found


@staff(can_take_consent)
@require_safe
def consents(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show what the people of a case allowed: what holds, what ends soon, what is over."""
    case = own_case(request, case_id)
    people = household_view(request.actor, case.household, now())
    record(request.actor, "consents:read", case, entries=sum(len(one.entries) for one in people))
    context = {"case": case, "tab": "consents", "people": people, "deciding": sum(one.decides for one in people)}
    return render(request, "workspace/consents/list.html", context)


def _form(request: NetworkRequest, case: Case, person: Person, kind: Kind) -> ReleaseForm | ConsentForm:
    shared: dict[str, Any] = {
        "actor": request.actor,
        "person": person,
        "organisation": commands.controller_of(request.actor),
        "language": case.contact.language if case.contact else "de",
        "today": today(request.network.zone),
    }
    data = request.POST if request.method == "POST" else None
    if kind == Kind.CONSENT:
        form = ConsentForm(data, **shared)
        form.initial["purpose"] = request.GET.get("purpose", "")
        form.initial["groups"] = request.GET.getlist("groups")
        return form
    working = [row for row in (case.counsellor, case.deputy) if row is not None]
    release = ReleaseForm(data, working_on_it=[(str(row.pk), str(row.user)) for row in working], **shared)
    for name in ("to_organisation", "to_outside", "topic"):
        release.initial[name] = request.GET.get(name, "")[:200]
    return release


def _wordings(request: NetworkRequest, form: ReleaseForm | ConsentForm) -> list[Wording]:
    """Return the text of a draft in the person's language and in German; TermsError where it is not complete."""
    draft, day = form.draft(), today(request.network.zone)
    commands.check(request.actor, draft, day)
    languages = dict.fromkeys([draft.terms.language, "de"])
    return [commands.wording_of(request.actor, draft, language, day) for language in languages]


def _checked(request: NetworkRequest, form: ReleaseForm | ConsentForm) -> list[Wording]:
    """Return the texts of a form, or nothing; then the form says what is wrong."""
    if not form.is_valid():
        return []
    try:
        return _wordings(request, form)
    except TermsError as error:
        form.tell(error)
    except TragnetzError as error:
        form.add_error(None, str(error))
    return []


@staff(can_take_consent)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: NetworkRequest, case_id: uuid.UUID, person_id: uuid.UUID, kind: str) -> HttpResponse:
    """Take down what a person allows: fill in, read the sentence aloud, keep it."""
    case = own_case(request, case_id)
    if request.method != "POST":
        record(request.actor, "consents:read", case)
    person = _person(case, person_id)
    if kind not in KINDS:
        raise Http404
    form = _form(request, case, person, KINDS[kind])
    context = {"case": case, "person": person, "kind": kind, "form": form}
    if request.method != "POST":
        return render(request, "workspace/consents/new.html", context)
    wordings = _checked(request, form)
    if not wordings or "edit" in request.POST:
        return render(request, "workspace/consents/new.html", context, status=422 if form.errors else 200)
    if "confirm" not in request.POST:
        return render(request, "workspace/consents/preview.html", context | {"wordings": wordings})
    try:
        given = _give(request, form)
    except TragnetzError as error:
        form.add_error(None, str(error))
        return render(request, "workspace/consents/new.html", context, status=422)
    sync_case(case)
    messages.success(request, _("Gespeichert. Geben Sie der Person jetzt die Quittung mit."))
    return redirect("workspace:consent_given", case_id, given.pk)


def _give(request: NetworkRequest, form: ReleaseForm | ConsentForm) -> Consent | Release:
    key = form.cleaned_data["key"]
    if isinstance(form, ReleaseForm):
        return commands.give_release(actor=request.actor, draft=form.draft(), idempotency_key=key, now=now())
    return commands.give_consent(actor=request.actor, draft=form.draft(), idempotency_key=key, now=now())


@staff(can_take_consent)
@require_POST
def blank(request: NetworkRequest, case_id: uuid.UUID, person_id: uuid.UUID, kind: str) -> HttpResponse:
    """Print what was filled in as a form to sign; nothing is kept yet."""
    case = own_case(request, case_id)
    person = _person(case, person_id)
    if kind not in KINDS:
        raise Http404
    form = _form(request, case, person, KINDS[kind])
    wordings = _checked(request, form)
    if not wordings:
        context = {"case": case, "person": person, "kind": kind, "form": form}
        return render(request, "workspace/consents/new.html", context, status=422)
    record(request.actor, "consent_form:print", case)
    return file_answer(form_to_sign(wordings, form.organisation.name, request.network), "vordruck.pdf")


@staff(can_take_consent)
@require_safe
def given(request: NetworkRequest, case_id: uuid.UUID, given_id: uuid.UUID) -> HttpResponse:
    """Show one thing that was allowed: its exact sentence, how it was given, what can be done."""
    case = own_case(request, case_id)
    record(request.actor, "consents:read", case)
    return _given_page(request, case, _given(request, case, given_id))


def _given_page(
    request: NetworkRequest, case: Case, row: Consent | Release, *, sign: SignForm | None = None, status: int = 200
) -> HttpResponse:
    entry = entry_of(row, now(), request.network.zone)
    context = {
        "case": case,
        "entry": entry,
        "row": row,
        "paragraphs": row.german.split("\n\n"),
        "own": row.wording.split("\n\n")[0] if row.language != "de" else "",
        "speakers": speaker_names(row) if isinstance(row, Release) else [],
        "drafts": drafts_of(case, today(request.network.zone)) if isinstance(row, Release) and entry.holds else [],
        "sign_form": sign or SignForm(initial={"signed_on": today(request.network.zone)}),
    }
    return render(request, "workspace/consents/given.html", context, status=status)


@staff(can_take_consent)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: NetworkRequest, case_id: uuid.UUID, given_id: uuid.UUID) -> HttpResponse:
    """Withdraw: one click on the list, one here. It holds no more at the next request of anybody."""
    case = own_case(request, case_id)
    if request.method != "POST":
        record(request.actor, "consents:read", case)
    row = _given(request, case, given_id)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        commands.withdraw(actor=request.actor, given=row, form=form.cleaned_data["form"], now=now())
        sync_case(case)
        messages.success(request, _("Widerrufen. Es gilt ab sofort nicht mehr."))
        return redirect("workspace:consents", case_id)
    entry = entry_of(row, now(), request.network.zone)
    context = {"case": case, "row": row, "entry": entry, "form": form, "sentence": row.german.split("\n\n")[0]}
    return render(request, "workspace/consents/withdraw.html", context, status=422 if form.errors else 200)


@staff(can_take_consent)
@require_POST
def sign(request: NetworkRequest, case_id: uuid.UUID, given_id: uuid.UUID) -> HttpResponse:
    """Take down a signature that came later."""
    case = own_case(request, case_id)
    row = _given(request, case, given_id)
    form = SignForm(request.POST)
    if form.is_valid():
        try:
            commands.add_signature(actor=request.actor, given=row, signed_on=form.cleaned_data["signed_on"], now=now())
        except TragnetzError as error:
            form.add_error("signed_on", str(error))
        else:
            messages.success(request, _("Die Unterschrift ist eingetragen."))
            return redirect("workspace:consent_given", case_id, given_id)
    return _given_page(request, case, row, sign=form, status=422)


@staff(can_take_consent)
@require_safe
def receipt_pdf(request: NetworkRequest, case_id: uuid.UUID, given_id: uuid.UUID) -> HttpResponse:
    """Print the receipt; without a signature it is the form to sign."""
    case = own_case(request, case_id)
    row = _given(request, case, given_id)
    record(request.actor, "receipt:print", row)
    return file_answer(receipt(row, request.network), "quittung.pdf")


@staff(can_take_consent)
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: NetworkRequest, case_id: uuid.UUID, person_id: uuid.UUID) -> HttpResponse:
    """Hand out the information on data protection, and keep that it was handed out."""
    case = own_case(request, case_id)
    if request.method != "POST":
        record(request.actor, "consents:read", case)
    person = _person(case, person_id)
    day = today(request.network.zone)
    language = text_language(case.contact.language if case.contact else "de")
    initial = {"key": uuid.uuid4().hex, "handed_on": day, "language": language}
    form = NoticeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            commands.hand_out_notice(
                actor=request.actor, person=person, purpose=data["purpose"], how=data["how"], now=now(),
                handed_on=data["handed_on"], language=data["language"], idempotency_key=data["key"],
            )  # fmt: skip
        except TragnetzError as error:
            form.add_error("handed_on", str(error))
        else:
            messages.success(request, _("Eingetragen."))
            return redirect("workspace:consents", case_id)
    context = {"case": case, "person": person, "form": form}
    return render(request, "workspace/consents/notice.html", context, status=422 if form.errors else 200)


@staff(can_take_consent)
@require_safe
def notice_pdf(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Print the information on data protection for a purpose (`purpose`) in a language (`language`)."""
    case = own_case(request, case_id)
    language, purpose = request.GET.get("language", "de"), request.GET.get("purpose", Purpose.COUNSELLING)
    if language not in LANGUAGES or purpose not in Purpose.values:
        raise Http404
    day = today(request.network.zone)
    wordings = [commands.notice_of(request.actor, purpose, one, day) for one in dict.fromkeys([language, "de"])]
    record(request.actor, "notice:print", case)
    name = commands.controller_of(request.actor).name
    return file_answer(information(wordings, name, request.network), "datenschutz.pdf")


@staff(can_see_due)
@require_safe
def due(request: NetworkRequest) -> HttpResponse:
    """Show the lead what ends within 30 days or lacks a signature, with the case that it belongs to."""
    entries = due_entries(request.actor, now())
    cases = {
        row.household_id: row
        for row in visible_cases(request.actor)
        .filter(household__in={entry.row.person.household_id for entry in entries})
        .select_related("counsellor__user")
        .order_by("opened_on")
    }
    rows = [(entry, cases.get(entry.row.person.household_id)) for entry in entries]
    record(request.actor, "consents:due", None, rows=len(rows))
    return render(request, "workspace/consents/due.html", {"rows": rows, "days": SOON_DAYS})
