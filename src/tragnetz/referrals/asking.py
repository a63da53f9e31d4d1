"""Ask the person, weeks later, whether it helped: a neutral message with a link that shows nothing."""

import secrets
import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.models import Compartment
from tragnetz.casework.ownpage.sessions import Opened
from tragnetz.clients.models import Relation
from tragnetz.clients.recipients import recipient_of
from tragnetz.core.links import outward_address, secret_hash
from tragnetz.messaging.commands import cancel, notify
from tragnetz.messaging.enums import BY_ITSELF, Template
from tragnetz.messaging.rules import way_to
from tragnetz.network.actors import Actor, resident
from tragnetz.network.models import Network
from tragnetz.network.queries import told_phone
from tragnetz.referrals.enums import State, Told
from tragnetz.referrals.errors import ReferralError
from tragnetz.referrals.models import Browser, Referral
from tragnetz.referrals.rules import ASK_VALID, ask_at

_ASKED = (State.ACCEPTED, State.IN_PROGRESS, State.ON_HOLD, State.COMPLETED)


def can_ask(referral: Referral) -> bool:
    """Whether the person can be asked: who asked for help, by SMS or e-mail. Another adult has no contact here."""
    contact, person = referral.case.contact, referral.compartment.person
    if contact is None or (person is not None and person.relation != Relation.SELF):
        return False
    return way_to(recipient_of(contact), BY_ITSELF) is not None


def plan_question(referral: Referral, actor: Actor, now: datetime) -> None:
    """Plan the question once, if it is wanted and possible; the caller saves the row."""
    if not referral.asks_person or referral.ask_hash or not can_ask(referral):
        return
    contact = referral.case.contact
    assert contact is not None  # noqa: S101 -- `can_ask` has looked
    secret = secrets.token_urlsafe(12)
    recipient, at = recipient_of(contact), ask_at(now, referral.network.zone)
    link = outward_address("portal:helped", secret, recipient.language)
    if not link:
        return
    referral.ask_hash = secret_hash(secret)
    notify(
        actor=actor, recipient=recipient, key=f"referral-ask:{referral.pk}", template=Template.HELPED_ASK,
        params={"phone": told_phone(), "link": link}, code="", due_at=at, expires_at=at + ASK_VALID, ways=BY_ITSELF,
    )  # fmt: skip


def take_back_question(referral: Referral, actor: Actor) -> None:
    """Ask nobody about help that did not come about; the caller saves the row."""
    cancel(actor=actor, key_prefix=f"referral-ask:{referral.pk}")
    referral.ask_hash = ""


def asked_by(secret: str) -> Referral | None:
    """Return the referral of a question's link; nothing when it was answered or does not stand any more."""
    rows = Referral.objects.filter(ask_hash=secret_hash(secret), state__in=_ASKED)
    return rows.select_related("network", "case").first() if secret else None


@transaction.atomic
def answer_question(*, network: Network, secret: str, told: str, now: datetime) -> bool:
    """Keep what a person says by the link, once; tells whether it was still asked. Raises ReferralError."""
    found = asked_by(secret)
    if found is None:
        return False
    row = Referral.objects.select_for_update(of=("self",)).select_related("case").get(pk=found.pk)
    if row.ask_hash != found.ask_hash:
        return False
    row.ask_hash = ""
    _tell(row, resident(network), told, now)
    return True


def _tell(row: Referral, actor: Actor, told: str, now: datetime) -> None:
    if told not in Told.values:
        raise ReferralError(_("Bitte wählen Sie eine Antwort."))
    row.told, row.told_at, row.news_at = told, now, now
    row.save(update_fields=["told", "told_at", "news_at", "ask_hash"])
    record(actor, "referral:tell", row.case, told=told)


def own_referrals(opened: Opened) -> list[Referral]:
    """Return what a person sees of referrals on their own page: the household's, and their own; the newest first."""
    access = opened.access
    parts = Compartment.objects.filter(case=access.case_id)
    mine = parts.filter(person=None) | parts.filter(person=access.person_id)
    rows = Referral.objects.filter(case=access.case_id, compartment__in=mine).exclude(state=State.DRAFT)
    rows = rows.exclude(state=State.CANCELLED, requested_at=None)
    return list(rows.select_related("to_organisation", "to_service").order_by("-requested_at", "-pk"))


def last_opened(referrals: Iterable[Referral]) -> dict[uuid.UUID, datetime]:
    """Return when a partner last opened what was handed over by a link; nothing for those that nobody opened."""
    rows = Browser.objects.filter(link__referral__in=[row.pk for row in referrals]).order_by()
    return dict(rows.values_list("link__referral").annotate(last=Max("opened_at")))


@transaction.atomic
def tell_on_own_page(*, opened: Opened, referral_id: str, told: str, now: datetime) -> Referral:
    """Keep what a person says on their own page; they may change their mind. Raises ReferralError."""
    found = next((row for row in own_referrals(opened) if str(row.pk) == referral_id), None)
    if found is None or found.state not in _ASKED:
        raise ReferralError(_("Dazu können Sie gerade nichts sagen."))
    row = Referral.objects.select_for_update(of=("self",)).select_related("case").get(pk=found.pk)
    take_back_question(row, opened.actor)
    _tell(row, opened.actor, told, now)
    return row
