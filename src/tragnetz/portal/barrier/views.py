"""The form that the declaration of accessibility links to (BGG NRW § 10b Abs. 2 Nr. 2)."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from tragnetz.core.clock import now
from tragnetz.directory.truth.barriers import tell_barrier
from tragnetz.network.actors import resident
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.caching import private
from tragnetz.portal.lines import lines_now


class BarrierForm(forms.Form):
    """What could not be used, where, and where an answer may go."""

    text = forms.CharField(
        label=_("Was ist schwer zu benutzen?"),
        help_text=_("Zum Beispiel: ein Knopf, den Sie nicht erreichen. Ein Text, den Sie nicht verstehen."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={
            "required": _("Bitte schreiben Sie, was schwer zu benutzen ist."),
            "max_length": _("Das ist zu lang: höchstens 1000 Zeichen."),
        },
    )
    page = forms.CharField(
        label=_("Auf welcher Seite? (Sie müssen das nicht ausfüllen.)"),
        required=False,
        max_length=1000,
        error_messages={"max_length": _("Das ist zu lang: höchstens 1000 Zeichen.")},
    )
    reply_to = forms.CharField(
        label=_("Wie können wir Ihnen antworten? (Sie müssen das nicht ausfüllen.)"),
        help_text=_("E-Mail-Adresse oder Telefonnummer. Wir löschen sie 90 Tage, nachdem wir geantwortet haben."),
        required=False,
        max_length=1000,
        error_messages={"max_length": _("Das ist zu lang: höchstens 1000 Zeichen.")},
    )


@private
@require_http_methods(["GET", "HEAD", "POST"])
def barrier(request: NetworkRequest) -> HttpResponse:
    """Take down what somebody could not use."""
    form = BarrierForm(request.POST or None)
    context = {"form": form, "lines": lines_now(request.network), "notices": request.network.notices}
    if request.method == "POST" and form.is_valid():
        tell_barrier(actor=resident(request.network), language=get_language() or "de", now=now(), **form.cleaned_data)
        return render(request, "portal/barrier.html", context | {"taken": True})
    return render(request, "portal/barrier.html", context, status=422 if form.errors else 200)
