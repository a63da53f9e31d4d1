"""Take down a remark, answer it by mail, close it, forget it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from tragnetz.audit.commands import record
from tragnetz.core.texts import choose
from tragnetz.network.actors import Actor
from tragnetz.staff.access import must_answer_remarks
from tragnetz.staff.enums import Counted, RemarkKind, RemarkState
from tragnetz.staff.errors import RemarkError
from tragnetz.staff.mail import send_mail
from tragnetz.staff.models import Remark
from tragnetz.staff.remarks.limits import SlowedError
from tragnetz.staff.remarks.queries import open_remarks
from tragnetz.staff.remarks.rules import is_mail_address
from tragnetz.staff.throttle import take

KEPT = timedelta(days=90)  # after it was answered or closed; then the whole row goes
MOST_OPEN = 500  # more tell nothing new, and nobody may fill the disk


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody wrote: `route` is the name of an address without ids, `reply_to` where an answer may go."""

    kind: RemarkKind
    text: str
    expected: str = ""
    page: str = ""
    route: str = ""
    reply_to: str = ""


def tell_remark(*, actor: Actor, said: Said, language: str, now: datetime) -> Remark | None:
    """Take down what somebody says. Returns nothing when so many wait that one more says nothing.

    Staff is counted by account, as a keyed hash alone: raises SlowedError. Visitors are counted before the page does
    anything (docs/limits.md).
    """
    wait = take(Counted.REMARK_STAFF, str(actor.user_id), now) if actor.is_staff else None
    if wait:
        raise SlowedError(wait)
    return _keep(actor, said, language, now)


@transaction.atomic
def _keep(actor: Actor, said: Said, language: str, now: datetime) -> Remark | None:
    if open_remarks().count() >= MOST_OPEN:
        return None
    remark = Remark(
        network=actor.network, kind=said.kind, from_staff=actor.is_staff, text=said.text.strip(),
        expected=said.expected.strip(), reply_to=said.reply_to.strip(), page=said.page.strip()[:200],
        route=said.route[:100], language=language, at=now,
    )  # fmt: skip
    remark.save()
    # Nobody's name in the trail either: whoever says what annoys them must not fear for it.
    record(actor if not actor.is_staff else _nameless(actor), "remark:tell", remark, kind=said.kind)
    return remark


@transaction.atomic
def answer_remark(*, actor: Actor, remark: Remark, text: str, now: datetime) -> Remark:
    """Send an answer to the address that was given, and keep it beside the remark.

    Raises NotAllowedError, RemarkError (closed, no words, no address for mail), MailError: then nothing was changed.
    """
    must_answer_remarks(actor)
    if remark.state == RemarkState.CLOSED:
        raise RemarkError(_("Diese Rückmeldung ist schon geschlossen."))
    if not text.strip():
        raise RemarkError(_("Bitte schreiben Sie eine Antwort."))
    if not is_mail_address(remark.reply_to):
        raise RemarkError(_("Hier steht keine E-Mail-Adresse für eine Antwort."))
    remark.answer = text.strip()
    _settle(remark, RemarkState.ANSWERED, actor, now)
    record(actor, "remark:answer", remark)
    with override("de"):
        network = choose(actor.network.name, "de").text
        send_mail(
            remark.reply_to,
            _("Antwort auf Ihre Rückmeldung: %s") % network,
            _("Guten Tag,\n\n%(text)s\n\n%(network)s") % {"text": remark.answer, "network": network},
        )
    return remark


@transaction.atomic
def close_remark(*, actor: Actor, remark: Remark, now: datetime) -> Remark:
    """Say that there is nothing left to do. Raises NotAllowedError, RemarkError."""
    must_answer_remarks(actor)
    if remark.state == RemarkState.CLOSED:
        raise RemarkError(_("Diese Rückmeldung ist schon geschlossen."))
    _settle(remark, RemarkState.CLOSED, actor, now)
    record(actor, "remark:settle", remark)
    return remark


def forget_remarks(now: datetime) -> int:
    """Delete what was answered or closed some time ago; returns how many."""
    return Remark.objects.filter(settled_at__lt=now - KEPT).delete()[0]


def _settle(remark: Remark, state: RemarkState, actor: Actor, now: datetime) -> None:
    remark.state, remark.settled_at, remark.settled_by = state, now, actor.name
    remark.save(update_fields=["state", "answer", "settled_at", "settled_by"])


def _nameless(actor: Actor) -> Actor:
    return Actor(network=actor.network, kind="staff")
