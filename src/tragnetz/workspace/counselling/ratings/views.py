"""Look at the domains of life, then and now; rate them."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tragnetz.casework.access import can_counsel
from tragnetz.casework.ratings.anchors import LEVEL_NAMES
from tragnetz.casework.ratings.commands import rate
from tragnetz.casework.ratings.queries import Compared, compared
from tragnetz.casework.ratings.rules import likely_occasion
from tragnetz.core.clock import today
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.printing.charts import LevelRow, levels_picture
from tragnetz.workspace.counselling.entry import case_of
from tragnetz.workspace.counselling.ratings.forms import RatingForm
from tragnetz.workspace.entry import staff


@staff(can_counsel)
@require_safe
def ratings(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show the domains of life on two days: the first and the last, or any two (`tag`)."""
    view = case_of(request, case_id)
    parts = [(part, _picture(part)) for part in compared(view.case, request.GET.getlist("tag")[:10])]
    context = {"view": view, "tab": "ratings", "parts": parts, "levels": LEVEL_NAMES.items()}
    return render(request, "workspace/counselling/ratings.html", context)


def _picture(part: Compared) -> object:
    rows = [
        LevelRow(
            str(change.domain.label),
            (change.before.own_level, change.after.own_level),
            (change.before.level, change.after.level),
        )
        for change in part.changes
    ]
    return levels_picture(rows, is_two=part.is_two)


@staff(can_counsel)
@require_http_methods(["GET", "HEAD", "POST"])
def rating(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Rate the domains of life, together with the person."""
    view, day = case_of(request, case_id), today(request.network.zone)
    occasion = likely_occasion(rated=view.case.ratings.exists(), closing="abschluss" in request.GET)
    initial = {"key": uuid.uuid4().hex, "rated_on": day.isoformat(), "occasion": occasion}
    form = RatingForm(request.POST or None, initial=initial, view=view, today=day)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            rate(
                actor=request.actor, case=view.case, rated_on=data["rated_on"], occasion=data["occasion"],
                lines=form.lines(), person=form.person(), idempotency_key=data["key"], today=day,
            )  # fmt: skip
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Die Einschätzung ist gespeichert."))
            return redirect("workspace:ratings", case_id)
    context = {"view": view, "tab": "ratings", "form": form}
    return render(request, "workspace/counselling/rating.html", context, status=422 if form.errors else 200)
