"""Pages of the organisations: who keeps entries, the link by which they do, their sites."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tragnetz.core.clock import now, today
from tragnetz.core.errors import TragnetzError
from tragnetz.core.forms import whole_number
from tragnetz.core.links import page_address
from tragnetz.directory.access import can_edit
from tragnetz.directory.history import version_of
from tragnetz.directory.models import ConfirmationLink
from tragnetz.directory.offices import offices_run_by
from tragnetz.directory.organisations import organisations_to_keep, put_organisation, put_site
from tragnetz.directory.queries import services_to_keep
from tragnetz.directory.truth.addresses import addresses_of_organisation
from tragnetz.directory.truth.links import VALID, make_link, revoke
from tragnetz.directory.truth.rows import is_due
from tragnetz.network.forms import OrganisationForm, SiteForm
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.models import Organisation
from tragnetz.printing.qr import qr_image
from tragnetz.workspace.catalogue.history import history_of, take_back
from tragnetz.workspace.catalogue.readability import told
from tragnetz.workspace.catalogue.truth import confirm_chosen, told_broken, truth_of_row
from tragnetz.workspace.entry import staff


def _organisation(organisation_id: uuid.UUID) -> Organisation:
    found = Organisation.objects.filter(pk=organisation_id).first()
    if found is None:
        raise Http404
    return found


def _initial(row: Organisation) -> dict[str, object]:
    return {
        "name": row.name,
        "short_name": row.short_name,
        "kind": row.kind,
        "email": row.email,
        "phone": row.phones[0]["number"] if row.phones else "",
        "url": row.url,
        "description": row.description.get("de", ""),
    }


@staff(can_edit)
@require_safe
def listing(request: NetworkRequest) -> HttpResponse:
    """List organisations, those with most due entries first."""
    rows = organisations_to_keep(today(request.network.zone))
    return render(request, "workspace/catalogue/organisations.html", {"rows": rows, "now": now()})


@staff(can_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: NetworkRequest) -> HttpResponse:
    """Write a new organisation."""
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = put_organisation(actor=request.actor, data=form.cleaned_data)
        messages.success(request, _("Die Organisation ist angelegt. Jetzt fehlt noch ein Ort."))
        return redirect("workspace:catalogue_organisation", saved.pk)
    status = 422 if form.errors else 200
    context = {"form": form, "told": told(str(form["description"].value() or ""))}
    return render(request, "workspace/catalogue/organisation_new.html", context, status=status)


@staff(can_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: NetworkRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Show and change an organisation."""
    found = _organisation(organisation_id)
    form = OrganisationForm(request.POST or None, initial=_initial(found))
    if request.method == "POST" and form.is_valid():
        try:
            put_organisation(
                actor=request.actor, data=form.cleaned_data, organisation=found,
                expected=whole_number(request.POST.get("version", "")),
            )  # fmt: skip
        except TragnetzError as error:
            form.add_error(None, str(error))
            return _page(request, found, form=form)
        messages.success(request, _("Die Angaben zur Organisation sind gespeichert."))
        return redirect("workspace:catalogue_organisation", organisation_id)
    return _page(request, found, form=form)


@staff(can_edit)
@require_POST
def confirm(request: NetworkRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Say that all facts of an organisation, or some, are true today."""
    confirm_chosen(request, _organisation(organisation_id))
    return redirect("workspace:catalogue_organisation", organisation_id)


@staff(can_edit)
@require_POST
def organisation_undo(request: NetworkRequest, organisation_id: uuid.UUID, number: int) -> HttpResponse:
    """Take a change of an organisation back."""
    take_back(request, _organisation(organisation_id), number)
    return redirect("workspace:catalogue_organisation", organisation_id)


def _page(
    request: NetworkRequest,
    found: Organisation,
    *,
    form: OrganisationForm | None = None,
    site_form: SiteForm | None = None,
    address: str = "",
) -> HttpResponse:
    form = form or OrganisationForm(initial=_initial(found))
    site_form = site_form or SiteForm(auto_id="site_%s")
    day, sites = today(request.network.zone), list(found.sites.select_related("locality", "network"))
    context = {
        "organisation": found,
        "form": form,
        "told": told(str(form["description"].value() or "")),
        "version": version_of(found),
        **history_of(found),
        **truth_of_row(found, day),
        "broken": told_broken(addresses_of_organisation(found)),
        "site_form": site_form,
        "sites": sites,
        "due_sites": {one.pk for one in sites if is_due(one, day)},
        "offices": [(one, is_due(one, day)) for one in offices_run_by(found)],
        "entries": services_to_keep(organisation=found.key),
        "links": found.confirmation_links.all()[:5],
        "now": now(),
        "today": day,
        "address": address,
        "qr": mark_safe(qr_image(address)) if address else "",  # noqa: S308 -- made of squares by us, holds no text
        "days": VALID.days,
    }
    status = 422 if form.errors or site_form.errors else 200
    return render(request, "workspace/catalogue/organisation.html", context, status=status)


@staff(can_edit)
@require_POST
def link(request: NetworkRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Make a link and show it once, or send it by mail."""
    found = _organisation(organisation_id)
    send = "send" in request.POST
    if send and not found.email:
        messages.error(request, _("Es fehlt die E-Mail-Adresse der Organisation."))
        return redirect("workspace:catalogue_organisation", organisation_id)

    def address(secret: str) -> str:
        with override("de"):
            return page_address(request, "portal:provider", secret)

    _link, secret = make_link(actor=request.actor, organisation=found, now=now(), address=address, send=send)
    if send:
        messages.success(request, _("Der Link geht an %s.") % found.email)
        return redirect("workspace:catalogue_organisation", organisation_id)
    return _page(request, found, address=address(secret))


@staff(can_edit)
@require_POST
def end_link(request: NetworkRequest, link_id: uuid.UUID) -> HttpResponse:
    """End a link at once."""
    found = ConfirmationLink.objects.select_related("organisation").filter(pk=link_id).first()
    if found is None:
        raise Http404
    revoke(actor=request.actor, link=found, now=now())
    messages.success(request, _("Der Link gilt nicht mehr."))
    return redirect("workspace:catalogue_organisation", found.organisation_id)


@staff(can_edit)
@require_POST
def site(request: NetworkRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Write a new place of an organisation."""
    found = _organisation(organisation_id)
    form = SiteForm(request.POST, auto_id="site_%s")
    if not form.is_valid():
        return _page(request, found, site_form=form)
    put_site(actor=request.actor, organisation=found, data=form.cleaned_data)
    messages.success(request, _("Der Ort ist angelegt."))
    return redirect("workspace:catalogue_organisation", organisation_id)
