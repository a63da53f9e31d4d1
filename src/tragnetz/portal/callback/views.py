"""Ask for a call. The page says until when we call before anything is typed, and after it is sent."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tragnetz.appointments.calls.queries import Promised, promised_until, told
from tragnetz.appointments.enums import Urgency
from tragnetz.casework.commands import Asked, take_enquiry
from tragnetz.casework.enums import Channel
from tragnetz.casework.queries import organisation_for
from tragnetz.core.clock import now
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.caching import private
from tragnetz.portal.callback.forms import CallbackForm
from tragnetz.portal.lines import lines_now
from tragnetz.portal.reach import first_answers, spoken_in
from tragnetz.portal.resaid import as_typed, only_reads_on


@private
@require_http_methods(["GET", "HEAD", "POST"])
def callback(request: NetworkRequest) -> HttpResponse:
    """Promise a call; whatever goes wrong, what was typed stays."""
    languages = spoken_in(request.network)
    if request.method != "POST":
        first = first_answers(languages) | {"urgent": "eilig" in request.GET}
        return _page(request, CallbackForm(initial=first, languages=languages))
    form = CallbackForm(request.POST, languages=languages)
    if only_reads_on(request):
        return _page(request, as_typed(form))
    if not form.is_valid():
        return _page(request, form, status=422)
    data = form.cleaned_data
    try:
        taken = take_enquiry(
            actor=request.actor,
            asked=Asked(
                channel=Channel.WEB, urgency=form.urgency, language=data["language"] or "de", district=form.place,
                concern=data["concern"],
            ),
            details=form.details(),
            wanted=None,
            callback=True,
            idempotency_key=data["key"],
            now=now(),
        )  # fmt: skip
    except TragnetzError as error:
        form.add_error(None, str(error))
        return _page(request, form, status=422)
    assert taken.callback is not None  # noqa: S101 -- a call was asked for, so it was promised or refused
    zone = request.network.zone
    window = told(request.network, taken.callback)
    context = {
        "begins": window.begins.astimezone(zone),
        "ends": window.ends.astimezone(zone),
        "lines": lines_now(request.network),
    }
    return render(request, "portal/callback/done.html", context)


def _page(request: NetworkRequest, form: CallbackForm, *, status: int = 200) -> HttpResponse:
    zone = request.network.zone
    promised = _promise(request)
    context = {
        "form": form,
        "begins": promised.window.begins.astimezone(zone) if promised else None,
        "ends": promised.window.ends.astimezone(zone) if promised else None,
        "full": [at.astimezone(zone) for at in promised.full] if promised else [],
        "lines": lines_now(request.network),
    }
    return render(request, "portal/callback/ask.html", context, status=status)


def _promise(request: NetworkRequest) -> Promised | None:
    organisation_id = organisation_for(None)
    if organisation_id is None:
        return None
    return promised_until(request.network, organisation_id, Urgency.NORMAL, now())
