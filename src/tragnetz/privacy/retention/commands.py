"""Let go what is due: one proposes, another confirms; what goes by itself leaves the same protocol."""

import uuid
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime

from dateutil.relativedelta import relativedelta
from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import forget_events, record
from tragnetz.network.actors import Actor, system
from tragnetz.network.models import Network, Organisation
from tragnetz.privacy.access import can_confirm, can_propose, can_set_retention, visible_deletions
from tragnetz.privacy.enums import DeletionState, Erasure, HoldReason
from tragnetz.privacy.erasing import apply, erase, write_journal
from tragnetz.privacy.errors import PrivacyError
from tragnetz.privacy.kinds import BY_KEY
from tragnetz.privacy.models import Deletion, DeletionItem, Hold, RetentionRule
from tragnetz.privacy.retention.queries import ROOTS, Due, due, periods_of, subject_of_due
from tragnetz.privacy.retention.rules import CLASSES

AT_ONCE = 500  # records in one proposal, so that a second person can really look
LONGEST_HOLD = relativedelta(years=3)


@transaction.atomic
def set_period(*, actor: Actor, key: str, months: int, automatic: bool, today: date) -> RetentionRule:
    """Decide how long the organisation keeps a class, and whether it goes by itself. Raises PrivacyError."""
    if not can_set_retention(actor) or actor.organisation_id is None or actor.membership_id is None:
        raise PrivacyError(_("Fristen legt die Leitung oder der Datenschutz fest."))
    kept = CLASSES.get(key)
    if kept is None or kept.fixed:
        raise PrivacyError(_("Diese Frist ist fest."))
    if not kept.least <= months <= kept.most:
        raise PrivacyError(
            _("Bitte eine Zahl von %(least)s bis %(most)s Monaten.") % {"least": kept.least, "most": kept.most}
        )
    row, _made = RetentionRule.objects.update_or_create(
        network=actor.network, organisation_id=actor.organisation_id, key=key,
        defaults={
            "months": months, "automatic": automatic, "decided_on": today, "decided_by_id": actor.membership_id,
        },
    )  # fmt: skip
    record(actor, "retention:set", row, key=key, months=months, automatic=automatic)
    return row


@transaction.atomic
def propose(*, actor: Actor, key: str, ids: Collection[uuid.UUID], now: datetime) -> Deletion:
    """Propose to delete due records of a class; a second person confirms it. Raises PrivacyError."""
    if not can_propose(actor) or actor.organisation_id is None:
        raise PrivacyError(_("Löschungen schlägt die Leitung oder der Datenschutz vor."))
    if key not in ROOTS:
        raise PrivacyError(_("Diese Art von Daten gibt es nicht."))
    today = now.astimezone(actor.network.zone).date()
    chosen = [one for one in due(actor.network, actor.organisation_id, key, today) if one.object_id in set(ids)]
    if not chosen:
        raise PrivacyError(_("Bitte wählen Sie aus, was gelöscht werden soll. Anderes ist nicht mehr fällig."))
    if len(chosen) > AT_ONCE:
        raise PrivacyError(_("Bitte höchstens %s auf einmal, damit jemand anderes sie prüfen kann.") % AT_ONCE)
    made = Deletion(
        network=actor.network, organisation_id=actor.organisation_id, key=key, state=DeletionState.PROPOSED,
        records=len(chosen), oldest_due_on=min(one.due_on for one in chosen), proposed_by_id=actor.membership_id,
        proposed_at=now,
    )  # fmt: skip
    made.save()
    DeletionItem.objects.bulk_create(
        DeletionItem(
            network=actor.network, deletion=made, kind=one.kind, object_id=one.object_id, due_on=one.due_on
        )
        for one in chosen
    )  # fmt: skip
    record(actor, "retention:propose", made, key=key, records=len(chosen))
    return made


def _proposed(actor: Actor, deletion_id: uuid.UUID) -> Deletion:
    row = visible_deletions(actor).select_for_update(of=("self",)).filter(pk=deletion_id).first()
    if row is None or row.state != DeletionState.PROPOSED:
        raise PrivacyError(_("Über diesen Vorschlag ist schon entschieden."))
    return row


@transaction.atomic
def confirm(*, actor: Actor, deletion_id: uuid.UUID, now: datetime) -> Deletion:
    """Confirm a proposal of somebody else, and delete. What is not due any more stays. Raises PrivacyError."""
    if not can_confirm(actor) or actor.organisation_id is None:
        raise PrivacyError(_("Löschungen bestätigt die Leitung oder der Datenschutz."))
    row = _proposed(actor, deletion_id)
    if row.proposed_by_id == actor.membership_id:
        raise PrivacyError(_("Sie haben das selbst vorgeschlagen. Eine zweite Person muss es bestätigen."))
    today = now.astimezone(actor.network.zone).date()
    wanted = set(row.items.values_list("object_id", flat=True))
    row.items.all().delete()  # from here on they are due again, unless something happened meanwhile
    still = [one for one in due(actor.network, actor.organisation_id, row.key, today) if one.object_id in wanted]
    counts = _delete(actor, still, now)
    row.state, row.records, row.counts = DeletionState.DONE, len(still), dict(counts)
    row.confirmed_by_id, row.settled_at = actor.membership_id, now
    row.save()
    record(actor, "retention:confirm", row, key=row.key, records=len(still))
    return row


@transaction.atomic
def withdraw(*, actor: Actor, deletion_id: uuid.UUID, now: datetime) -> Deletion:
    """Take a proposal back, one's own or another's: nothing is deleted. Raises PrivacyError."""
    if not can_propose(actor):
        raise PrivacyError(_("Löschungen schlägt die Leitung oder der Datenschutz vor."))
    row = _proposed(actor, deletion_id)
    row.items.all().delete()
    row.state, row.settled_at = DeletionState.WITHDRAWN, now
    row.save(update_fields=["state", "settled_at"])
    record(actor, "retention:withdraw", row, key=row.key)
    return row


@transaction.atomic
def hold(*, actor: Actor, key: str, object_id: uuid.UUID, reason: str, until: date, today: date) -> Hold:
    """Put off the deletion of a due record until a day, at most three years. Raises PrivacyError."""
    if not can_propose(actor) or actor.organisation_id is None or actor.membership_id is None:
        raise PrivacyError(_("Löschungen schiebt die Leitung oder der Datenschutz auf."))
    if reason not in HoldReason.values:
        raise PrivacyError(_("Bitte wählen Sie einen Grund."))
    if not today < until <= today + LONGEST_HOLD:
        raise PrivacyError(_("Bitte ein Datum in den nächsten drei Jahren."))
    if key not in ROOTS or not any(
        one.object_id == object_id for one in due(actor.network, actor.organisation_id, key, today)
    ):
        raise PrivacyError(_("Das ist nicht mehr fällig."))
    row, _made = Hold.objects.update_or_create(
        network=actor.network, kind=ROOTS[key], object_id=object_id,
        defaults={
            "organisation_id": actor.organisation_id, "reason": reason, "until": until, "by_id": actor.membership_id,
        },
    )  # fmt: skip
    record(actor, "retention:hold", row, key=key, reason=reason)
    return row


def _delete(actor: Actor, chosen: Sequence[Due], now: datetime) -> Counter[str]:
    counts: Counter[str] = Counter()
    today = now.astimezone(actor.network.zone).date()
    for one in chosen:
        subject = subject_of_due(one)
        if subject is not None:
            # A proof is kept as long as its own class says: when that is due, it goes, too.
            counts += erase(actor=actor, subject=subject, now=now, keep_proof=one.key != "funder")
            continue
        kind = BY_KEY[one.kind]
        rows = kind.model.objects.filter(pk=one.object_id)
        how = Erasure.DELETE if one.kind == "request" else kind.erase
        counts[kind.key] += apply(kind, rows, how, network=actor.network, day=today)
    return +counts


def run_automatic(*, network: Network, now: datetime) -> int:
    """Delete what goes by itself in every organisation of the network in scope; returns how many records.

    Each organisation and class leaves a protocol; what asks for four eyes waits on its list.
    """
    actor, total = system(network), 0
    today = now.astimezone(network.zone).date()
    for organisation in Organisation.objects.filter(is_member=True):
        for key in ROOTS:
            if periods_of(organisation.pk)[key].automatic:
                with transaction.atomic():
                    chosen = due(network, organisation.pk, key, today)
                    if chosen:
                        _protocol(actor, organisation.pk, key, chosen, _delete(actor, chosen, now), now)
                        total += len(chosen)
    total += _forget_events(actor, now)
    write_journal(network)
    return total


def _protocol(
    actor: Actor, organisation_id: uuid.UUID, key: str, chosen: Sequence[Due], counts: Counter[str], now: datetime
) -> None:
    made = Deletion(
        network=actor.network, organisation_id=organisation_id, key=key, state=DeletionState.DONE,
        records=len(chosen), oldest_due_on=chosen[0].due_on, counts=dict(counts), proposed_at=now, settled_at=now,
    )  # fmt: skip
    made.save()
    record(actor, "retention:run", made, key=key, records=len(chosen))


@transaction.atomic
def _forget_events(actor: Actor, now: datetime) -> int:
    """Delete old events. The chain is the network's: whoever keeps them longest decides."""
    members = Organisation.objects.filter(is_member=True)
    months = max((periods_of(one.pk)["audit"].months for one in members), default=CLASSES["audit"].months)
    gone = forget_events(actor=actor, before=now - relativedelta(months=months), now=now)
    if gone:
        Deletion(
            network=actor.network, organisation=None, key="audit", state=DeletionState.DONE, records=gone,
            counts={"event": gone}, proposed_at=now, settled_at=now,
        ).save()  # fmt: skip
    return gone
