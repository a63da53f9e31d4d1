"""The page of a site: its address, and its history."""

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
from tragnetz.directory.history import version_of
from tragnetz.directory.organisations import put_site
from tragnetz.network.forms import SiteForm
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.models import Site
from tragnetz.workspace.catalogue.history import history_of, take_back
from tragnetz.workspace.catalogue.truth import confirm_chosen, truth_of_row
from tragnetz.workspace.entry import staff


def _site(site_id: uuid.UUID) -> Site:
    found = Site.objects.select_related("organisation", "locality", "network").filter(pk=site_id).first()
    if found is None:
        raise Http404
    return found


@staff(can_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: NetworkRequest, site_id: uuid.UUID) -> HttpResponse:
    """Show and change a site."""
    found = _site(site_id)
    form = SiteForm(
        request.POST or None,
        initial={
            **{name: getattr(found, name) for name in ("name", "street", "number", "postcode")},
            "locality": found.locality.key if found.locality else "",
            "step_free": {True: "yes", False: "no", None: ""}[found.step_free],
            "transport": found.transport.get("de", ""),
        },
    )
    if request.method == "POST" and form.is_valid():
        try:
            put_site(
                actor=request.actor, organisation=found.organisation, data=form.cleaned_data, site=found,
                expected=whole_number(request.POST.get("version", "")),
            )  # fmt: skip
            messages.success(request, _("Der Ort ist gespeichert."))
            return redirect("workspace:catalogue_site_edit", site_id)
        except TragnetzError as error:
            form.add_error(None, str(error))
    context = {"site": found, "form": form, "version": version_of(found), **history_of(found)}
    context |= truth_of_row(found, today(request.network.zone))
    return render(request, "workspace/catalogue/site.html", context, status=422 if form.errors else 200)


@staff(can_edit)
@require_POST
def confirm(request: NetworkRequest, site_id: uuid.UUID) -> HttpResponse:
    """Say that all facts of a site, or some, are true today."""
    confirm_chosen(request, _site(site_id))
    return redirect("workspace:catalogue_site_edit", site_id)


@staff(can_edit)
@require_POST
def undo(request: NetworkRequest, site_id: uuid.UUID, number: int) -> HttpResponse:
    """Take a change of a site back."""
    take_back(request, _site(site_id), number)
    return redirect("workspace:catalogue_site_edit", site_id)
