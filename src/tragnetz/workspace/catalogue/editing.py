"""Pages on which editors write: an entry, a new one, its translations."""

import uuid
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from tragnetz.core.clock import now, today
from tragnetz.core.errors import TragnetzError
from tragnetz.core.forms import whole_number
from tragnetz.core.texts import SOURCE_LANGUAGE
from tragnetz.directory.access import can_edit
from tragnetz.directory.editing import check_translation, create, record_now, revise
from tragnetz.directory.errors import InvalidRecordError
from tragnetz.directory.findings import Told
from tragnetz.directory.forms import FIRST_PAPERS, EditForm, TranslationForm
from tragnetz.directory.history import version_of
from tragnetz.directory.keys import key_for
from tragnetz.directory.models import Service
from tragnetz.directory.office_rules import circles_now, circles_through
from tragnetz.directory.responsibility import all_offices
from tragnetz.directory.translations import OTHERS, translations_of
from tragnetz.network.languages import language_name
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.catalogue.readability import told
from tragnetz.workspace.catalogue.views import found_or_404
from tragnetz.workspace.entry import staff

RIGHT_TO_LEFT = frozenset({"ar", "fa"})
_GROUPS = (
    (gettext_lazy("Was ist es?"), ("name", "summary", "description", "exclusions_text", "topics", "keywords")),
    (gettext_lazy("Einfache Sprache"), ("simple_name", "simple_summary", "simple_description")),
    (
        gettext_lazy("Wo und wann?"),
        ("organisation", "sites", "phone", "email", "url", "by_appointment", "hours", "hours_", "status"),
    ),
    (
        gettext_lazy("Was braucht man, was kostet es?"),
        ("papers", *FIRST_PAPERS, "cost", "languages", "available", "maximum", "weeks", "districts"),
    ),
    (
        gettext_lazy("Recht und Fristen"),
        ("legal_basis", "gives", "date_text", "valid_from", "valid_until", "sensitive"),
    ),
    (gettext_lazy("Woher wissen wir das?"), ("source_title", "source_url")),
)
WIDE = frozenset({"name", "simple_name", "cost", "source_title"})
READ_ALOUD = ("summary", "description", "simple_summary", "simple_description", "exclusions_text", "date_text")


def _groups(form: EditForm) -> list[tuple[Any, list[Any]]]:
    places = [name for name in form.fields if name.startswith("hours_")]
    found: list[tuple[Any, list[Any]]] = []
    for title, names in _GROUPS:
        wanted = [one for name in names for one in (places if name == "hours_" else [name]) if one in form.fields]
        found.append((title, [form[name] for name in wanted]))
    return found


def _show(request: NetworkRequest, form: EditForm, service: Service | None, version: int, status: int) -> HttpResponse:
    context = {"form": form, "groups": _groups(form), "service": service, "version": version, "wide": WIDE}
    context["read_aloud"] = {name: told(str(form[name].value() or "")) for name in READ_ALOUD}
    return render(request, "workspace/catalogue/edit.html", context, status=status)


def _add_faults(form: EditForm, error: TragnetzError) -> None:
    for field, reason in error.faults if isinstance(error, InvalidRecordError) else [("", str(error))]:
        name = field.split(".")[0]
        form.add_error(name if name in form.fields else None, reason)


@staff(can_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: NetworkRequest, service_id: uuid.UUID) -> HttpResponse:
    """Change an entry."""
    service = found_or_404(request, service_id)
    record, version = record_now(service), version_of(service)
    country = request.network.holiday_country
    if request.method != "POST":
        return _show(request, EditForm(record=record, country=country), service, version, 200)
    form = EditForm(request.POST, record=record, country=country)
    if not form.is_valid():
        return _show(request, form, service, whole_number(request.POST.get("version", "")) or version, 422)
    before = circles_now(all_offices(), SOURCE_LANGUAGE)
    try:
        revise(
            actor=request.actor,
            service=service,
            changes=form.changes(now()),
            comment=request.POST.get("comment", "")[:400].strip(),
            expected=whole_number(request.POST.get("version", "")),
        )
    except TragnetzError as error:
        _add_faults(form, error)
        return _show(request, form, service, version, HTTPStatus.CONFLICT)
    messages.success(request, _("Der Eintrag ist gespeichert. Auf der Website steht er sofort so."))
    _warn_of_circles(request, service, before)
    return redirect("workspace:catalogue_entry", service_id)


def _warn_of_circles(request: NetworkRequest, service: Service, before: list[Told]) -> None:
    """Tell what waits for itself since a change. It may be so out there, so it was not refused."""
    offices = all_offices()
    on_page = circles_through(service, offices, SOURCE_LANGUAGE)
    for one in circles_now(offices, SOURCE_LANGUAGE):
        if one not in before:
            what = _("Was worauf wartet, steht unten.") if one in on_page else "; ".join(one.household)
            messages.warning(request, _("Jetzt neu: %(title)s. %(what)s") % {"title": one.title, "what": what})


@staff(can_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: NetworkRequest) -> HttpResponse:
    """Write a new offer."""
    day = today(request.network.zone).isoformat()
    record: dict[str, Any] = {
        "id": "neu",
        "kind": "offer",
        "source": {"title": "", "on": day},
        "checked": {"state": "confirmed", "on": day, "by": request.actor.name},
    }
    organisation = request.GET.get("organisation", "")[:80]
    if request.method != "POST":
        form = EditForm(record=record, initial={"organisation": organisation})
        return _show(request, form, None, 0, 200)
    form = EditForm(request.POST, record=record, country=request.network.holiday_country)
    if not form.is_valid():
        return _show(request, form, None, 0, 422)
    filled = {name: value for name, value in form.values(now()).items() if value not in (None, "", [], {})}
    try:
        saved = create(actor=request.actor, record={**record, **filled, "id": key_for(filled["name"]["de"])})
    except TragnetzError as error:
        _add_faults(form, error)
        return _show(request, form, None, 0, 422)
    messages.success(request, _("Der Eintrag ist angelegt. Jetzt fehlt noch: für wen ist er?"))
    return redirect("workspace:catalogue_entry", saved.pk)


@staff(can_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def translate(request: NetworkRequest, service_id: uuid.UUID, language: str) -> HttpResponse:
    """Write or check the texts of one language beside the German ones."""
    if language not in OTHERS:
        raise Http404
    service = found_or_404(request, service_id)
    record = record_now(service)
    form = TranslationForm(request.POST or None, record=record, language=language)
    if request.method == "POST" and form.is_valid():
        try:
            revise(
                actor=request.actor,
                service=service,
                changes=form.changes(),
                expected=whole_number(request.POST.get("version", "")),
            )
            check_translation(
                actor=request.actor, service=service, language=language, checked="checked" in request.POST
            )
            messages.success(request, _("Die Übersetzung ist gespeichert."))
            return redirect("workspace:catalogue_entry", service_id)
        except TragnetzError as error:
            form.add_error(None, str(error))
    state = next(one for one in translations_of(record, service.translations) if one.language == language)
    context = {
        "form": form,
        "service": service,
        "state": state,
        "language": language,
        "name": language_name(language),
        "written_in": "de" if language == "simple" else language,
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "version": version_of(service),
        # Einfache Sprache is German, too, and has to be the easiest of all.
        "read_aloud": {name: told(str(form[name].value() or "")) for name in form.fields}
        if language == "simple"
        else {},
    }
    return render(request, "workspace/catalogue/translate.html", context, status=422 if form.errors else 200)
