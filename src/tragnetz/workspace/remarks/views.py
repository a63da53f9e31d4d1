"""Tell what happened on a staff page; read what was told, answer, close."""

import uuid

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragnetz.core.clock import now
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.staff.access import can_answer_remarks
from tragnetz.staff.enums import RemarkKind
from tragnetz.staff.models import Remark
from tragnetz.staff.remarks.commands import Said, answer_remark, close_remark, tell_remark
from tragnetz.staff.remarks.forms import RemarkForm, happened
from tragnetz.staff.remarks.limits import SlowedError
from tragnetz.staff.remarks.queries import remarks_to_answer
from tragnetz.staff.remarks.routes import address_of, route_of
from tragnetz.workspace.back import came_from
from tragnetz.workspace.entry import staff


class StaffRemarkForm(RemarkForm):
    """What happened, what was expected, and whether one may ask back at the account's address."""

    text = happened(
        help_text=gettext_lazy("Schritt für Schritt, so dass wir es nachmachen können. Auch Ideen sind willkommen.")
    )
    may_ask = forms.BooleanField(
        label=gettext_lazy("Sie dürfen nachfragen: an meine E-Mail-Adresse hier im Programm."), required=False
    )


@staff(lambda actor: actor.is_staff)
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: NetworkRequest) -> HttpResponse:
    """Take down what a member of staff tells; without the tick nobody's name is kept."""
    route = route_of(request.POST.get("seite") or request.GET.get("seite", ""))
    form = StaffRemarkForm(request.POST or None)
    back = came_from(request)
    context = {"form": form, "route": route, "address": address_of(route), "back": back}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        reply_to = request.user.email if data["may_ask"] and request.user.is_authenticated else ""
        said = Said(RemarkKind.REMARK, data["text"], expected=data["expected"], route=route, reply_to=reply_to)
        try:
            tell_remark(actor=request.actor, said=said, language=get_language() or "de", now=now())
        except SlowedError as error:
            form.add_error(None, str(error))
            return render(request, "workspace/remarks/tell.html", context, status=429)
        messages.success(request, _("Danke! Ihre Rückmeldung ist angekommen."))
        return redirect(back or "workspace:home")
    return render(request, "workspace/remarks/tell.html", context, status=422 if form.errors else 200)


@staff(can_answer_remarks)
@require_safe
def listing(request: NetworkRequest) -> HttpResponse:
    """Show what waits, oldest first, and below what was settled; of one kind with `?art=`."""
    kind = request.GET.get("art", "")
    kind = kind if kind in RemarkKind.values else ""
    found = remarks_to_answer(actor=request.actor, kind=kind)
    addresses = {view.row.route: address_of(view.row.route) for view in (*found.waiting, *found.settled)}
    context = {"found": found, "addresses": addresses, "kinds": RemarkKind.choices, "kind": kind}
    return render(request, "workspace/remarks/list.html", context)


@staff(can_answer_remarks)
@require_POST
def settle(request: NetworkRequest, remark_id: uuid.UUID) -> HttpResponse:
    """Answer one by mail, or close it."""
    remark = Remark.objects.filter(pk=remark_id).first()
    if remark is None:
        raise Http404
    try:
        if request.POST.get("do") == "answer":
            answer_remark(actor=request.actor, remark=remark, text=request.POST.get("answer", "")[:4000], now=now())
            messages.success(request, _("Die Antwort ist unterwegs."))
        else:
            close_remark(actor=request.actor, remark=remark, now=now())
            messages.success(request, _("Die Rückmeldung ist geschlossen. In 90 Tagen wird sie gelöscht."))
    except TragnetzError as error:
        messages.error(request, str(error))
    return redirect("workspace:remarks")
