"""Projects of a case: who may enter, who takes part, the answers of each moment, the exit."""

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tragnetz.casework.access import can_counsel
from tragnetz.casework.overview.queries import CaseView
from tragnetz.clients.models import Person, Relation
from tragnetz.core.clock import today
from tragnetz.core.errors import TragnetzError
from tragnetz.directory.sentences import question as ask
from tragnetz.eligibility.facts import clean_facts
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.models import Programme
from tragnetz.reporting.asking.commands import ask_no_more
from tragnetz.reporting.asking.enums import OPEN
from tragnetz.reporting.ending.rules import stage_of
from tragnetz.reporting.enums import OWN_ANSWER, Check, Leaving, Moment
from tragnetz.reporting.models import Participation
from tragnetz.reporting.participation.commands import Entry, answer, enter, inform, leave, move_entry, reopen, tidy
from tragnetz.reporting.participation.joining import keep_apart, withdraw
from tragnetz.reporting.participation.namesakes import others_like
from tragnetz.reporting.participation.prefill import from_case
from tragnetz.reporting.participation.programmes import frame_of, terms_of
from tragnetz.reporting.participation.queries import Shown, asked_now, minutes_of, offers_of, rows_of, shown
from tragnetz.reporting.participation.words import answers_in_words, legal_basis, told_in_words
from tragnetz.workspace.counselling.entry import case_of
from tragnetz.workspace.entry import staff
from tragnetz.workspace.participation.forms import AnswersForm, EntryForm, FollowUpForm, LeavingForm
from tragnetz.workspace.participation.mending import SLUGS, TWINS, asks_of, mends_besides
from tragnetz.workspace.participation.projects import MISSING

MOMENTS = {slug: Moment(moment) for moment, slug in SLUGS.items()}


@staff(can_counsel)
@require_safe
def participations(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show which projects may take whom of a household, and who takes part."""
    view, day = case_of(request, case_id), today(request.network.zone)
    offers = offers_of(view.case, clean_facts(view.facts), view.people, day)
    context = {
        "view": view, "tab": "projects", "minutes": minutes_of(view.case, day),
        "ending": {one.programme.pk for one in offers if one.rows and stage_of(one.programme.ends, day)},
        "offers": [(one, [ask(condition) for condition in one.verdict.missing]) for one in offers],
    }  # fmt: skip
    return render(request, "workspace/participation/case.html", context)


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: NetworkRequest, case_id: uuid.UUID, key: str, person_id: uuid.UUID) -> HttpResponse:
    """Take somebody of a household into a project, with what is known so far."""
    view, day = case_of(request, case_id), today(request.network.zone)
    programme = Programme.objects.exclude(line="").filter(key=key).first()
    person = next((one for one in view.people if one.pk == person_id), None)
    if programme is None or person is None:
        raise Http404
    known = rows_of(view.case).filter(programme=programme, person=person).first()
    if known is not None and request.method != "POST":
        return redirect("workspace:participation", case_id, known.pk)
    form = EntryForm(
        request.POST if request.method == "POST" else None,
        initial={"entered_on": min(day, programme.ends).isoformat()},
        questions=asked_now(frame_of(programme), Moment.ENTRY, {}), told={}, proposed=_known(view, person),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            row = enter(
                actor=request.actor, case=view.case, told=form.told(), request_key=data["key"],
                entry=Entry(programme, person, data["entered_on"], data["born"]),
            )  # fmt: skip
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _entered(row))
            return redirect("workspace:participation", case_id, row.pk)
    context = {"programme": programme, "person": person, "form": form, "moment": Moment.ENTRY, "is_new": True}
    return _form_page(request, view, context)


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def participation(request: NetworkRequest, case_id: uuid.UUID, participation_id: uuid.UUID) -> HttpResponse:
    """Show a participation: what is told, what is missing, what is wrong and how to mend it."""
    view, day = case_of(request, case_id), today(request.network.zone)
    one = _one(view, participation_id, day)
    if request.method == "POST":
        return _do(request, view, one)
    twins = []
    if Check.TWICE in one.checks:
        found = others_like(one.row).select_related("organisation", "person", "case__counsellor__user")
        twins = [(twin, twin.organisation_id == view.case.organisation_id) for twin in found]
    asks = [ask for ask in asks_of(one) if ask.moment != Moment.EXIT]  # each of them has a panel of its own
    context = {
        "view": view, "tab": "projects", "one": one, "twins": twins, "today": day,
        "moments": [
            (slug, row, list(answers_in_words(row)))
            for slug, moment in MOMENTS.items()
            for row in one.row.moments.all()
            if row.moment == moment
        ],
        "mends": mends_besides(one, asks), "asks": asks, "twins_at": TWINS,
        "own": {row.moment: list(told_in_words(one.row, row.told)) for row in one.questions},
        "is_asked": any(row.state in OPEN for row in one.questions),
    }  # fmt: skip
    return render(request, "workspace/participation/one.html", context)


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: NetworkRequest, case_id: uuid.UUID, participation_id: uuid.UUID, slug: str) -> HttpResponse:
    """Ask what belongs to one moment: the entry, the exit with its results, six months later."""
    view, day = case_of(request, case_id), today(request.network.zone)
    one = _one(view, participation_id, day)
    moment = MOMENTS.get(slug)
    if moment is None or (moment == Moment.SIX_MONTHS and one.row.left_on is None):
        raise Http404
    form = _moment_form(request, view, one, moment)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, one.row, moment, form)
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            name = one.row.person.name if one.row.person else one.row.pseudonym
            messages.success(request, f"{name}: {_KEPT[moment]}")
            return _back(request, one.row)
    context = {"programme": one.row.programme, "person": one.row.person, "form": form, "moment": moment, "one": one}
    return _form_page(request, view, context)


def _one(view: CaseView, participation_id: uuid.UUID, day: date) -> Shown:
    found = shown(rows_of(view.case).filter(pk=participation_id), day)
    if not found:
        raise Http404
    return found[0]


def _known(view: CaseView, person: Person | None) -> dict[str, Any]:
    return from_case(view.facts, first=person is not None and person.relation == Relation.SELF)


def _entered(row: Participation) -> str:
    if row.is_countable:
        return _("Aufgenommen. Die Angaben sind vollständig.")
    return _("Aufgenommen. Was noch fehlt, können Sie später eintragen.")


def _moment_form(request: NetworkRequest, view: CaseView, one: Shown, moment: Moment) -> AnswersForm:
    row, data = one.row, request.POST if request.method == "POST" else None
    asked: dict[str, Any] = {
        "questions": asked_now(frame_of(row.programme), moment, one.told), "told": one.told.get(moment, {}),
        "is_own": any(one.moment == moment and one.told_by in OWN_ANSWER for one in row.moments.all()),
    }  # fmt: skip
    if moment == Moment.ENTRY:
        initial = {"entered_on": row.entered_on.isoformat()}
        return EntryForm(data, initial=initial, proposed=_known(view, row.person), **asked)
    day = today(request.network.zone)
    before = next((other for other in row.moments.all() if other.moment == moment), None)
    initial = {"told_on": (before.answered_on if before else day).isoformat()}
    asked |= {"proposed": {}, "day": day}
    if moment == Moment.SIX_MONTHS:
        return FollowUpForm(data, initial=initial, **asked)
    silent = Check.SILENT in one.checks
    left = row.left_on or view.case.closed_on or day
    leaving = row.leaving or (Leaving.EARLY_SILENT if silent else "")
    return LeavingForm(data, initial=initial | {"left_on": left.isoformat(), "leaving": leaving}, **asked)


def _keep(request: NetworkRequest, row: Participation, moment: Moment, form: AnswersForm) -> None:
    data, told = form.cleaned_data, form.told()
    asked: dict[str, Any] = {
        "actor": request.actor, "participation": row, "moment": moment, "told": told,
        "correction": data.get("correction", ""),
    }  # fmt: skip
    if moment == Moment.ENTRY:
        if data["entered_on"] != row.entered_on:
            row = move_entry(actor=request.actor, participation=row, entered_on=data["entered_on"])
        answer(told_on=data["entered_on"], born=data["born"], **asked)
    elif moment == Moment.SIX_MONTHS:
        answer(told_on=data["told_on"], **asked)
    else:
        leave(actor=request.actor, participation=row, left_on=data["left_on"], leaving=data["leaving"])
        if any(value not in {"", None} for value in told.values()):
            answer(told_on=data["told_on"] or today(request.network.zone), **asked)


_KEPT = {
    Moment.ENTRY: gettext_lazy("Die Angaben zum Eintritt sind gespeichert."),
    Moment.EXIT: gettext_lazy("Die Angaben zum Austritt sind gespeichert."),
    Moment.SIX_MONTHS: gettext_lazy("Die Antworten nach sechs Monaten sind gespeichert."),
}
_DONE = {
    "inform": gettext_lazy("Festgehalten: Das Merkblatt ist gegeben."),
    "tidy": gettext_lazy("Gestrichen, was nach den Angaben zum Eintritt nicht sein kann."),
    "reopen": gettext_lazy("Der Austritt ist zurückgenommen. Die Person nimmt wieder teil."),
    "ask_no_more": gettext_lazy("Die Person wird nicht mehr gefragt."),
    "apart": gettext_lazy("Festgehalten: Es sind zwei Menschen."),
}


def _do(request: NetworkRequest, view: CaseView, one: Shown) -> HttpResponse:
    """Do what a button asks, one thing each."""
    do, row, day = request.POST.get("do", ""), one.row, today(request.network.zone)
    asked: dict[str, Any] = {"actor": request.actor, "participation": row}
    try:
        if do == "inform":
            inform(today=day, **asked)
        elif do == "tidy":
            tidy(**asked)
        elif do == "reopen":
            reopen(**asked)
        elif do == "ask_no_more":
            ask_no_more(today=day, **asked)
        elif do == "apart":
            keep_apart(today=day, **asked)
        elif do == "withdraw":
            withdraw(instead=request.POST.get("instead", "")[:14], today=day, **asked)
            messages.success(request, _("Die Teilnahme ist zurückgezogen. Sie zählt nicht mehr."))
            return redirect("workspace:participations", view.case.pk)
        else:
            raise Http404
    except TragnetzError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, str(_DONE[do]))
    return _back(request, row)


def _back(request: NetworkRequest, row: Participation) -> HttpResponse:
    """Return to the list from which somebody came (it stands in the address), else to the participation."""
    listed = request.GET.get("liste")
    if listed in dict(MISSING):
        more = "&team=1" if "team" in request.GET else ""
        return redirect(f"{reverse('workspace:missing')}?zeigen={listed}{more}")
    return redirect("workspace:participation", row.case_id, row.pk)


def _form_page(request: NetworkRequest, view: CaseView, context: dict[str, Any]) -> HttpResponse:
    form = context["form"]
    basis = legal_basis(terms_of(context["programme"]), view.case.organisation.regime)
    context |= {"view": view, "tab": "projects", "basis": basis}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "workspace/participation/answers.html", context, status=status)
