"""Open one's keys, and look after the keys of the organisation."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragnetz.casework import keeping
from tragnetz.casework.access import can_counsel
from tragnetz.casework.unlocking import bring_back, former_keys, open_keys, start_anew
from tragnetz.core.clock import now
from tragnetz.core.errors import TragnetzError
from tragnetz.network.enums import Role
from tragnetz.network.middleware import NetworkRequest
from tragnetz.vault.errors import LockedError, VaultError
from tragnetz.vault.keyring import current_keyring
from tragnetz.vault.pairs import pair_of_user
from tragnetz.workspace.entry import staff
from tragnetz.workspace.keys.forms import SecondForm, SecretForm, SheetForm


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: NetworkRequest) -> HttpResponse:
    """Show whether one's keys are open; open them, begin anew, or bring back what an old password opens."""
    acts: dict[str, Callable[[NetworkRequest, str], HttpResponse]] = {
        "open": _open, "renew": _renew, "old": _old, "sheet": _sheet_b,
    }  # fmt: skip
    act = acts.get(request.POST.get("do", ""))
    if request.method != "POST" or act is None:
        return _page(request)
    if request.POST["do"] == "sheet":
        return act(request, "")
    form = SecretForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    try:
        return act(request, form.cleaned_data["secret"])
    except VaultError as error:
        form.add_error("secret", str(error) or _("Das geht gerade nicht."))
        return _page(request, form=form, status=422)


def _open(request: NetworkRequest, secret: str) -> HttpResponse:
    open_keys(request, actor=request.actor, user=keeping.user_of(request.actor), secret=secret)
    messages.success(request, _("Ihre Schlüssel sind offen. Sie können Ihre Fälle lesen."))
    return redirect("workspace:keys")


def _renew(request: NetworkRequest, secret: str) -> HttpResponse:
    user = keeping.user_of(request.actor)
    if not user.check_password(secret):
        raise VaultError(_("Das ist nicht Ihr Passwort."))
    start_anew(request, actor=request.actor, user=user, secret=secret, now=now())
    messages.success(request, _("Sie haben neue Schlüssel. Fälle, die auch andere lesen, öffnen sich nach und nach."))
    return redirect("workspace:keys")


def _old(request: NetworkRequest, secret: str) -> HttpResponse:
    number = bring_back(request, actor=request.actor, user=keeping.user_of(request.actor), old_secret=secret)
    messages.success(request, _("%(number)s Schlüssel sind wieder da.") % {"number": number})
    return redirect("workspace:keys")


def _sheet_b(request: NetworkRequest, _secret: str) -> HttpResponse:
    try:
        sheet = keeping.finish(actor=request.actor, now=now())
    except LockedError:
        messages.error(request, _("Bitte öffnen Sie zuerst Ihre Schlüssel."))
        return redirect("workspace:keys")
    except TragnetzError as error:
        messages.error(request, str(error))
        return redirect("workspace:keys")
    return render(request, "workspace/keys/sheet.html", {"sheet": sheet, "letter": "B", "at": now()})


def _page(request: NetworkRequest, *, form: forms.Form | None = None, status: int = 200) -> HttpResponse:
    user_id = request.actor.user_id
    pair = pair_of_user(user_id) if user_id else None
    context = {
        "form": form or SecretForm(),
        "tried": request.POST.get("do", ""),
        "open": bool(pair and pair.pk in current_keyring().holders()),
        "pair": pair,
        "former": former_keys(user_id) if user_id else 0,
        "setup": keeping.setup_for(request.actor),
        "keeps": keeping.can_keep(request.actor),
    }
    return render(request, "workspace/keys/own.html", context, status=status)


@staff(keeping.can_keep)
@require_http_methods(["GET", "HEAD", "POST"])
def organisation_keys(request: NetworkRequest) -> HttpResponse:
    """Show who of the organisation has keys; make or use its recovery, give a role new keys."""
    state = keeping.key_state(request.actor, now())
    others = [row for row, has in state.members if has and row.user_id != request.actor.user_id]
    does = request.POST.get("do", "")
    second = SecondForm(request.POST if does == "begin" else None, members=others)
    sheet = SheetForm(request.POST if does == "use" else None)
    try:
        if does == "begin" and second.is_valid():
            typed = next(row for row in others if str(row.pk) == second.cleaned_data["second"])
            shown = keeping.begin(actor=request.actor, second_id=typed.pk)
            context = {"sheet": shown, "letter": "A", "second": typed.user, "at": now()}
            return render(request, "workspace/keys/sheet.html", context)
        if does == "use" and sheet.is_valid():
            return _used(request, sheet)
        if does == "renew" and request.POST.get("role") in {Role.LEAD.value, Role.COUNSELLOR.value}:
            moved = keeping.renew(actor=request.actor, role=request.POST["role"], now=now())
            messages.success(request, _("Die Schlüssel sind erneuert. Umgezogen: %(number)s.") % {"number": moved})
            return redirect("workspace:organisation_keys")
    except LockedError:
        messages.error(request, _("Dafür müssen Ihre eigenen Schlüssel offen sein."))
    except TragnetzError as error:
        (sheet if does == "use" else second).add_error(None, str(error))
    bad = does in {"begin", "use"}
    context = {"state": state, "second": second, "sheet": sheet, "roles": _roles(state)}
    return render(request, "workspace/keys/organisation.html", context, status=422 if bad else 200)


def _used(request: NetworkRequest, form: forms.Form) -> HttpResponse:
    data = form.cleaned_data
    number = keeping.use_sheet(actor=request.actor, typed=data["sheet"], reason=data["reason"], now=now())
    if number is None:
        messages.success(
            request, _("Das erste Blatt liegt vor. Eine andere Person gibt in einer Stunde das zweite ein.")
        )
    else:
        messages.success(request, _("Wiederhergestellt: %(number)s Fälle.") % {"number": number})
    return redirect("workspace:organisation_keys")


def _roles(state: keeping.KeyState) -> list[tuple[str, str, object]]:
    labels = ((Role.LEAD, _("Leitung")), (Role.COUNSELLOR, _("Beratung (nur im Notfall benutzt)")))
    return [(role.value, label, state.renewed.get(role.value)) for role, label in labels]
