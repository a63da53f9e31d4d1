"""Pages of groups. What is the same for everybody is cached for a minute; what somebody told us is kept nowhere."""

import uuid
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tragnetz.appointments.enums import GroupState, RegistrationState
from tragnetz.appointments.groups.attending import check_in, read_signed
from tragnetz.appointments.groups.queries import (
    GroupView,
    is_off,
    place_in_line,
    public_group,
    public_views,
    registration_by_code,
    view_of,
)
from tragnetz.appointments.groups.registering import deregister
from tragnetz.appointments.groups.rules import Door, Span, may_check_in
from tragnetz.appointments.models import Group, Registration
from tragnetz.audit.commands import record
from tragnetz.casework.enums import Channel
from tragnetz.casework.registrations import sign_up
from tragnetz.core.clock import now, today
from tragnetz.core.downloads import file_answer
from tragnetz.core.errors import TragnetzError
from tragnetz.core.ids import clean_code, format_code
from tragnetz.core.texts import choose, spoken_language
from tragnetz.directory.queries import topics
from tragnetz.network.middleware import NetworkRequest
from tragnetz.network.rules import LANGUAGE_NAMES
from tragnetz.portal.caching import cached, private
from tragnetz.portal.groups.feed import calendar_of
from tragnetz.portal.groups.forms import RegistrationForm
from tragnetz.portal.groups.months import Entry, entries_of, grid_of, in_month, month_of
from tragnetz.portal.groups.structured import structured
from tragnetz.portal.lines import lines_now
from tragnetz.portal.reach import not_told, writes_too_often
from tragnetz.portal.resaid import as_typed, only_reads_on


@cached
def calendar(request: NetworkRequest) -> HttpResponse:
    """Show the dates of a month as a list and as a grid; by topic, language, place."""
    zone, day = request.network.zone, today(request.network.zone)
    views = public_views(now(), with_cancelled=True)
    known = {
        "thema": [(topic.key, choose(topic.name, get_language() or "de").text) for topic in topics()],
        "sprache": sorted({(view.group.language, LANGUAGE_NAMES[view.group.language]) for view in views}),
        "ort": _sites(views),
    }
    chosen = {name: _one_of(request.GET.get(name, ""), options) for name, options in known.items()}
    month = month_of(request.GET.get("monat", "")[:7], day)
    entries = in_month(filter(lambda entry: _fits(entry, chosen), entries_of(views, zone)), month, day)
    context = {
        "month": month,
        "entries": entries,
        "grid": grid_of(entries, month),
        "today": day,
        "options": known,
        "chosen": chosen,
        "any_later": any(entry.starts.date() >= month.after for entry in entries_of(views, zone)),
        "lines": lines_now(request.network),
    }
    return render(request, "portal/groups/calendar.html", context)


def _sites(views: Sequence[GroupView]) -> list[tuple[str, str]]:
    sites = {session.site.key: session.site.name for view in views for session in view.sessions if session.site}
    return sorted(sites.items(), key=lambda row: row[1])


def _one_of(typed: str, options: Sequence[tuple[str, str]]) -> str:
    """Return a key that is known; an unknown one chooses nothing."""
    return typed if typed in {key for key, _name in options} else ""


def _fits(entry: Entry, chosen: dict[str, str]) -> bool:
    group, site = entry.view.group, entry.session.site
    return (
        chosen["thema"] in {"", group.topic}
        and chosen["sprache"] in {"", group.language}
        and (not chosen["ort"] or (site is not None and site.key == chosen["ort"]))
    )


def _public(key: str) -> Group:
    group = public_group(key)
    if group is None:
        raise Http404
    return group


@cached
def group(request: NetworkRequest, key: str) -> HttpResponse:
    """Show a group with all that one needs to come."""
    view = view_of(_public(key), now())
    address = request.build_absolute_uri(request.path)
    context = _shown(request, view) | {
        "structured": structured(view, request.network, get_language() or "de", address),
        "lines": lines_now(request.network),
    }
    return render(request, "portal/groups/group.html", context)


def _shown(request: NetworkRequest, view: GroupView) -> dict[str, Any]:
    entries = entries_of([view], request.network.zone)
    coming = [entry for entry in entries if entry.session.ends_at > view.now]
    return {
        "view": view,
        "group": view.group,
        "entries": coming,
        "gone": len(entries) - len(coming),
        "language": LANGUAGE_NAMES.get(view.group.language, view.group.language),
        "door": view.door.value,
        "until": view.group.registration_until and view.group.registration_until.astimezone(request.network.zone),
    }


@private
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: NetworkRequest, key: str) -> HttpResponse:
    """Take a registration: a place, or one on the waiting list; whatever goes wrong, what was typed stays."""
    view = view_of(_public(key), now())
    if request.method != "POST":
        return _register_page(request, view, RegistrationForm(initial={"key": uuid.uuid4().hex}))
    form = RegistrationForm(request.POST)
    if only_reads_on(request):
        return _register_page(request, view, as_typed(form))
    if not form.is_valid():
        return _register_page(request, view, form, status=422)
    details = form.details(spoken_language(get_language() or "de"))
    if writes_too_often(form, details):
        return _register_page(request, view, form, status=422)
    try:
        found = sign_up(
            actor=request.actor, group=view.group, channel=Channel.WEB, details=details,
            idempotency_key=form.cleaned_data["key"], now=now(),
        )  # fmt: skip
    except TragnetzError as error:
        not_told(details)
        form.add_error(None, str(error))
        status = 422 if view.door == Door.OPEN else HTTPStatus.CONFLICT
        return _register_page(request, view_of(view.group, now()), form, status=status)
    return _mine_page(request, found.registration, {"code": found.code, "fresh": True})


def _register_page(
    request: NetworkRequest, view: GroupView, form: RegistrationForm, *, status: int = 200
) -> HttpResponse:
    context = _shown(request, view) | {"form": form, "lines": lines_now(request.network)}
    return render(request, "portal/groups/register.html", context, status=status)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: NetworkRequest) -> HttpResponse:
    """Show the place behind a code, or give it back, after one question (`ask`)."""
    if request.method != "POST":
        return render(request, "portal/groups/code.html", {"lines": lines_now(request.network)})
    typed = request.POST.get("code", "")[:40]
    registration = registration_by_code(typed)
    if registration is None:
        context = {"typed": typed, "unknown": True, "lines": lines_now(request.network)}
        return render(request, "portal/groups/code.html", context, status=422)
    record(request.actor, "registration:read", registration)
    told: dict[str, Any] = {"code": format_code(clean_code(typed)), "asks": "ask" in request.POST}
    if "leave" in request.POST:
        try:
            registration = deregister(actor=request.actor, registration=registration, now=now())
            told["done"] = _("Sie sind abgemeldet. Danke, dass Sie Bescheid sagen: So kann jemand anderes kommen.")
        except TragnetzError as error:
            told["problem"] = str(error)
    return _mine_page(request, registration, told, status=HTTPStatus.CONFLICT if "problem" in told else 200)


def _mine_page(
    request: NetworkRequest, registration: Registration, told: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    view = view_of(Group.objects.select_related("organisation", "network").get(pk=registration.group_id), now())
    context = _shown(request, view) | told
    context |= {
        "registration": registration,
        "seated": registration.state == RegistrationState.REGISTERED,
        "place": place_in_line(registration),
        "left": registration.state == RegistrationState.CANCELLED,
        "cancelled": view.group.state == GroupState.CANCELLED,
        "lines": lines_now(request.network),
    }
    return render(request, "portal/groups/mine.html", context, status=status)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def arrive(request: NetworkRequest, signed: str) -> HttpResponse:
    """Let people at a date say by their code that they are there; looking at the page alone does nothing."""
    session = read_signed(signed)
    if session is None:
        raise Http404
    span = Span(session.starts_at, session.ends_at)
    context: dict[str, Any] = {
        "group": session.group,
        "starts": session.starts_at.astimezone(request.network.zone),
        "open": may_check_in(span, now()) and not is_off(session),
    }
    status = 200
    if request.method == "POST":
        typed = request.POST.get("code", "")[:40]
        try:
            check_in(actor=request.actor, session=session, code=typed, now=now())
            context["done"] = True
        except TragnetzError as error:
            context |= {"typed": typed, "unknown": True, "message": str(error)}
            status = 422
    return render(request, "portal/groups/arrive.html", context, status=status)


@cached
def group_file(request: NetworkRequest, key: str) -> HttpResponse:
    """Give the dates of a group as iCalendar."""
    found = _public(key)
    return _file(request, [view_of(found, now())], choose(found.title, get_language() or "de").text, key)


@cached
def feed(request: NetworkRequest) -> HttpResponse:
    """Give all public dates as iCalendar, to subscribe to."""
    return _file(request, public_views(now(), with_cancelled=True), _("Gruppen und Kurse"), "gruppen")


def _file(request: NetworkRequest, views: Sequence[GroupView], name: str, filename: str) -> HttpResponse:
    def address(key: str) -> str:
        return request.build_absolute_uri(reverse("portal:group", args=[key]))

    return file_answer(calendar_of(views, request.network, get_language() or "de", name, address), f"{filename}.ics")
