"""Referrals on the own page, in plain words: who was asked to help, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.translation import gettext as _

from tragnetz.casework.ownpage.sessions import Opened
from tragnetz.core.clock import now
from tragnetz.network.middleware import NetworkRequest
from tragnetz.referrals.asking import last_opened, own_referrals
from tragnetz.referrals.enums import State, Told
from tragnetz.referrals.models import Referral, Talk
from tragnetz.referrals.queries import agreed_talks, name_of
from tragnetz.referrals.rules import LIVE


@dataclass(frozen=True, slots=True)
class OwnReferral:
    """A referral as the person reads it.

    `read`: when it was last opened by link; `asks`: they can say if it helped; `talk_at`: when all meet.
    """

    row: Referral
    name: str
    words: str
    read: str
    sent_at: datetime | None
    told: str
    asks: bool
    talk_at: datetime | None
    talk_place: str


def shown_referrals(request: NetworkRequest, found: Opened) -> list[OwnReferral]:
    """Return the referrals of the person's own page, in words."""
    rows, zone = own_referrals(found), request.network.zone
    talks, opened = agreed_talks((row for row in rows if State(row.state) in LIVE), now()), last_opened(rows)
    return [_shown(row, talks.get(row.pk), opened.get(row.pk), zone) for row in rows]


def _shown(row: Referral, talk: Talk | None, opened: datetime | None, zone: ZoneInfo) -> OwnReferral:
    asks = row.state in {State.ACCEPTED, State.IN_PROGRESS, State.ON_HOLD, State.COMPLETED}
    return OwnReferral(
        row, name_of(row), words_of(row.state), _read(opened, zone),
        row.requested_at.astimezone(zone) if row.requested_at else None,
        told_words(row.told), asks, talk.starts_at.astimezone(zone) if talk else None, str(talk.place) if talk else "",
    )  # fmt: skip


def _read(at: datetime | None, zone: ZoneInfo) -> str:
    return _("Dort zuletzt gelesen am %(day)s.") % {"day": formats.date_format(at.astimezone(zone))} if at else ""


def words_of(state: str) -> str:
    """Return what a state means for the person."""
    return {
        State.REQUESTED: _("Wir haben angefragt. Die Antwort fehlt noch."),
        State.ACCEPTED: _("Die Stelle will helfen."),
        State.REJECTED: _("Die Stelle kann nicht helfen. Wir suchen weiter."),
        State.CANCELLED: _("Wir haben die Anfrage zurückgezogen."),
        State.IN_PROGRESS: _("Die Stelle hilft Ihnen gerade."),
        State.ON_HOLD: _("Die Hilfe macht gerade Pause."),
        State.FAILED: _("Das hat nicht geklappt. Sprechen Sie mit uns."),
        State.COMPLETED: _("Die Hilfe ist fertig."),
    }.get(State(state), "")


def told_words(told: str) -> str:
    """Return what the person said; nothing before."""
    return {
        Told.HELPED.value: _("Sie haben gesagt: Das hat geholfen."),
        Told.NOT_HELPED.value: _("Sie haben gesagt: Das hat nicht geholfen."),
    }.get(told, "")
