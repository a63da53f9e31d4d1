"""How often something may be tried. Counted in the database by one statement, so that all processes count together."""

import hashlib
import hmac
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import F

from tragnetz.core.ids import new_id
from tragnetz.staff.enums import Counted
from tragnetz.staff.models import Bucket
from tragnetz.staff.rules import RATES, after_try

_TAKE = """
    INSERT INTO staff_bucket AS b (id, key, full_at) VALUES (%(id)s, %(key)s, %(now)s + %(every)s)
    ON CONFLICT (key) DO UPDATE SET full_at = GREATEST(b.full_at, %(now)s) + %(every)s
    WHERE GREATEST(b.full_at, %(now)s) + %(every)s <= %(now)s + %(most)s
    RETURNING full_at
"""


def take(what: Counted, whose: str, now: datetime) -> timedelta:
    """Count one try; returns 0 when it is allowed, else how long to wait, and then it was not counted."""
    rate = RATES[what]
    key = _key(what, whose)
    values: dict[str, Any] = {
        "id": new_id(),
        "key": key,
        "now": now,
        "every": rate.every,
        "most": rate.burst * rate.every,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        if cursor.fetchone():
            return timedelta(0)
    row = Bucket.objects.filter(key=key).first()
    return after_try(row.full_at if row else None, now, rate)[1]


def give_back(what: Counted, whose: str) -> None:
    """Take back one try: it was no guess."""
    Bucket.objects.filter(key=_key(what, whose)).update(full_at=F("full_at") - RATES[what].every)


def forget_buckets(now: datetime) -> int:
    """Delete the buckets that are full again."""
    count, _by_model = Bucket.objects.filter(full_at__lte=now).delete()
    return count


def _key(what: Counted, whose: str) -> str:
    text = f"bucket:{what}:{whose.strip().lower()}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
