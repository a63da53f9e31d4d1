"""What is due for deletion: proposed by one, confirmed by another; the periods; the protocol."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from tragnetz.audit.commands import record
from tragnetz.core.clock import now, today
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.privacy.access import (
    can_confirm,
    can_propose,
    can_see_retention,
    can_set_retention,
    visible_deletions,
)
from tragnetz.privacy.enums import DeletionState
from tragnetz.privacy.queries import classes_of, due_classes, proposals, protocol, told
from tragnetz.privacy.retention import commands
from tragnetz.privacy.trail import case_number
from tragnetz.workspace.entry import staff
from tragnetz.workspace.privacy.forms import HoldForm, PeriodForm


@staff(can_see_retention)
@require_http_methods(["GET", "HEAD", "POST"])
def due(request: NetworkRequest) -> HttpResponse:
    """Show what is due, and propose to delete what is ticked."""
    problem = ""
    if request.method == "POST":
        if not can_propose(request.actor):
            raise Http404
        try:
            made = commands.propose(
                actor=request.actor, key=request.POST.get("key", ""), ids=_ids(request.POST.getlist("what")), now=now()
            )
        except TragnetzError as error:
            problem = str(error)
        else:
            messages.success(request, _("Vorgeschlagen. Eine zweite Person muss es bestätigen."))
            return redirect("workspace:deletion", made.pk)
    return _due_page(request, problem=problem)


def _due_page(request: NetworkRequest, *, problem: str = "", hold: HoldForm | None = None) -> HttpResponse:
    classes = due_classes(request.actor, today(request.network.zone))
    if request.method != "POST":
        record(request.actor, "retention:read", None, rows=sum(one.count for one in classes))
    context: dict[str, Any] = {
        "classes": classes, "proposals": proposals(request.actor), "protocol": protocol(request.actor, now()),
        "problem": problem, "ticked": set(request.POST.getlist("what")), "hold": hold or HoldForm(auto_id="hold_%s"),
        "held": hold is not None and str(hold.data.get("what", "")),
    }  # fmt: skip
    return render(
        request, "workspace/privacy/due.html", context, status=422 if problem or (hold and hold.errors) else 200
    )


def _ids(typed: list[str]) -> list[uuid.UUID]:
    found = []
    for one in typed:
        try:
            found.append(uuid.UUID(one))
        except ValueError:
            continue
    return found


@staff(can_propose)
@require_POST
def hold(request: NetworkRequest) -> HttpResponse:
    """Put off the deletion of one record."""
    form = HoldForm(request.POST, auto_id="hold_%s")
    if form.is_valid():
        data = form.cleaned_data
        try:
            commands.hold(
                actor=request.actor, key=data["key"], object_id=data["what"], reason=data["reason"],
                until=data["until"], today=today(request.network.zone),
            )  # fmt: skip
        except TragnetzError as error:
            form.add_error("until", str(error))
        else:
            messages.success(request, _("Aufgeschoben bis %s.") % f"{data['until']:%d.%m.%Y}")
            return redirect("workspace:retention")
    return _due_page(request, hold=form)


@staff(can_see_retention)
@require_http_methods(["GET", "HEAD", "POST"])
def deletion(request: NetworkRequest, deletion_id: uuid.UUID) -> HttpResponse:
    """Show a proposal to delete, and confirm it or take it back."""
    rows = visible_deletions(request.actor).select_related("proposed_by__user", "confirmed_by__user")
    row = rows.filter(pk=deletion_id).first()
    if row is None:
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            problem = _decide(request, deletion_id)
        except TragnetzError as error:
            problem = str(error)
        if not problem:
            return redirect("workspace:retention")
    else:
        record(request.actor, "retention:read", row)
    context = {
        "row": row, "told": told(row), "problem": problem, "is_open": row.state == DeletionState.PROPOSED,
        "own": row.proposed_by_id == request.actor.membership_id, "confirms": can_confirm(request.actor),
        "items": [(case_number(item.object_id), item.due_on) for item in row.items.all()],
    }  # fmt: skip
    return render(request, "workspace/privacy/deletion.html", context, status=422 if problem else 200)


def _decide(request: NetworkRequest, deletion_id: uuid.UUID) -> str:
    """Carry the decision out; returns what hinders it."""
    if "withdraw" in request.POST:
        commands.withdraw(actor=request.actor, deletion_id=deletion_id, now=now())
        messages.success(request, _("Zurückgenommen. Nichts ist gelöscht."))
        return ""
    if "sure" not in request.POST:
        return _("Bitte setzen Sie den Haken, wenn Sie wirklich löschen wollen.")
    done = commands.confirm(actor=request.actor, deletion_id=deletion_id, now=now())
    words = ngettext("%s Eintrag ist gelöscht.", "%s Einträge sind gelöscht.", done.records)
    messages.success(request, words % done.records)
    return ""


@staff(can_set_retention)
@require_http_methods(["GET", "HEAD", "POST"])
def periods(request: NetworkRequest) -> HttpResponse:
    """Show how long what is kept and why, and decide on it."""
    key = request.POST.get("key", "")
    classes = classes_of(request.actor.organisation_id)
    wrong = None
    if request.method == "POST":
        if key not in {one.kept.key for one in classes}:
            raise Http404
        wrong = PeriodForm(request.POST, auto_id=f"{key}_%s")
        if wrong.is_valid():
            try:
                commands.set_period(
                    actor=request.actor, key=key, months=wrong.cleaned_data["months"],
                    automatic=wrong.cleaned_data["automatic"], today=today(request.network.zone),
                )  # fmt: skip
            except TragnetzError as error:
                wrong.add_error("months", str(error))
            else:
                messages.success(request, _("Die Frist ist gespeichert."))
                return redirect("workspace:retention_periods")
    rows = [
        (
            one,
            wrong
            if wrong is not None and one.kept.key == key
            else PeriodForm(
                initial={"months": one.period.months, "automatic": one.period.automatic},
                auto_id=f"{one.kept.key}_%s",
            ),
        )
        for one in classes
    ]
    return render(request, "workspace/privacy/periods.html", {"rows": rows}, status=422 if wrong else 200)
