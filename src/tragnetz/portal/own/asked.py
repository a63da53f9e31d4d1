"""What the counselling asks after a project, on the own page: the same questions as behind the link of a message."""

import uuid
from datetime import datetime

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from tragnetz.casework.ownpage.sessions import Opened
from tragnetz.core.clock import now
from tragnetz.network.middleware import NetworkRequest
from tragnetz.portal.asked.course import Course, ask
from tragnetz.portal.own.entry import opened
from tragnetz.reporting.asking.answering import Said, Taken, answer_on_own_page, page_of
from tragnetz.reporting.asking.queries import moments_open


def open_moment(person_id: uuid.UUID, at: datetime) -> str:
    """Return about which moment something is asked on the own page; nothing if there is no question."""
    return next(iter(moments_open(person_id, at)), "")


@require_http_methods(["GET", "HEAD", "POST"])
@opened
def asked(request: NetworkRequest, found: Opened, moment: str) -> HttpResponse:
    """Ask, and keep the answer once; sent twice, the first one counts."""
    at = now()
    page = page_of(found.access.person_id, moment, at)
    if page.over and request.method != "POST":
        raise Http404

    def keep(said: Said) -> Taken | None:
        return answer_on_own_page(opened=found, moment=moment, said=said, now=at)

    return ask(request, Course(page, keep, "portal/own/asked.html", "portal/own/asked_done.html"))
