"""Ask which office decides. What is asked is not stored: it is a question, no record."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from tragnetz.casework.access import can_look_up
from tragnetz.core.clock import now, today
from tragnetz.core.texts import choose
from tragnetz.directory.access import can_edit
from tragnetz.directory.findings import told
from tragnetz.directory.models import Authority, Paper, Service
from tragnetz.directory.papers import papers_of_authorities
from tragnetz.directory.prose import rule_sentence
from tragnetz.directory.queries import services, topics
from tragnetz.directory.responsibility import Offices, all_offices, place_names, review
from tragnetz.network.middleware import NetworkRequest
from tragnetz.workspace.entry import staff
from tragnetz.workspace.responsibility.answers import answers
from tragnetz.workspace.responsibility.forms import HouseholdForm


@staff(can_look_up)
@require_http_methods(["GET", "HEAD", "POST"])
def responsible(request: NetworkRequest) -> HttpResponse:
    """Ask, and answer for each authority that the topic or service needs; for editors, tell what is wrong."""
    language = get_language() or "de"
    offices = all_offices()
    rows = list(services(today(request.network.zone)).exclude(authority=None).prefetch_related("topics"))
    issuing = papers_of_authorities()
    form = HouseholdForm(
        request.POST if request.method == "POST" else None,
        offices=offices,
        topics=[(topic.key, choose(topic.name, language).text) for topic in topics()],
        services=[(row.key, choose(row.name, language).text) for row in rows],
        papers=sorted(((row.key, choose(row.name, language).text) for row in issuing), key=lambda one: one[1]),
    )
    context: dict[str, Any] = {"form": form, "editor": can_edit(request.actor)}
    if context["editor"]:
        context["findings"] = told(review(offices, language))
        posts = [post for rows in offices.posts.values() for post in rows]
        context["rules"] = [(offices.rows[post.key], rule_sentence(post.whole)) for post in posts]
    if form.is_bound and form.is_valid():
        context["place"] = form.place
        context["answers"] = answers(
            _wanted(form, offices, rows, issuing), form.facts(), offices, place_names(), request.network, now()
        )
    return render(request, "workspace/responsibility.html", context, status=422 if form.errors else 200)


def _wanted(
    form: HouseholdForm, offices: Offices, rows: list[Service], issuing: Mapping[Paper, Authority]
) -> list[Authority]:
    """Return the authorities of the chosen paper, service or topic; without any, all with an office in the city."""
    topic, service, paper = (form.cleaned_data[name] for name in ("topic", "service", "paper"))
    if paper:
        return [authority for row, authority in issuing.items() if row.key == paper]
    if not topic and not service:
        return [offices.authorities[key] for key in offices.posts]
    chosen = [
        row for row in rows if (row.key == service if service else topic in {one.key for one in row.topics.all()})
    ]
    return list({row.authority.key: row.authority for row in chosen if row.authority}.values())
