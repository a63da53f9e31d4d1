"""The calendar feed of a counsellor: what Outlook, Google, Apple and Thunderbird subscribe to.

The address is the key. An unknown, an ended and a mistyped one give the same answer by the same way.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import override
from django.views.decorators.http import require_safe

from tragnetz.appointments.calendars.commands import note_reading
from tragnetz.appointments.calendars.queries import entries_of, open_feed
from tragnetz.appointments.calendars.writing import Entry, calendar_file
from tragnetz.core.clock import now
from tragnetz.network.middleware import NetworkRequest

FORMAT = "1"  # part of the ETag: goes up when the same entries are written otherwise


@require_safe
def feed(request: NetworkRequest, secret: str) -> HttpResponse:
    """Give the appointments behind a secret; 304 when the program has them already, without writing the file."""
    found = open_feed(secret)
    if found is None:
        return _plain("Not found.", 404)
    note_reading(found, now())
    with override("de"):
        entries = list(entries_of(found, now()))
    tag = _tag(entries)
    # By the tag alone: an absence that was taken out leaves no date behind.
    known = get_conditional_response(request, etag=tag)
    name = str(request.network.name["de"])
    answer = known or HttpResponse(
        calendar_file(entries, zone=request.network.zone, name=name), content_type="text/calendar; charset=utf-8"
    )
    changed: datetime = max([entry.changed_at for entry in entries], default=found.created_at)
    for header, value in {
        "ETag": tag,
        "Last-Modified": http_date(changed.timestamp()),
        "Cache-Control": "private, no-cache",
        "Content-Disposition": 'inline; filename="tragnetz.ics"',
        "X-Robots-Tag": "noindex",
    }.items():
        answer.headers[header] = value
    return answer


def _tag(entries: Sequence[Entry]) -> str:
    return f'"{hashlib.sha256(f"{FORMAT}{entries!r}".encode()).hexdigest()[:32]}"'


def _plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
