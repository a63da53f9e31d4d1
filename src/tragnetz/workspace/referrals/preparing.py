"""Prepare a referral on one page: search, tick, look at exactly what the partner will read, send."""

import uuid
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragnetz.casework.access import can_counsel
from tragnetz.casework.deadlines.sums import holidays_of
from tragnetz.casework.overview.queries import CaseView
from tragnetz.clients.models import Relation
from tragnetz.core.clock import now, today
from tragnetz.core.errors import TragnetzError
from tragnetz.core.texts import choose
from tragnetz.network.middleware import NetworkRequest
from tragnetz.referrals.commands import change_draft, draft_referral, send_referral
from tragnetz.referrals.enums import Basis, State
from tragnetz.referrals.models import Referral
from tragnetz.referrals.offering import also_open, packed, unpacked
from tragnetz.referrals.queries import referral_of
from tragnetz.workspace.counselling.entry import case_of
from tragnetz.workspace.entry import staff
from tragnetz.workspace.referrals.forms import ReferralForm, initial_of

_KEEPS = {"save", "send", "consent"}
_SAME = {"reason", "urgency", "basis", "part", "asks_person"}  # whoever is asked


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Prepare a new referral; after one that came to nothing (`nach`) it begins with the same words."""
    view = case_of(request, case_id)
    return _prepare(request, view, None, before=_referral(view, request.GET.get("nach", "")))


def _referral(view: CaseView, typed: str) -> Referral | None:
    try:
        return referral_of(view.case, uuid.UUID(typed))
    except ValueError:
        return None


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: NetworkRequest, case_id: uuid.UUID, referral_id: uuid.UUID) -> HttpResponse:
    """Go on with a draft."""
    view = case_of(request, case_id)
    row = referral_of(view.case, referral_id)
    if row is None or row.state != State.DRAFT:
        raise Http404
    return _prepare(request, view, row)


def _prepare(
    request: NetworkRequest, view: CaseView, row: Referral | None, *, before: Referral | None = None
) -> HttpResponse:
    """Show the page. `find`, `look` and `pick` change nothing; `save` keeps a draft, `send` sends it.

    `consent` keeps a draft and goes to where the release is taken down that it lacks.
    """
    day, post = today(request.network.zone), request.POST if request.method == "POST" else None
    begins = initial_of(row) if row is not None else ReferralForm.begin(day, holidays_of(request.network))
    if before is not None:
        begins |= {name: value for name, value in initial_of(before).items() if name in _SAME}
    form = ReferralForm(post, initial=begins | {"key": uuid.uuid4().hex}, view=view, today=day)
    ticked = request.POST.getlist("row")
    if post is not None and post.keys() & _KEEPS and form.is_valid():
        try:
            done = _keep(request, view, row, form, ticked)
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Gesendet.") if "send" in post else _("Der Entwurf ist gespeichert."))
            if "consent" in post:
                return redirect(_release_address(view, done))
            return redirect("workspace:referral", view.case.pk, done.pk)
    elif post is not None and not post.keys() & _KEEPS:
        for field in form.fields.values():
            field.required = False  # somebody has only begun: nothing is missing yet
        form.errors.clear()
    form.look_for()
    return _page(request, view, row, form, ticked)


def _release_address(view: CaseView, row: Referral) -> str:
    """Return where a release for the recipient is taken down, of the person it is about or of who asked for help."""
    asking = next((one for one in view.people if one.relation == Relation.SELF), None)
    person = row.person or asking
    if person is None:
        return reverse("workspace:consents", args=[view.case.pk])
    to = {"to_organisation": row.to_organisation_id} if row.to_organisation_id else {"to_outside": row.to_words}
    address = reverse("workspace:consent_new", args=[view.case.pk, person.pk, "freigabe"])
    topic = choose(row.to_service.name, "de").text if row.to_service is not None else ""
    return f"{address}?{urlencode(to | {'topic': topic})}"


def _keep(
    request: NetworkRequest, view: CaseView, row: Referral | None, form: ReferralForm, ticked: list[str]
) -> Referral:  # fmt: skip
    """Keep a draft and send it, both or nothing."""
    with transaction.atomic():
        if row is None:
            done = draft_referral(
                actor=request.actor, case=view.case, details=form.details(), request_key=form.cleaned_data["key"],
                now=now(),
            )  # fmt: skip
        else:
            done = change_draft(actor=request.actor, referral=row, details=form.details(), now=now())
        if "send" in request.POST and done.state == State.DRAFT:
            send_referral(actor=request.actor, referral=done, ticked=ticked, now=now())
    return done


def _page(
    request: NetworkRequest, view: CaseView, row: Referral | None, form: ReferralForm, ticked: list[str]
) -> HttpResponse:  # fmt: skip
    offer = form.offer()
    pieces = offer.ticked(ticked)
    reads = pieces if form.basis_now == Basis.RELEASED else []
    reason, groups = unpacked(packed(str(form["reason"].value() or ""), reads))
    _same, printed = unpacked(packed("", pieces if form.basis_now == Basis.CARRIED else []))
    context = {
        "view": view, "tab": "referrals", "form": form, "row": row, "offer": offer.by_group(), "ticked": set(ticked),
        "reason": reason, "groups": groups, "printed": printed, "basis": form.basis_now, "Basis": Basis,
        "looked": request.method == "POST", "until": offer.cover.until, "stands_on": form.stood_on(),
        "also_open": also_open(form.organisation, offer) if form.basis_now == Basis.RELEASED else [],
    }  # fmt: skip
    wrong = bool(form.is_bound and form.errors)
    return render(request, "workspace/referrals/edit.html", context, status=422 if wrong else 200)
