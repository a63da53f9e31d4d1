"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, get_language_info

from tragnetz.portal.languages import is_unchecked
from tragnetz.reporting.timesheets.access import can_keep, can_see_hours
from tragnetz.workspace.guide.book import START
from tragnetz.workspace.guide.shortcuts import keys_of
from tragnetz.workspace.guide.topics import place_of
from tragnetz.workspace.home import pages_of


def site(request: HttpRequest) -> dict[str, Any]:
    """Return network, actor and the languages of the portal with this page's address in each."""
    network = getattr(request, "network", None)
    spoken = {code for code, _name in settings.LANGUAGES}
    offered = [_page_language(key) for key in network.languages] if network else []
    path = request.get_full_path() if request.method == "GET" else request.path
    return {
        "network": network,
        "actor": getattr(request, "actor", None),
        "portal_languages": [
            {"code": code, "name": _own_name(code), "url": _in_language(path, code)}
            for code in offered
            if code in spoken
        ],
        "unchecked_translation": is_unchecked(get_language() or "de"),
        "sensitive": False,
        "factor_required": settings.TRAGNETZ_SECOND_FACTOR == "required",
        "organisation_login": settings.TRAGNETZ_OIDC["name"] if settings.TRAGNETZ_OIDC["issuer"] else "",
        "staff_menu": _staff_menu(request),
        "keeps_hours": _keeps_hours(request),
        "help_address": _help_address(request),
    }


def _staff_menu(request: HttpRequest) -> list[dict[str, Any]]:
    """Return the pages of the actor's own work; `here` is their aria-current, also on what lies below a page."""
    actor = getattr(request, "actor", None)
    pages = pages_of(actor) if actor is not None else []
    menu: list[dict[str, Any]] = [
        {"url": reverse(name), "label": label, "keys": keys_of(name), "here": ""} for name, label in pages
    ]
    day = reverse("workspace:day")  # the beginning of all addresses at work: nothing lies below it
    around = [
        one for one in menu if request.path == one["url"] or (one["url"] != day and request.path.startswith(one["url"]))
    ]
    if around:
        nearest = max(around, key=lambda one: len(one["url"]))
        nearest["here"] = "page" if nearest["url"] == request.path else "true"
    return menu


def _help_address(request: HttpRequest) -> str:
    """Return where „Hilfe“ leads to: the section of the handbook for this page; nothing for who is no staff."""
    actor = getattr(request, "actor", None)
    if actor is None or not actor.is_staff:
        return ""
    match = request.resolver_match
    page, anchor = place_of(match.view_name if match else "workspace:home")
    address = reverse("workspace:help") if page == START else reverse("workspace:help_page", args=[page])
    return f"{address}#{anchor}" if anchor else address


def _keeps_hours(request: HttpRequest) -> bool:
    """Whether somebody's own menu leads to the hours for projects."""
    actor = getattr(request, "actor", None)
    return actor is not None and (can_keep(actor) or can_see_hours(actor))


def _page_language(key: str) -> str:
    return "de-simple" if key == "simple" else key


def _in_language(path: str, code: str) -> str:
    """Return a page's address in another language: nothing but its beginning differs (config.urls)."""
    before, _slash, after = path.removeprefix("/").partition("/")
    return f"/{code}/{after}" if before == get_language() else path


def _own_name(code: str) -> str:
    names = dict(settings.LANGUAGES)
    return str(names[code]) if code in names else str(get_language_info(code)["name_local"])
