"""Two forms, one mechanism: barriers (BGG NRW § 10b Abs. 2 Nr. 2), and what else visitors want to tell us."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tragnetz.core.clock import now
from tragnetz.network.actors import resident
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.caching import private
from tragnetz.portal.lines import lines_now
from tragnetz.portal.resaid import as_typed, only_reads_on
from tragnetz.staff.enums import RemarkKind
from tragnetz.staff.remarks.commands import Said, tell_remark
from tragnetz.staff.remarks.forms import RemarkForm, happened, line, told
from tragnetz.staff.remarks.routes import route_of


class VisitorForm(RemarkForm):
    """What happened, what was expected, and where an answer may go."""

    text = happened(
        help_text=_("Bitte schreiben Sie keine Namen und nichts über Ihre Lage. Dafür gibt es die Beratung.")
    )
    reply_to = line(
        label=_("Wie können wir Ihnen antworten? (Sie müssen das nicht ausfüllen.)"),
        help_text=_("E-Mail-Adresse oder Telefonnummer. Wir löschen sie 90 Tage, nachdem wir geantwortet haben."),
    )


class BarrierForm(VisitorForm):
    """What could not be used, where, and where an answer may go."""

    text = told(
        label=_("Was ist schwer zu benutzen?"),
        help_text=_("Zum Beispiel: ein Knopf, den Sie nicht erreichen. Ein Text, den Sie nicht verstehen."),
        missing=_("Bitte schreiben Sie, was schwer zu benutzen ist."),
    )
    expected = None  # type: ignore[assignment]  # Django's way to leave out a field of the parent
    page = line(label=_("Auf welcher Seite? (Sie müssen das nicht ausfüllen.)"))
    field_order = ("text", "page", "reply_to")


@private
@require_http_methods(["GET", "HEAD", "POST"])
def barrier(request: NetworkRequest) -> HttpResponse:
    """Take down what somebody could not use."""
    return _page(request, BarrierForm(request.POST or None), RemarkKind.BARRIER)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def remark(request: NetworkRequest) -> HttpResponse:
    """Take down what else somebody wants to tell: about the site, or about a translation (`?art=translation`)."""
    kind = request.POST.get("art") or request.GET.get("art")
    about = RemarkKind.TRANSLATION if kind == RemarkKind.TRANSLATION else RemarkKind.REMARK
    return _page(request, VisitorForm(request.POST or None), about)


def _page(request: NetworkRequest, form: VisitorForm, kind: RemarkKind) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form, "kind": kind, "lines": lines_now(request.network), "notices": request.network.notices,
        "route": route_of(request.POST.get("seite") or request.GET.get("seite", "")),
    }  # fmt: skip
    if only_reads_on(request):
        context["form"] = as_typed(form)
    elif request.method == "POST" and form.is_valid():
        said = Said(kind, route=context["route"], **form.cleaned_data)
        language = get_language() or "de"
        tell_remark(actor=resident(request.network), said=said, language=language, now=now())
        return render(request, "portal/remark.html", context | {"taken": True})
    return render(request, "portal/remark.html", context, status=422 if form.errors else 200)
