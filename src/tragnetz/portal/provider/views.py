"""Pages behind the link of an organisation. What does not belong to it does not exist."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tragnetz.core.clock import now, today
from tragnetz.core.errors import TragnetzError
from tragnetz.core.forms import whole_number
from tragnetz.directory.editing import change, confirm, record_now
from tragnetz.directory.forms import FactsForm, remark_field
from tragnetz.directory.history import version_of
from tragnetz.directory.models import ConfirmationLink, ReportKind, Service
from tragnetz.directory.truth.links import author_by, details_of, entries_of, mark_used, open_link
from tragnetz.directory.truth.reports import take_report
from tragnetz.directory.truth.rows import confirm_row, facts_of, is_due
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.caching import private
from tragnetz.portal.german import german_only
from tragnetz.portal.lines import lines_now

DETAILS = "details"  # the organisation, its sites and offices: one button for all
CHANGED = gettext_lazy("Danke. Ihre Änderung ist gespeichert und gleich zu sehen.")


def _gone(request: NetworkRequest) -> HttpResponse:
    return render(request, "portal/provider/gone.html", {"lines": lines_now(request.network)}, status=404)


@private
@require_http_methods(["GET", "HEAD", "POST"])
@german_only
def provider(request: NetworkRequest, secret: str) -> HttpResponse:
    """Show an organisation its entries, and what is told of itself; all or a part can be confirmed at once."""
    link = open_link(secret, now())
    if link is None:
        return _gone(request)
    rows, details = list(entries_of(link)), details_of(link)
    if request.method == "POST":
        wanted = request.POST.get("entry", "")
        chosen = [row for row in rows if wanted in {"all", str(row.pk)}]
        behind = details.rows() if wanted in {"all", DETAILS} else []
        if not chosen and not behind:
            raise Http404
        for row in chosen:
            confirm(service=row, by=author_by(link))
        for detail in behind:
            confirm_row(row=detail, by=author_by(link))
        mark_used(link, now())
        messages.success(request, _("Danke! Bestätigt, mit dem Tag von heute."))
        return redirect("portal:provider", secret)
    day = today(request.network.zone)
    context = {
        "link": link,
        "secret": secret,
        "behind": details,
        "offices": [(office, facts_of(office)) for office in details.offices],
        "details_sure": not any(is_due(detail, day) for detail in details.rows()),
        "details": DETAILS,
        "entries": [(row, row.review_on is None or row.review_on > day) for row in rows],
        "open": sum(row.review_on is not None and row.review_on <= day for row in rows),
        "lines": lines_now(request.network),
    }
    return render(request, "portal/provider/entries.html", context)


@private
@require_http_methods(["GET", "HEAD", "POST"])
@german_only
def entry(request: NetworkRequest, secret: str, service_id: uuid.UUID) -> HttpResponse:
    """Let an organisation correct the facts of one of its entries."""
    link = open_link(secret, now())
    if link is None:
        return _gone(request)
    service = entries_of(link).filter(pk=service_id).first()
    if service is None:
        raise Http404
    record, version = record_now(service), version_of(service)
    form = FactsForm(request.POST or None, record=record, country=request.network.holiday_country)
    form.fields["remark"] = remark_field()
    if request.method == "POST" and form.is_valid():
        try:
            _save(service, link, form, whole_number(request.POST.get("version", "")))
        except TragnetzError as error:
            form.add_error(None, str(error))
        else:
            mark_used(link, now())
            messages.success(request, CHANGED)
            return redirect("portal:provider", secret)
    context = {"link": link, "secret": secret, "service": service, "form": form, "version": version}
    return render(request, "portal/provider/entry.html", context, status=422 if form.errors else 200)


def _save(service: Service, link: ConfirmationLink, form: FactsForm, expected: int | None) -> None:
    changes = form.changes(now())
    if changes:
        change(service=service, changes=changes, by=author_by(link), expected=expected)
    if form.cleaned_data["remark"]:
        take_report(
            service=service, kind=ReportKind.OTHER, text=form.cleaned_data["remark"], language="de", now=now(),
            by_provider=True,
        )  # fmt: skip
    else:
        confirm(service=service, by=author_by(link))
