"""The page of an office: what is told of it, how sure that is, and its history."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tragnetz.core.clock import today
from tragnetz.core.errors import TragnetzError
from tragnetz.core.forms import whole_number
from tragnetz.directory.access import can_edit
from tragnetz.directory.forms import OfficeForm
from tragnetz.directory.history import version_of
from tragnetz.directory.models import Office
from tragnetz.directory.offices import office_rows, put_office
from tragnetz.directory.truth.addresses import addresses_of_office
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.catalogue.history import history_of, take_back
from tragnetz.workspace.catalogue.truth import confirm_chosen, told_broken, truth_of_row
from tragnetz.workspace.entry import staff

WIDE = frozenset({"name", "hours", "comment"})


def office_of(office_id: uuid.UUID) -> Office:
    """Return an office with all that its pages tell; raises Http404 if there is none."""
    found = office_rows().filter(pk=office_id).first()
    if found is None:
        raise Http404
    return found


@staff(can_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: NetworkRequest, office_id: uuid.UUID) -> HttpResponse:
    """Show and change what is told of an office."""
    found = office_of(office_id)
    form = OfficeForm(request.POST or None, office=found)
    if request.method == "POST" and form.is_valid():
        try:
            put_office(
                actor=request.actor, office=found, changes=form.changes(), comment=form.cleaned_data["comment"],
                expected=whole_number(request.POST.get("version", "")),
            )  # fmt: skip
            messages.success(
                request, _("Die Angaben zur Stelle sind gespeichert. Auf der Website stehen sie sofort so.")
            )
            return redirect("workspace:catalogue_office", office_id)
        except TragnetzError as error:
            form.add_error(None, str(error))
    context = {
        "office": found,
        "form": form,
        "wide": WIDE,
        "version": version_of(found),
        "broken": told_broken(addresses_of_office(found)),
        **history_of(found),
        **truth_of_row(found, today(request.network.zone)),
    }
    return render(request, "workspace/catalogue/office.html", context, status=422 if form.errors else 200)


@staff(can_edit)
@require_POST
def confirm(request: NetworkRequest, office_id: uuid.UUID) -> HttpResponse:
    """Say that all facts of an office, or some, are true today."""
    confirm_chosen(request, office_of(office_id))
    return redirect("workspace:catalogue_office", office_id)


@staff(can_edit)
@require_POST
def undo(request: NetworkRequest, office_id: uuid.UUID, number: int) -> HttpResponse:
    """Take a change of an office back."""
    take_back(request, office_of(office_id), number)
    return redirect("workspace:catalogue_office", office_id)
