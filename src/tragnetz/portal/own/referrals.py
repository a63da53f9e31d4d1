"""Referrals on the own page, in plain words: who was asked to help, and what became of it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tragnetz.casework.ownpage.sessions import Opened
from tragnetz.network.middleware import NetworkRequest
from tragnetz.referrals.asking import own_referrals
from tragnetz.referrals.enums import State, Told
from tragnetz.referrals.models import Referral
from tragnetz.referrals.queries import name_of


@dataclass(frozen=True, slots=True)
class OwnReferral:
    """A referral as the person reads it; `asks`: they can say whether it helped."""

    row: Referral
    name: str
    words: str
    sent_at: datetime | None
    told: str
    asks: bool


def shown_referrals(request: NetworkRequest, found: Opened) -> list[OwnReferral]:
    """Return the referrals of the person's own page, in words."""
    zone = request.network.zone
    return [
        OwnReferral(
            row, name_of(row), words_of(row.state), row.requested_at.astimezone(zone) if row.requested_at else None,
            told_words(row.told),
            row.state in {State.ACCEPTED, State.IN_PROGRESS, State.ON_HOLD, State.COMPLETED},
        )
        for row in own_referrals(found)
    ]  # fmt: skip


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
