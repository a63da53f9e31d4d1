"""The page on which a visitor says what is wrong with an entry."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tragnetz.core.clock import now
from tragnetz.directory.models import ReportKind
from tragnetz.directory.queries import service
from tragnetz.directory.truth.reports import take_report
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.caching import private
from tragnetz.portal.lines import lines_now
from tragnetz.portal.resaid import as_typed, only_reads_on


class ReportForm(forms.Form):
    """What is wrong."""

    kind = forms.ChoiceField(
        label=_("Was stimmt nicht?"),
        choices=ReportKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Bitte wählen Sie aus, was nicht stimmt.")},
    )
    text = forms.CharField(
        label=_("Was haben Sie erlebt? Was ist richtig?"),
        help_text=_("Sie müssen nichts schreiben. Bitte schreiben Sie keine Namen und nichts über sich."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": _("Das ist zu lang: höchstens 1000 Zeichen.")},
    )


@private
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: NetworkRequest, key: str) -> HttpResponse:
    """Take down that an entry is not true."""
    found = service(key)
    if found is None:
        raise Http404
    form = ReportForm(request.POST or None, initial={"kind": request.GET.get("was", "")[:12]})
    context = {"service": found, "form": form, "sensitive": found.sensitive}
    if only_reads_on(request):
        context["form"] = as_typed(form)
    elif request.method == "POST" and form.is_valid():
        take_report(service=found, language=get_language() or "de", now=now(), **form.cleaned_data)
        context |= {"taken": True, "lines": lines_now(request.network)}
        return render(request, "portal/report.html", context)
    return render(request, "portal/report.html", context, status=422 if form.errors else 200)
