"""Questions and answers between both sides, and a joint talk that one side proposes: a warm handover."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.texts import clean_text
from tragnetz.core.transactions import wait_for
from tragnetz.network.actors import Actor
from tragnetz.referrals.access import side_of
from tragnetz.referrals.channel import open_channel
from tragnetz.referrals.commands import locked
from tragnetz.referrals.enums import Side, State, TalkState
from tragnetz.referrals.errors import ReferralError
from tragnetz.referrals.models import Line, Referral, Talk
from tragnetz.referrals.rules import LIVE, MOST_AHEAD

MOST_WRITTEN = 2000


@transaction.atomic
def write_line(*, actor: Actor, referral: Referral, text: str, request_key: str, now: datetime) -> Line:
    """Ask or answer; the same key is sent once. Raises ReferralError."""
    side = side_of(actor, referral)
    wait_for(f"referral-line:{request_key}")
    row = _live(referral)
    known = Line.objects.filter(referral=row, request_key=request_key).first()
    if known is not None:
        return known
    line = Line(
        network=actor.network, referral=row, side=side, author_id=actor.membership_id, text=_short(text), sent_at=now,
        request_key=request_key,
    )  # fmt: skip
    line.save()
    _note_news(row, side, now)
    record(actor, "referral:write", row.case, side=side)
    return line


@transaction.atomic
def propose_talk(*, actor: Actor, referral: Referral, starts_at: datetime, place: str, now: datetime) -> Talk:
    """Propose when and where both meet, with the person; a former proposal ends. Raises ReferralError."""
    side, row = side_of(actor, referral), _live(referral)
    if not now < starts_at < now + MOST_AHEAD:
        raise ReferralError(_("Bitte wählen Sie einen Tag und eine Uhrzeit, die noch kommen."))
    Talk.objects.filter(referral=row, state=TalkState.OPEN).update(state=TalkState.DECLINED, answered_at=now)
    talk = Talk(
        network=actor.network, referral=row, side=side, starts_at=starts_at, place=_short(place), proposed_at=now
    )
    talk.save()
    _note_news(row, side, now)
    record(actor, "referral:propose", row.case, side=side)
    return talk


@transaction.atomic
def answer_talk(*, actor: Actor, talk: Talk, fits: bool, now: datetime) -> Talk:
    """Say whether a proposed time fits; only the other side can. Raises ReferralError."""
    side, row = side_of(actor, talk.referral), _live(talk.referral)
    found = Talk.objects.select_for_update().get(pk=talk.pk, referral=row)
    if found.state != TalkState.OPEN or found.side == side:
        raise ReferralError(_("Dieser Vorschlag ist schon beantwortet. Bitte laden Sie die Seite neu."))
    found.state, found.answered_at = (TalkState.ACCEPTED if fits else TalkState.DECLINED), now
    found.save(update_fields=["state", "answered_at"])
    _note_news(row, side, now)
    record(actor, "referral:talk", row.case, side=side, fits=fits)
    return found


def _live(referral: Referral) -> Referral:
    row = locked(referral)
    if State(row.state) not in LIVE:
        raise ReferralError(_("Diese Vermittlung ist beendet. Bitte rufen Sie an."))
    open_channel([row])
    return row


def _short(text: str) -> str:
    try:
        clean = clean_text(text)
    except CaseworkError as error:
        raise ReferralError(str(error)) from error
    if len(clean) > MOST_WRITTEN:
        raise ReferralError(_("Der Text ist zu lang: höchstens %d Zeichen.") % MOST_WRITTEN)
    return clean


def _note_news(row: Referral, side: Side, now: datetime) -> None:
    row.news_at = now if side == Side.RECIPIENT else None
    row.save(update_fields=["news_at"])
