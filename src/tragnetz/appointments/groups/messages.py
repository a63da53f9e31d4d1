"""What people of a group are told: when, never which group."""

from datetime import datetime

from tragnetz.appointments.commands import QUICK
from tragnetz.appointments.groups.rules import REMIND_BEFORE
from tragnetz.appointments.models import Registration, Session
from tragnetz.clients.recipients import recipient_of
from tragnetz.messaging import commands as outbox
from tragnetz.messaging.enums import Channel
from tragnetz.network.actors import Actor
from tragnetz.network.queries import told_phone
from tragnetz.vault.sealing import code_for

_NEWS = frozenset({"group_moved_up", "group_cancelled", "moved"})


def tell(
    *,
    actor: Actor,
    registration: Registration,
    session: Session,
    template: str,
    now: datetime,
    due_at: datetime | None = None,
    mark: str = "",
) -> None:
    """Send a message about one date of somebody; after it began it makes no sense any more.

    Nobody is phoned or written a letter to hear what they know already; news (a place, a date that is off) may be.
    """
    if registration.contact is None:
        return
    outbox.notify(
        actor=actor,
        recipient=recipient_of(registration.contact),
        key=f"registration:{registration.pk}:{template}{mark and ':'}{mark}",
        template=template,
        params={"starts_at": session.starts_at.isoformat(), "phone": told_phone(), "link": ""},
        code=code_for(registration.idempotency_key),
        due_at=due_at or now,
        expires_at=session.starts_at,
        ways=frozenset(Channel) if template in _NEWS else QUICK,
    )


def remind(*, actor: Actor, registration: Registration, session: Session, now: datetime) -> None:
    """Remind somebody a day before a date; of one that is sooner nobody needs to be reminded."""
    due_at = session.starts_at - REMIND_BEFORE
    if due_at > now:
        mark = f"{session.pk}:{session.booking.sequence}"
        tell(
            actor=actor, registration=registration, session=session, template="group_reminder", now=now,
            due_at=due_at, mark=mark,
        )  # fmt: skip


def forget(*, actor: Actor, registration: Registration, session: Session | None = None) -> None:
    """Take back all that still waits for somebody, or the reminders of one date."""
    part = f"group_reminder:{session.pk}:" if session is not None else ""
    outbox.cancel(actor=actor, key_prefix=f"registration:{registration.pk}:{part}")
