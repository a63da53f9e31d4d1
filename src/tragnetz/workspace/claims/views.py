"""Claims of a case: the list, new ones from the kept check or by hand, one with its history."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tragnetz.casework.access import can_counsel
from tragnetz.casework.claims.benefits import habit_of
from tragnetz.casework.claims.commands import change_claim, move_claim, plan_claim, plan_claims, renew_claim, undo_move
from tragnetz.casework.claims.enums import ClaimState
from tragnetz.casework.claims.offers import instead_of, offer_for
from tragnetz.casework.claims.queries import Shown, claim_of, claims_of, likely_of, won_of
from tragnetz.casework.claims.rules import MOVES, NEEDS_PAPERS
from tragnetz.casework.compartments import part_names
from tragnetz.casework.overview.queries import CaseView
from tragnetz.casework.papers.queries import missing_papers, sheet_of
from tragnetz.core.clock import now, today
from tragnetz.core.errors import TragnetzError
from tragnetz.eligibility.facts import clean_facts
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.claims.forms import ChangeForm, ClaimForm, MoveForm, TicksForm, new_key
from tragnetz.workspace.counselling.entry import case_of
from tragnetz.workspace.entry import staff


@staff(can_counsel)
@require_safe
def claims(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show the claims of a case, those first that need something done, and what they brought."""
    view, day = case_of(request, case_id), today(request.network.zone)
    found = claims_of(view.case, day)
    sheet = sheet_of(view.case, day)
    context = {
        "view": view, "tab": "claims", "parts": part_names(view.case), "today": day,
        "open": [(one, missing_papers(one.row, sheet)) for one in found if one.is_open],
        "decided": [one for one in found if one.row.state in {ClaimState.GRANTED, ClaimState.REFUSED}],
        "ended": [
            one for one in found
            if not one.is_open and one.row.state not in {ClaimState.GRANTED, ClaimState.REFUSED}
        ],
        "sheet": sheet, "won": won_of(view.case, day),
    }  # fmt: skip
    return render(request, "workspace/claims/case.html", context)


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Plan claims: tick what came out of the kept check (`ticks`), or one by hand."""
    view, day = case_of(request, case_id), today(request.network.zone)
    checked_on, likely = likely_of(view.case)
    ticking = "ticks" in request.POST
    posted = request.POST if request.method == "POST" else None
    ticks = TicksForm(
        posted if ticking else None, likely=likely, view=view, year=day.year, prefix="t", initial={"key": new_key()}
    )
    form = ClaimForm(None if ticking else posted, view=view, year=day.year, initial={"key": new_key()})
    try:
        if ticking and ticks.is_valid():
            plan_claims(
                actor=request.actor, case=view.case, benefits=ticks.cleaned_data["benefits"],
                facts=clean_facts(view.facts), person=ticks.person(), idempotency_key=ticks.cleaned_data["key"],
                now=now(),
            )  # fmt: skip
            messages.success(request, _("Die Anträge sind geplant. Unten steht, was als Nächstes zu tun ist."))
            return redirect("workspace:claims", case_id)
        if posted and not ticking and form.is_valid():
            made = plan_claim(
                actor=request.actor, case=view.case, details=form.details(), person=form.person(),
                idempotency_key=form.cleaned_data["key"], now=now(),
            )  # fmt: skip
            return redirect("workspace:claim", case_id, made.pk)
    except TragnetzError as error:
        (ticks if ticking else form).add_error(None, str(error))
    context = {
        "view": view, "tab": "claims", "ticks": ticks, "form": form, "checked_on": checked_on,
        "wrong": ticks if ticking else form,
    }  # fmt: skip
    return render(request, "workspace/claims/new.html", context, status=422 if ticks.errors or form.errors else 200)


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def claim(request: NetworkRequest, case_id: uuid.UUID, claim_id: uuid.UUID) -> HttpResponse:
    """Show a claim with its history; move it on (`to`), take the last step back (`undo`), renew or change it."""
    view, day = case_of(request, case_id), today(request.network.zone)
    one = claim_of(view.case, claim_id, day)
    if one is None:
        raise Http404
    if request.method == "POST" and request.POST.keys() & {"undo", "renew"}:
        return _simple(request, one)
    if "change" in request.POST or "aendern" in request.GET:
        return _change(request, view, one)
    wanted = request.POST.get("to") or request.GET.get("schritt", "")
    form = None
    if wanted in ClaimState.values and wanted in MOVES[ClaimState(one.row.state)]:
        form = MoveForm(
            request.POST if "to" in request.POST else None, state=ClaimState(wanted), today=day, known=_known(one)
        )
    elif "to" in request.POST:
        messages.error(request, _("Das geht mit diesem Antrag nicht mehr. Bitte laden Sie die Seite neu."))
    if form is not None and form.is_bound and form.is_valid():
        try:
            move_claim(
                actor=request.actor, claim=one.row, step=form.step(), idempotency_key=form.cleaned_data["key"],
                now=now(),
            )  # fmt: skip
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Gespeichert: %s") % ClaimState(wanted).label)
            return redirect("workspace:claim", case_id, claim_id)
    return _page(request, view, one, form)


def _page(request: NetworkRequest, view: CaseView, one: Shown, form: MoveForm | None) -> HttpResponse:
    day = today(request.network.zone)
    needs_papers = one.row.state in NEEDS_PAPERS
    context = {
        "view": view, "tab": "claims", "one": one, "form": form, "today": day,
        "wanted": ClaimState(form.state).label if form is not None else "",
        "whose": part_names(view.case).get(one.row.compartment_id, ""),
        "offer": offer_for(view.case, one, day), "habit": habit_of(one.row.benefit),
        "instead": instead_of(one),
        "missing": missing_papers(one.row, sheet_of(view.case, day)) if needs_papers else [],
        "needs_papers": needs_papers,
    }  # fmt: skip
    return render(request, "workspace/claims/claim.html", context, status=422 if form and form.errors else 200)


def _known(one: Shown) -> dict[str, Any]:
    """Return the money of the last grant: a change of it begins there."""
    grant = one.grant
    if grant is None:
        return {}
    days = {name: day.isoformat() if day else "" for name, day in
            (("from_on", grant.from_on), ("until_on", grant.until_on))}  # fmt: skip
    amount = f"{grant.amount:.2f}".replace(".", ",") if grant.amount is not None else ""
    return days | {"rhythm": grant.rhythm, "amount": amount}


def _simple(request: NetworkRequest, one: Shown) -> HttpResponse:
    """Take the last step back, or plan the claim that goes on."""
    row = one.row
    try:
        if "renew" in request.POST:
            row = renew_claim(actor=request.actor, claim=row, now=now())
            messages.success(request, _("Der neue Antrag ist geplant. Stelle und Aktenzeichen sind übernommen."))
        else:
            undo_move(actor=request.actor, claim=row, now=now())
            messages.success(request, _("Zurückgenommen. In der Geschichte bleibt es stehen."))
    except TragnetzError as error:
        messages.error(request, str(error))
    return redirect("workspace:claim", row.case_id, row.pk)


def _change(request: NetworkRequest, view: CaseView, one: Shown) -> HttpResponse:
    form = ChangeForm(request.POST if request.method == "POST" else None, claim=one.row)
    if form.is_bound and form.is_valid():
        try:
            change_claim(actor=request.actor, claim=one.row, details=form.details())
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Die Angaben zum Antrag sind geändert."))
            return redirect("workspace:claim", one.row.case_id, one.row.pk)
    context = {"view": view, "tab": "claims", "one": one, "form": form}
    return render(request, "workspace/claims/change.html", context, status=422 if form.errors else 200)
