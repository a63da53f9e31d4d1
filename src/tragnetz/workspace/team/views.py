"""The people of an organisation, for its administration."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragnetz.casework.handover import open_work
from tragnetz.casework.keys import take_back
from tragnetz.core.clock import now, today
from tragnetz.core.errors import TragnetzError
from tragnetz.core.links import page_address
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.models import Membership
from tragnetz.staff import commands
from tragnetz.staff.access import can_manage, visible_invitations
from tragnetz.staff.enums import ROLE_NAMES
from tragnetz.staff.errors import LastOneError
from tragnetz.staff.forms import EndForm, InvitationForm, RolesForm, member_initial
from tragnetz.staff.models import Invitation
from tragnetz.staff.queries import Member, member_of, roles_of, team_of
from tragnetz.staff.remarks.queries import waiting_remarks
from tragnetz.workspace.entry import staff


def _member(request: NetworkRequest, membership_id: uuid.UUID) -> Member:
    found = member_of(request.actor, membership_id)
    if found is None:
        raise Http404
    return found


def _invitation(request: NetworkRequest, invitation_id: uuid.UUID) -> Invitation:
    found = visible_invitations(request.actor).filter(pk=invitation_id).first()
    if found is None:
        raise Http404
    return found


@staff(can_manage)
@require_safe
def people(request: NetworkRequest) -> HttpResponse:
    """List who works here, who is invited, who has left."""
    context = {
        "team": team_of(request.actor),
        "names": ROLE_NAMES,
        "now": now(),
        "waiting_remarks": waiting_remarks(request.actor),
    }
    return render(request, "workspace/team/people.html", context)


@staff(can_manage)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: NetworkRequest) -> HttpResponse:
    """Invite somebody by mail."""
    form = InvitationForm(request.POST or None, initial=member_initial([], ["de"]))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            commands.invite(
                actor=request.actor, email=data["email"], roles=form.chosen_roles(), languages=data["languages"],
                now=now(), address=lambda secret: _address(request, secret),
            )  # fmt: skip
        except TragnetzError as error:
            form.add_error("email", str(error))
        else:
            messages.success(request, _("Die Einladung ist unterwegs an %(email)s.") % {"email": data["email"]})
            return redirect("workspace:team")
    return render(request, "workspace/team/invite.html", {"form": form}, status=422 if form.errors else 200)


def _address(request: HttpRequest, secret: str) -> str:
    return page_address(request, "invitation", secret)


@staff(can_manage)
@require_POST
def invitation(request: NetworkRequest, invitation_id: uuid.UUID) -> HttpResponse:
    """Send an invitation anew, or take it back."""
    found = _invitation(request, invitation_id)
    if request.POST.get("do") != "again":
        commands.withdraw_invitation(actor=request.actor, invitation=found, now=now())
        messages.success(request, _("Die Einladung gilt nicht mehr."))
        return redirect("workspace:team")
    try:
        commands.invite(
            actor=request.actor, email=found.email, roles=roles_of(found),
            languages=found.languages, now=now(), address=lambda secret: _address(request, secret),
        )  # fmt: skip
    except TragnetzError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Ein neuer Link ist unterwegs. Der alte gilt nicht mehr."))
    return redirect("workspace:team")


@staff(can_manage)
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: NetworkRequest, membership_id: uuid.UUID) -> HttpResponse:
    """Show one person, and change roles and languages."""
    found = _member(request, membership_id)
    form = RolesForm(request.POST or None, initial=member_initial(found.roles, found.membership.languages))
    last_one = False
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            commands.change_member(
                actor=request.actor, membership=found.membership, roles=form.chosen_roles(),
                languages=data["languages"], confirmed=data["confirmed"],
            )  # fmt: skip
        except TragnetzError as error:
            last_one = isinstance(error, LastOneError)
            form.add_error("roles", str(error))
        else:
            take_back(Membership.objects.get(pk=membership_id))
            messages.success(request, _("Gespeichert. Es gilt ab der nächsten Seite, die diese Person öffnet."))
            return redirect("workspace:team_member", membership_id)
    end = EndForm(today=today(request.network.zone), initial={"last_day": found.membership.last_day})
    return _page(request, found, form, end, last_one=last_one)


@staff(can_manage)
@require_POST
def end(request: NetworkRequest, membership_id: uuid.UUID) -> HttpResponse:
    """End access: at once, after a last day, or not after all."""
    found, what = _member(request, membership_id), request.POST.get("when", "")
    form = EndForm(request.POST, today=today(request.network.zone))
    confirmed = bool(request.POST.get("confirmed"))
    try:
        if what == "never":
            commands.keep_member(actor=request.actor, membership=found.membership)
            messages.success(request, _("Der Zugang bleibt."))
            return redirect("workspace:team_member", membership_id)
        if what == "now":
            commands.end_member(actor=request.actor, membership=found.membership, now=now(), confirmed=confirmed)
            take_back(Membership.objects.get(pk=membership_id))
            messages.success(request, _("Der Zugang ist beendet. Die Person ist überall abgemeldet."))
            return redirect("workspace:team")
        if form.is_valid():
            day = form.cleaned_data["last_day"]
            commands.plan_end(
                actor=request.actor, membership=found.membership, last_day=day, confirmed=confirmed
            )  # fmt: skip
            messages.success(request, _("Der Zugang endet nach dem %(day)s.") % {"day": date_format(day, "j. F Y")})
            return redirect("workspace:team_member", membership_id)
    except LastOneError as error:
        form = EndForm(request.POST if what != "now" else None, today=today(request.network.zone))
        roles = RolesForm(initial=member_initial(found.roles, found.membership.languages))
        return _page(request, found, roles, form, refused=str(error), when=what)
    roles = RolesForm(initial=member_initial(found.roles, found.membership.languages))
    return _page(request, found, roles, form)


@staff(can_manage)
@require_POST
def second_factor(request: NetworkRequest, membership_id: uuid.UUID) -> HttpResponse:
    """Take away somebody's second factors, after a phone or key was lost."""
    found = _member(request, membership_id)
    try:
        taken = commands.reset_second_factor(actor=request.actor, membership=found.membership)
    except TragnetzError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("Der zweite Faktor ist entfernt. Die Person richtet beim Anmelden einen neuen ein.")
        )
        if not taken.told:
            messages.warning(request, _("Die E-Mail darüber ging nicht hinaus. Bitte sagen Sie es der Person."))
    return redirect("workspace:team_member", membership_id)


def _page(
    request: NetworkRequest, found: Member, form: RolesForm, end_form: EndForm, *, last_one: bool = False,
    refused: str = "", when: str = "",
) -> HttpResponse:  # fmt: skip
    context = {
        "member": found,
        "form": form,
        "end": end_form,
        "last_one": last_one,
        "refused": refused,
        "when": when,
        "work": open_work(request.actor, found.membership.pk, now()),
        "oneself": found.membership.pk == request.actor.membership_id,
    }
    refused_at_all = bool(form.errors or end_form.errors or refused)
    return render(request, "workspace/team/member.html", context, status=422 if refused_at_all else 200)
