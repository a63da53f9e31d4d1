"""Pages of the editors: the work list, all entries, one entry with its truth and its history."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from tragnetz.core.clock import now, today
from tragnetz.core.errors import TragnetzError
from tragnetz.core.texts import SOURCE_LANGUAGE
from tragnetz.directory.access import can_edit
from tragnetz.directory.editing import confirm_as_editor, mark_seen, record_now, service_to_edit, undo
from tragnetz.directory.history import removed
from tragnetz.directory.keys import names_of_keys
from tragnetz.directory.languages import STATES
from tragnetz.directory.models import Report, ReportState, Service, ServiceStatus
from tragnetz.directory.office_rules import circles_through
from tragnetz.directory.prose import rule_sentence
from tragnetz.directory.queries import services_to_keep
from tragnetz.directory.responsibility import all_offices
from tragnetz.directory.search import search_ids
from tragnetz.directory.translations import translations_of
from tragnetz.directory.truth import reports as truth_reports
from tragnetz.directory.truth.addresses import addresses_of
from tragnetz.directory.truth.rules import LABELS
from tragnetz.directory.truth.words import name_of_removed
from tragnetz.directory.truth.worklist import REASONS, Reason, counts, work_list
from tragnetz.eligibility.rules import parse_rule
from tragnetz.network.languages import language_name
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.queries import organisations
from tragnetz.staff.remarks.queries import waiting_remarks
from tragnetz.workspace.catalogue.history import history_of
from tragnetz.workspace.catalogue.truth import told_broken, truth_of_service
from tragnetz.workspace.entry import staff

A_PAGE = 50


@staff(can_edit)
@require_safe
def work(request: NetworkRequest) -> HttpResponse:
    """Show what is to be done, most urgent first."""
    reason, organisation = request.GET.get("grund", "")[:20], request.GET.get("organisation", "")[:80]
    day = today(request.network.zone)
    everything = work_list(day, organisation=organisation)
    how_many = counts(everything)
    tasks = [task for task in everything if not reason or task.has(reason)]
    context = {
        "page": Paginator(tasks, A_PAGE).get_page(request.GET.get("seite")),
        "reasons": [(key.value, REASONS[key], how_many[key]) for key in Reason],
        "total": len(everything),
        "reason": reason,
        "organisation": organisation,
        "organisations": organisations(),
        "waiting_remarks": waiting_remarks(request.actor),
    }
    return render(request, "workspace/catalogue/work.html", context)


@staff(can_edit)
@require_safe
def entries(request: NetworkRequest) -> HttpResponse:
    """List all entries, also those that have ended; find one by its words."""
    typed, organisation = request.GET.get("q", "")[:100].strip(), request.GET.get("organisation", "")[:80]
    rows = services_to_keep(organisation=organisation)
    gone = [] if typed or organisation else [(one, name_of_removed(one)) for one in removed()[:A_PAGE]]
    if typed:
        found = search_ids(typed, today(request.network.zone), limit=A_PAGE)
        rows = rows.filter(pk__in=found) | rows.filter(search_name__icontains=typed)
    context = {
        "page": Paginator(rows, A_PAGE).get_page(request.GET.get("seite")),
        "typed": typed,
        "gone": gone,
        "organisation": organisation,
        "organisations": organisations(),
    }
    return render(request, "workspace/catalogue/entries.html", context)


def found_or_404(request: NetworkRequest, service_id: uuid.UUID) -> Service:
    """Return a service for its editor."""
    found = service_to_edit(request.actor, service_id)
    if found is None:
        raise Http404
    return found


@staff(can_edit)
@require_safe
def entry(request: NetworkRequest, service_id: uuid.UUID) -> HttpResponse:
    """Show one entry: how true each field is, what was said of it, what changed."""
    service = found_or_404(request, service_id)
    record, names, day = record_now(service), names_of_keys(), today(request.network.zone)
    context = {
        "service": service,
        "rule": rule_sentence(parse_rule(service.prerequisites) if service.prerequisites else None),
        **truth_of_service(service, record, names, day),
        "offices": service.authority.offices.all() if service.authority else [],
        "reports": truth_reports.open_reports(service),
        "circles": circles_through(service, all_offices(), SOURCE_LANGUAGE),
        "broken": told_broken(addresses_of(service)),
        "unseen": service.revisions.filter(origin="provider", seen_at=None).exclude(fields=["checked"]).count(),
        "translations": [
            (one, language_name(one.language), STATES[one.state])
            for one in translations_of(record, service.translations)
        ],
        **history_of(service, names),
        "ended": service.status == ServiceStatus.ENDED,
    }
    return render(request, "workspace/catalogue/entry.html", context)


@staff(can_edit)
@require_POST
def confirm(request: NetworkRequest, service_id: uuid.UUID) -> HttpResponse:
    """Say that the whole entry, or some fields, are true today."""
    service = found_or_404(request, service_id)
    fields = [field for field in request.POST.getlist("field") if field in LABELS]
    confirm_as_editor(actor=request.actor, service=service, fields=fields or None)
    messages.success(request, _("Bestätigt, mit dem Tag von heute."))
    return redirect("workspace:catalogue_entry", service_id)


@staff(can_edit)
@require_POST
def take_back(request: NetworkRequest, service_id: uuid.UUID, number: int) -> HttpResponse:
    """Take a change back."""
    service = found_or_404(request, service_id)
    revision = service.revisions.filter(number=number).select_related("service__network").first()
    if revision is None:
        raise Http404
    try:
        undo(actor=request.actor, revision=revision)
        messages.success(request, _("Die Änderung Nr. %s ist zurückgenommen.") % number)
    except TragnetzError as error:
        messages.error(request, str(error))
    return redirect("workspace:catalogue_entry", service_id)


@staff(can_edit)
@require_POST
def seen(request: NetworkRequest, service_id: uuid.UUID) -> HttpResponse:
    """Say that one has looked at what the provider changed."""
    count = mark_seen(actor=request.actor, service=found_or_404(request, service_id))
    messages.success(request, ngettext("%s Änderung angesehen.", "%s Änderungen angesehen.", count) % count)
    return redirect("workspace:catalogue_entry", service_id)


@staff(can_edit)
@require_POST
def settle(request: NetworkRequest, report_id: uuid.UUID) -> HttpResponse:
    """Say what became of a report."""
    report = Report.objects.select_related("service").filter(pk=report_id).first()
    state = request.POST.get("state", "")
    if report is None or state not in {ReportState.MENDED, ReportState.DISMISSED}:
        raise Http404
    truth_reports.settle_report(actor=request.actor, report=report, state=ReportState(state), now=now())
    messages.success(request, _("Die Meldung ist erledigt."))
    return redirect("workspace:catalogue_entry", report.service_id)
