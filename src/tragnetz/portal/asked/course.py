"""From the questions to the thanks: the same course behind the link of a message and on the own page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.http import HttpResponse
from django.shortcuts import render

from tragnetz.appointments.calls.queries import told as told_window
from tragnetz.core.errors import TragnetzError
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.asked.forms import AskedForm
from tragnetz.portal.resaid import as_typed, only_reads_on
from tragnetz.reporting.asking.answering import Page, Said, Taken


@dataclass(frozen=True, slots=True)
class Course:
    """What is asked, how it is kept, and on which pages: that with the form (and what else stands there), the thanks.

    `keep` takes down what was said, once; nothing comes back if somebody was quicker.
    """

    page: Page
    keep: Callable[[Said], Taken | None]
    form: str
    thanks: str
    more: Mapping[str, object] = field(default_factory=dict)


def ask(request: NetworkRequest, course: Course) -> HttpResponse:
    """Ask, refuse or answer, and thank. To look changes nothing; what was answered is only thanked for."""
    if course.page.over:
        return render(request, course.thanks)
    refuses = "refuse" in request.POST
    form = AskedForm(request.POST if request.method == "POST" else None, page=course.page)
    if only_reads_on(request):
        return _form(request, course, as_typed(form))
    if request.method != "POST" or (not refuses and not form.is_valid()):
        return _form(request, course, form)
    try:
        taken = course.keep(AskedForm.refusing(request.POST) if refuses else form.said())
    except TragnetzError as error:
        return _form(request, course, form, problem=str(error))
    return render(request, course.thanks, _promise(request, taken))


def _promise(request: NetworkRequest, taken: Taken | None) -> dict[str, object]:
    """Return what is said to somebody who asked for help again: until when one calls, or that one gets in touch."""
    if taken is None or not taken.wants_help:
        return {}
    if taken.callback is None:
        return {"in_touch": True}
    window, zone = told_window(request.network, taken.callback), request.network.zone
    return {"begins": window.begins.astimezone(zone), "ends": window.ends.astimezone(zone)}


def _form(request: NetworkRequest, course: Course, form: AskedForm, *, problem: str = "") -> HttpResponse:
    wrong = problem or (form.is_bound and form.errors)
    context = {**course.more, "form": form, "problem": problem}
    return render(request, course.form, context, status=422 if wrong else 200)
