"""One's own devices and notices; staying signed in; accepting an invitation."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from tragnetz.casework.access import member_of
from tragnetz.casework.deadlines.staff import set_deadline_mails
from tragnetz.core.clock import now
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.models import Membership
from tragnetz.staff.commands import accept_invitation, sign_out_everywhere, sign_out_session
from tragnetz.staff.forms import JoinForm
from tragnetz.staff.queries import account_of, open_invitation
from tragnetz.staff.sessions import handle_of, limits, sessions_of
from tragnetz.workspace.entry import staff


@staff(lambda actor: actor.is_staff)
@require_http_methods(["GET", "HEAD", "POST"])
def sessions(request: NetworkRequest) -> HttpResponse:
    """List where one is signed in; sign out one device, all others, or everywhere."""
    current, what = request.session.session_key, request.POST.get("what", "")
    user_id = request.actor.user_id
    if user_id is None:  # `staff` lets members of staff in alone, and they have an account
        return redirect("account_login")
    if request.method == "POST":
        if what == "others":
            sign_out_everywhere(actor=request.actor, user_id=user_id, keep=current)
            messages.success(request, _("Auf allen anderen Geräten sind Sie abgemeldet."))
        elif what == "all":
            sign_out_everywhere(actor=request.actor, user_id=user_id)
            logout(request)
            messages.success(request, _("Sie sind überall abgemeldet."))
            return redirect("account_login")
        else:
            sign_out_session(actor=request.actor, user_id=user_id, handle=what, now=now())
            messages.success(request, _("Auf diesem Gerät sind Sie abgemeldet."))
        return redirect("sessions")
    rows = [(row, handle_of(row.pk), row.pk == current) for row in sessions_of(user_id, now())]
    minutes, hours = (
        int(last.total_seconds() // unit) for last, unit in ((limits().idle, 60), (limits().absolute, 3600))
    )
    return render(request, "account/sessions.html", {"rows": rows, "minutes": minutes, "hours": hours})


@staff(lambda actor: actor.is_staff)
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: NetworkRequest) -> HttpResponse:
    """Say which mails one wants for oneself."""
    if request.method == "POST":
        set_deadline_mails(actor=request.actor, wanted="deadline_mails" in request.POST)
        words = _("Sie bekommen diese E-Mails.") if "deadline_mails" in request.POST else _("Keine E-Mails mehr dazu.")
        messages.success(request, words)
        return redirect("notices")
    wanted = Membership.objects.filter(pk=member_of(request.actor), deadline_mails=True).exists()
    return render(request, "account/notices.html", {"deadline_mails": wanted})


@staff(lambda actor: actor.is_staff)
@require_POST
def awake(request: NetworkRequest) -> HttpResponse:  # noqa: ARG001 -- the middleware has noted that somebody is there
    """Stay signed in, asked for by the button before a session ends."""
    return HttpResponse(status=204)


@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: NetworkRequest, secret: str) -> HttpResponse:
    """Let somebody who was invited make their account, or join with the one they have."""
    found = open_invitation(secret, now())
    if found is None:
        return render(request, "account/invitation_gone.html", status=404)
    known = account_of(found)
    form = JoinForm(request.POST or None, email=found.email)
    if request.method == "POST" and (known is not None or form.is_valid()):
        given = {} if known is not None else form.cleaned_data
        try:
            accept_invitation(
                actor=request.actor, secret=secret, first_name=given.get("first_name", ""),
                last_name=given.get("last_name", ""), password=given.get("password1", ""), now=now(),
            )  # fmt: skip
        except TragnetzError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Ihr Zugang ist fertig. Melden Sie sich jetzt an."))
            return redirect("account_login")
    context = {"form": form, "invitation": found, "known": known}
    return render(request, "account/invitation.html", context, status=422 if request.method == "POST" else 200)
