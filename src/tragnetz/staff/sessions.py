"""Sessions in our own table: whose they are is a column, so that all of a person's can be cut at once.

Django's way to do that (`SESSION_ENGINE`); docs/login.md says how long they last.
"""

import hashlib
import hmac
import re
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import Q, QuerySet

from tragnetz.core.clock import now
from tragnetz.staff.models import Session
from tragnetz.staff.rules import Limits

SIGNED_IN_AT, DEVICE = "signed_in_at", "device"
FACTOR_ELSEWHERE = "factor_elsewhere"  # whose second factor the organisation's own log-in has asked for
SEEN_EVERY = timedelta(seconds=30)  # a page of every half minute is written down, not each
_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


class SessionStore(DatabaseStore):
    """Writes beside the data whose session it is; `row` is what was read."""

    row: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return our table."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        self.row = super()._get_session_from_db()  # type: ignore[misc]  # not in the stubs
        return self.row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row for the data. A session counts from the sign-in, however often its id changes."""
        user_id = data.get(SESSION_KEY)
        if user_id:
            data.setdefault(SIGNED_IN_AT, now().isoformat())
        row = super().create_model_instance(data)
        assert isinstance(row, Session)  # noqa: S101 -- of `get_model_class`
        row.user_id = uuid.UUID(user_id) if user_id else None
        row.signed_in_at = datetime.fromisoformat(data[SIGNED_IN_AT]) if user_id else now()
        row.seen_at = now()
        row.device = str(data.get(DEVICE, ""))
        return row


def limits() -> Limits:
    """Return how long sessions last here."""
    return Limits(timedelta(minutes=settings.TRAGNETZ_IDLE_MINUTES), timedelta(seconds=settings.SESSION_COOKIE_AGE))


def note_seen(row: Session, at: datetime) -> None:
    """Write down that a session is in use, if the last note is older than half a minute."""
    if row.seen_at < at - SEEN_EVERY:
        Session.objects.filter(pk=row.pk).update(seen_at=at)


def sessions_of(user_id: uuid.UUID, at: datetime) -> QuerySet[Session]:
    """Return the sessions in which somebody is signed in, the one used last first."""
    last = limits()
    alive = Q(signed_in_at__gt=at - last.absolute, seen_at__gt=at - last.idle, expire_date__gt=at)
    return Session.objects.filter(alive, user=user_id).order_by("-seen_at")


def end_sessions(user_id: uuid.UUID, *, keep: str | None = None) -> int:
    """Sign somebody out everywhere, but for the session to `keep`. Holds from the next request on; returns how many."""
    rows = Session.objects.filter(user=user_id)
    count, _by_model = (rows.exclude(pk=keep) if keep else rows).delete()
    return count


def forget_sessions(at: datetime) -> int:
    """Delete the sessions that are over."""
    count, _by_model = Session.objects.filter(expire_date__lte=at).delete()
    return count


def handle_of(session_key: str) -> str:
    """Return what a page may call a session: the key itself would open it."""
    return hmac.new(settings.SECRET_KEY.encode(), b"session:" + session_key.encode(), hashlib.sha256).hexdigest()[:20]


def device_name(user_agent: str) -> str:
    """Return browser and system in two words, empty when neither is known: enough to know one's own again."""
    text = re.sub(r"[^\x20-\x7e]", "", user_agent)
    browser = next((name for sign, name in _BROWSERS if sign in text), "")
    system = next((name for sign, name in _SYSTEMS if sign in text), "")
    return ", ".join(part for part in (browser, system) if part)
