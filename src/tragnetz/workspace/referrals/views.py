"""Referrals of a case, the list of all that was sent, and one of them with what both sides said."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragnetz.appointments.enums import AbsenceKind
from tragnetz.appointments.planning.access import may_enter_absences
from tragnetz.audit.commands import record
from tragnetz.casework.access import can_counsel, sees_team
from tragnetz.casework.compartments import part_names
from tragnetz.casework.overview.queries import CaseView
from tragnetz.core.clock import now, today
from tragnetz.core.downloads import file_answer
from tragnetz.core.errors import TragnetzError
from tragnetz.core.links import page_address
from tragnetz.directory.responsibility import responsible_office
from tragnetz.eligibility.facts import clean_facts
from tragnetz.network.middleware import NetworkRequest
from tragnetz.referrals.access import can_answer
from tragnetz.referrals.channel import works_here
from tragnetz.referrals.commands import mark_seen, move_referral
from tragnetz.referrals.enums import Side, State
from tragnetz.referrals.forms import Forms, answers, can_refuse, empty_forms, perform
from tragnetz.referrals.links import Made, make_link, revoke_link
from tragnetz.referrals.models import Referral
from tragnetz.referrals.queries import (
    FILTERS,
    agreed_talks,
    received,
    received_one,
    referral_of,
    referrals_of,
    sent,
    service_name,
    sheet_of,
    waits_here,
)
from tragnetz.referrals.rules import LIVE
from tragnetz.referrals.sheets import sheet_pdf
from tragnetz.workspace.counselling.entry import case_of
from tragnetz.workspace.entry import staff

TALK_LASTS = timedelta(hours=1)  # as proposed when the time of a joint talk is kept free; it can be changed there
FILTER_NAMES = {
    "offen": gettext_lazy("offen"), "wartet": gettext_lazy("warten auf Antwort"),
    "neu": gettext_lazy("neue Antworten"), "beendet": gettext_lazy("beendet"),
}  # fmt: skip


@staff(can_counsel)
@require_safe
def case_referrals(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show the referrals of a case, the newest first."""
    view = case_of(request, case_id)
    found = referrals_of(view.case, today(request.network.zone))
    context = {"view": view, "tab": "referrals", "found": found, "parts": part_names(view.case)}
    return render(request, "workspace/referrals/case.html", context)


@staff(can_counsel)
@require_safe
def listing(request: NetworkRequest) -> HttpResponse:
    """List what was sent for the cases one works on (`stand`); leads see all of the organisation (`team`)."""
    asked = request.GET.get("stand", "offen")
    wanted, leads = asked if asked in {*FILTERS, "alle"} else "offen", sees_team(request.actor)
    team = leads and "team" in request.GET
    found = sent(request.actor, today(request.network.zone), wanted=wanted, own=not team)
    record(request.actor, "referral:list", None, rows=len(found))
    context = {
        "found": found, "wanted": wanted, "filters": [*FILTER_NAMES.items(), ("alle", _("alle"))], "leads": leads,
        "team": team, "waits": waits_here(request.actor),
    }  # fmt: skip
    return render(request, "workspace/referrals/list.html", context)


def _address(request: HttpRequest) -> Callable[[str], str]:
    """Return how a partner's page is addressed: in German, whatever the language of whoever sends it."""

    def address(secret: str) -> str:
        with override("de"):
            return page_address(request, "portal:reply", secret)

    return address


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def referral(request: NetworkRequest, case_id: uuid.UUID, referral_id: uuid.UUID) -> HttpResponse:
    """Show a referral; answer for the partner, write, propose a talk; make, mail and end its link (`do`)."""
    view, row = _row(request, case_id, referral_id)
    if row.state == State.DRAFT and request.method != "POST":
        return redirect("workspace:referral_edit", case_id, referral_id)
    if request.method != "POST":
        response = _page(request, view, row)
        mark_seen(row)
        return response
    do = request.POST.get("do", "")
    if do in {"link", "mail", "revoke", "cancel"}:
        return _of_sender(request, view, row, do)
    done = perform(request.actor, row, request.POST, now())
    if isinstance(done, Forms):
        return _page(request, view, row, shown=done, status=422)
    messages.success(request, done)
    return redirect("workspace:referral", case_id, referral_id)


def _row(request: NetworkRequest, case_id: uuid.UUID, referral_id: uuid.UUID) -> tuple[CaseView, Referral]:
    view = case_of(request, case_id)
    row = referral_of(view.case, referral_id)
    if row is None:
        raise Http404
    return view, row


def email_of(row: Referral) -> str:
    """Return where a link can be mailed to: as typed, else as the directory says."""
    service, organisation = row.to_service, row.to_organisation
    listed = str(service.contact.get("email", "")) if service is not None else ""
    return str(row.to_email) or listed or (organisation.email if organisation is not None else "")


def phone_of(row: Referral, view: CaseView) -> str:
    """Return where the partner is called, as the directory says; nothing where it does not know."""
    found = responsible_office(row.to_service, clean_facts(view.facts)) if row.to_service is not None else None
    if found is not None and found.phone:
        return found.phone
    phones = row.to_organisation.phones if row.to_organisation is not None else []
    return next((str(one["number"]) for one in phones if one.get("type") != "fax"), "")


def _of_sender(request: NetworkRequest, view: CaseView, row: Referral, do: str) -> HttpResponse:
    try:
        if do == "cancel":
            move_referral(actor=request.actor, referral=row, target=State.CANCELLED, now=now())
            messages.success(request, _("Zurückgezogen. Der Partner sieht nichts mehr."))
        elif do == "revoke":
            revoke_link(actor=request.actor, referral=row, now=now())
            messages.success(request, _("Der Link öffnet nichts mehr."))
        else:
            to = email_of(row) if do == "mail" else ""
            made = make_link(
                actor=request.actor, referral=row, address=_address(request), now=now(),
                mail_to=to,
            )  # fmt: skip
            row.refresh_from_db(fields=["code"])
            return _page(request, view, row, made=made)
    except TragnetzError as error:
        messages.error(request, str(error))
    return redirect("workspace:referral", view.case.pk, row.pk)


def _page(
    request: NetworkRequest, view: CaseView, row: Referral, *, shown: Forms | None = None, made: Made | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "view": view, "tab": "referrals", "sheet": sheet_of(row, Side.SENDER, today(request.network.zone)),
        "forms": shown or empty_forms(uuid.uuid4().hex), "buttons": answers(row.state, Side.SENDER),
        "can_refuse": can_refuse(row.state, Side.SENDER), "made": made, "email": email_of(row),
        "phone": phone_of(row, view),
        "here": works_here(row.to_organisation), "service": service_name(row),
        "whose": part_names(view.case).get(row.compartment_id, ""), "keep_free": _keep_free(request, row),
    }  # fmt: skip
    return render(request, "workspace/referrals/referral.html", context, status=status)


def _keep_free(request: NetworkRequest, row: Referral) -> str:
    """Return the address where the time of a joint talk is taken out of one's own hours; nothing without a talk."""
    talk = agreed_talks([row], now()).get(row.pk)
    if talk is None or State(row.state) not in LIVE or not may_enter_absences(request.actor):
        return ""
    starts = talk.starts_at.astimezone(request.network.zone)
    ends = min(starts + TALK_LASTS, starts.replace(hour=23, minute=59))
    asked = {"tag": starts.date(), "von": f"{starts:%H:%M}", "bis": f"{ends:%H:%M}", "was": AbsenceKind.MEETING}
    return f"{reverse('workspace:planning_absence_new')}?{urlencode(asked)}"


@staff(can_counsel)
@require_POST
def sheet(request: NetworkRequest, case_id: uuid.UUID, referral_id: uuid.UUID) -> HttpResponse:
    """Print the sheet with a new link: the secret stands on it, and nowhere else. The former link ends."""
    view, row = _row(request, case_id, referral_id)
    try:
        made = make_link(actor=request.actor, referral=row, address=_address(request), now=now())
    except TragnetzError as error:
        messages.error(request, str(error))
        return redirect("workspace:referral", case_id, referral_id)
    record(request.actor, "referral:print", view.case)
    return file_answer(sheet_pdf(row, made, today(request.network.zone)), "vermittlung.pdf")


@staff(can_answer)
@require_safe
def incoming(request: NetworkRequest) -> HttpResponse:
    """List what others referred to one's own organisation. No names stand here."""
    wanted = request.GET.get("stand", "")
    found = received(request.actor, wanted=wanted)
    record(request.actor, "referral:list", None, rows=len(found))
    context = {"found": found, "wanted": wanted if wanted in {"beendet", "alle"} else ""}
    return render(request, "workspace/referrals/incoming.html", context)


@staff(can_answer)
@require_http_methods(["GET", "HEAD", "POST"])
def incoming_one(request: NetworkRequest, referral_id: uuid.UUID) -> HttpResponse:
    """Show what came in, as far as it was released, and answer."""
    row = received_one(request.actor, referral_id)
    if row is None:
        raise Http404
    shown: Forms | None = None
    if request.method == "POST":
        done = perform(request.actor, row, request.POST, now())
        if not isinstance(done, Forms):
            messages.success(request, done)
            return redirect("workspace:referral_in", referral_id)
        shown = done
    context = {
        "sheet": sheet_of(row, Side.RECIPIENT, today(request.network.zone)), "service": service_name(row),
        "forms": shown or empty_forms(uuid.uuid4().hex), "buttons": answers(row.state, Side.RECIPIENT),
        "can_refuse": can_refuse(row.state, Side.RECIPIENT),
    }  # fmt: skip
    response = render(request, "workspace/referrals/incoming_one.html", context, status=422 if shown else 200)
    response.headers["Cache-Control"] = "no-store"
    return response
