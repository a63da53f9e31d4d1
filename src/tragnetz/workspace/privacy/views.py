"""The overview, the log of events, who read a record."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from tragnetz.audit.commands import chain_events, record
from tragnetz.audit.heads import own_public_key
from tragnetz.audit.verify import verify_and_keep
from tragnetz.casework.emergency.queries import unseen_emergencies
from tragnetz.core.clock import now, today
from tragnetz.core.downloads import file_answer
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.models import Organisation
from tragnetz.privacy.access import can_read_audit, can_read_trail, can_see_privacy
from tragnetz.privacy.queries import chain_state, overview
from tragnetz.privacy.rights.copy import trail_pdf
from tragnetz.privacy.trail import PAGE, log_csv, log_page, trail_of
from tragnetz.workspace.entry import staff
from tragnetz.workspace.privacy.forms import FilterForm


@staff(can_see_privacy)
@require_safe
def privacy(request: NetworkRequest) -> HttpResponse:
    """Show what needs somebody: requests with deadlines, deletions, the state of the log."""
    day = today(request.network.zone)
    record(request.actor, "rights:list")
    context = {"view": overview(request.actor, day), "today": day, "emergencies": unseen_emergencies(request.actor)}
    return render(request, "workspace/privacy/overview.html", context)


@staff(can_read_audit)
@require_safe
def log(request: NetworkRequest) -> HttpResponse:
    """Show who did and read what, as the filter says."""
    form = _filter(request)
    page = _number(request.GET.get("seite", ""))
    entries, count = log_page(request.actor, form.wanted(), page)
    query = request.GET.copy()
    query.pop("seite", None)
    context = {
        "form": form, "entries": entries, "count": count, "wanted": form.wanted(), "query": query.urlencode(),
        "page": Paginator(range(count), PAGE).get_page(page), "chain": chain_state(), "key": own_public_key(),
    }  # fmt: skip
    return render(request, "workspace/privacy/log.html", context, status=422 if form.errors else 200)


@staff(can_read_audit)
@require_safe
def log_file(request: NetworkRequest) -> HttpResponse:
    """Give the log as a table, as the filter says."""
    form = _filter(request)
    if form.errors:
        return redirect(f"{request.path.removesuffix('.csv')}/?{request.GET.urlencode()}")
    # The mark at the beginning tells spreadsheets that it is UTF-8.
    return file_answer(log_csv(request.actor, form.wanted()), "protokoll.csv")


def _filter(request: NetworkRequest) -> FilterForm:
    form = FilterForm(request.GET, actor=request.actor, today=today(request.network.zone))
    form.is_valid()
    return form


def _number(typed: str) -> int:
    return min(max(int(typed), 1), 10_000) if typed.isdecimal() and len(typed) < 6 else 1  # noqa: PLR2004 -- digits


@staff(can_read_audit)
@require_POST
def verify(request: NetworkRequest) -> HttpResponse:
    """Verify the chain now, from its last head but one; every night all of it is verified."""
    chain_events(request.network)
    head = chain_state().head
    with transaction.atomic():
        found = verify_and_keep(request.network, now=now(), since=max(head.position - 1, 0) if head else 0)
        record(request.actor, "audit:verify", None, faults=found.faults)
    if found.faults:
        words = ngettext("%s Stelle stimmt nicht.", "%s Stellen stimmen nicht.", found.faults)
        messages.error(request, words % found.faults)
    else:
        messages.success(request, _("Das Protokoll ist unverändert."))
    return redirect("workspace:audit_log")


@staff(can_read_trail)
@require_safe
def trail(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Show who read and changed a record."""
    found = trail_of(request.actor, case_id)
    if found is None:
        raise Http404
    only = request.GET.get("nur") == "gelesen"
    entries = [entry for entry in found.entries if entry.is_read or not only]
    return render(request, "workspace/privacy/trail.html", {"trail": found, "entries": entries, "only": only})


@staff(can_read_trail)
@require_safe
def trail_print(request: NetworkRequest, case_id: uuid.UUID) -> HttpResponse:
    """Give the same on paper, to hand to the person."""
    found = trail_of(request.actor, case_id, "trail:print")
    if found is None:
        raise Http404
    organisation = Organisation.objects.get(pk=found.case.organisation_id)
    pdf = trail_pdf(found.number, found.entries, request.network, organisation, today(request.network.zone))
    return file_answer(pdf, "wer-hat-gelesen.pdf")
