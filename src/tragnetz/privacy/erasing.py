"""Erase what is about somebody, and note it so that it goes again after an older back-up was restored.

Nothing here asks who may: that do the commands of rights and retention.
"""

import hashlib
import hmac
import json
import os
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from tragnetz.appointments.commands import cancel
from tragnetz.appointments.enums import BookingState, CallbackState, RegistrationState, WaitingState
from tragnetz.appointments.errors import NotPossibleError
from tragnetz.appointments.groups.registering import deregister
from tragnetz.appointments.models import Booking, Callback, Registration, WaitingEntry
from tragnetz.appointments.waiting.commands import leave_list
from tragnetz.casework.enums import CaseState
from tragnetz.casework.models import Case
from tragnetz.clients.models import Contact, Relation
from tragnetz.core.clock import now as this_instant
from tragnetz.messaging.enums import State
from tragnetz.messaging.models import Message
from tragnetz.network.actors import Actor
from tragnetz.network.models import Network, Programme
from tragnetz.privacy.enums import Erasure, RestrictionReason
from tragnetz.privacy.errors import PrivacyError
from tragnetz.privacy.kinds import KINDS, Kind
from tragnetz.privacy.models import DeletionItem, Hold, JournalEntry, Restriction
from tragnetz.privacy.retention.queries import periods_of
from tragnetz.privacy.retention.rules import CLASSES, kept_until
from tragnetz.privacy.subjects import Subject, parts_of_others
from tragnetz.reporting.models import Participation
from tragnetz.reporting.participation.programmes import terms_of
from tragnetz.vault.sealing import keys_for

FUNDER = "funder"  # how a row was erased when the proof for a funder stays
PURPOSE = "deletion-journal"


def funder_until(subject: Subject) -> date | None:
    """Return until when a funder's duty stands against erasing: by the project whose proof ends last; else nothing.

    Art. 17 Abs. 3 b DSGVO with Art. 82 of Regulation (EU) 2021/1060: counted from the year of the last payment where
    the funding decision's terms know it, else from the year in which the project ends (to be checked).
    """
    cases = Case.objects.filter(pk__in=subject.cases).exclude(programme=None).select_related("programme")
    records = Participation.objects.filter(case__in=subject.cases).select_related("programme")
    proofs = {(row.organisation_id, row.programme) for row in cases} | {
        (row.organisation_id, row.programme) for row in records
    }
    return max((_proof_until(owner, programme) for owner, programme in proofs if programme), default=None)


def _proof_until(organisation_id: uuid.UUID, programme: Programme) -> date:
    terms = terms_of(programme)
    months = terms.retention_years * 12 if terms.retention_years else periods_of(organisation_id)["funder"].months
    return kept_until(terms.last_payment_on or programme.ends, months, year_end=CLASSES["funder"].year_end)


@transaction.atomic
def erase(*, actor: Actor, subject: Subject, now: datetime, keep_proof: bool = True) -> Counter[str]:
    """Erase a subject's data; returns how many rows of each kind.

    While a funder's duty lasts (`keep_proof`) the case, who took part and the household's row stay, emptied and
    restricted. A case with a part that another adult told alone stays for them, without what was shared.
    """
    today = now.astimezone(actor.network.zone).date()
    until = funder_until(subject) if keep_proof else None
    for_funder = until is not None and until >= today
    _stop(actor, subject, now)
    counts: Counter[str] = Counter()
    stays = _what_stays(subject)
    for kind in KINDS:
        rows = _going(kind, subject, stays)
        how = kind.erase
        if for_funder and kind.funder is not None:
            how = FUNDER
            if kind.key == "person":  # the proof is of who took part, not of who lives with them
                took_part = Q(relation=Relation.SELF) | Exists(Participation.objects.filter(person=OuterRef("pk")))
                others = rows.exclude(took_part)
                counts[kind.key] += apply(kind, others, Erasure.DELETE, network=actor.network, day=today)
                rows = kind.rows(subject).filter(took_part)
        counts[kind.key] += apply(kind, rows, how, network=actor.network, day=today)
    if for_funder:
        _restrict_for_funder(subject, today, until)
    return +counts


class _Stays(NamedTuple):
    """What does not go with a subject: cases with parts of others, households that other cases need."""

    cases: frozenset[uuid.UUID]
    households: frozenset[uuid.UUID]


def _what_stays(subject: Subject) -> _Stays:
    cases = frozenset(parts_of_others(subject).values_list("case", flat=True))
    needed = Case.objects.filter(household__in=subject.households).exclude(pk__in=subject.cases - cases)
    return _Stays(
        cases=cases,
        households=frozenset(needed.values_list("household", flat=True)),
    )


def _going(kind: Kind, subject: Subject, stays: _Stays) -> QuerySet[Any]:
    """Return which rows of a kind go: those of the subject, without what others need."""
    if not subject.leads:
        return _told_alone(kind, subject)
    rows = kind.rows(subject)
    if kind.key == "case":
        return rows.exclude(pk__in=stays.cases)
    if kind.key == "part":
        return rows.exclude(case__in=stays.cases, person=None)
    if kind.key == "person":
        return rows.filter(Q(pk__in=subject.people) | ~Q(household__in=stays.households))
    if kind.whose and not subject.everything:  # what is about another adult stays with their part
        return rows.exclude(kind.of_others(subject) & Q(**{kind.via["case"]: stays.cases}))
    return rows.exclude(**{kind.via["household"]: stays.households}) if "household" in kind.via else rows


def _told_alone(kind: Kind, subject: Subject) -> QuerySet[Any]:
    """Return what one of a household, whose case it is not, has told alone."""
    if kind.part:
        return kind.rows(subject).filter(**{f"{kind.part}__in": subject.people})
    own = kind.via.get("person")
    return kind.model.objects.filter(**{own: subject.people}) if own else kind.model.objects.none()


def _stop(actor: Actor, subject: Subject, now: datetime) -> None:
    """End what goes on, so that freed times and places are there for others. What has begun ends by itself."""
    for booking in Booking.objects.filter(
        contact__in=subject.contacts, starts_at__gt=now, state__in=[BookingState.BOOKED, BookingState.HELD]
    ):
        cancel(actor=actor, booking=booking, now=now)
    for entry in WaitingEntry.objects.filter(
        contact__in=subject.contacts, state__in=[WaitingState.WAITING, WaitingState.OFFERED]
    ):
        leave_list(actor=actor, entry=entry, now=now)
    coming = Registration.objects.filter(contact__in=subject.contacts).exclude(state=RegistrationState.CANCELLED)
    for registration in coming:
        try:
            with transaction.atomic():
                deregister(actor=actor, registration=registration, now=now)
        except NotPossibleError:
            continue  # the group is over: who was there stays counted, without a name
    Callback.objects.filter(contact__in=subject.contacts, state=CallbackState.OPEN).update(
        state=CallbackState.DONE, settled_at=now, taken_by=None, taken_at=None
    )
    withdraw_messages(subject)


def withdraw_messages(subject: Subject) -> int:
    """Keep what waits for a subject from going out; returns how many."""
    queued = Message.objects.filter(params__person__in=[str(key) for key in subject.contacts], state=State.QUEUED)
    return queued.update(state=State.CANCELLED)


def apply(kind: Kind, rows: QuerySet[Any], how: str, *, network: Network, day: date) -> int:
    """Erase rows of a kind in one way, and note each in the journal; returns how many."""
    keys = list(rows.values_list("pk", flat=True))
    if not keys or how == Erasure.KEEP:
        return 0
    found = kind.model.objects.filter(pk__in=keys)
    if how == Erasure.DELETE:
        if kind.model is Case:  # a case that was merged points to the one that goes with it
            Case.objects.filter(pk__in=keys).update(merged_into=None)
        found.delete()
    elif how == Erasure.BLANK:
        found.update(**kind.blank)
    elif how == FUNDER and kind.funder:
        found.update(**kind.funder)
    DeletionItem.objects.filter(kind=kind.key, object_id__in=keys).delete()
    Hold.objects.filter(kind=kind.key, object_id__in=keys).delete()
    if how != Erasure.UNLINK:  # whose contact goes again loses its link again
        JournalEntry.objects.bulk_create(
            JournalEntry(network=network, kind=kind.key, how=how, digest=digest(key), day=day) for key in keys
        )
        # What the file cannot take now the worker writes tonight: the rows are noted in the table.
        transaction.on_commit(lambda: write_journal(network), robust=True)
    return len(keys)


def _restrict_for_funder(subject: Subject, today: date, until: date | None) -> None:
    for case in Case.objects.filter(pk__in=subject.cases):
        if case.state == CaseState.OPEN:
            case.state, case.closed_on = CaseState.CLOSED, today
        case.restricted_on = case.restricted_on or today
        case.save(update_fields=["state", "closed_on", "restricted_on"])
        if not case.restrictions.filter(reason=RestrictionReason.FUNDER, lifted_on=None).exists():
            Restriction(
                network_id=case.network_id, organisation_id=case.organisation_id, case=case,
                reason=RestrictionReason.FUNDER, since=today, until=until,
            ).save()  # fmt: skip
    Contact.objects.filter(pk__in=subject.contacts, restricted_on=None).update(restricted_on=today)


# --- The journal ---


def digest(key: uuid.UUID, purpose_key: bytes | None = None) -> str:
    """Return the keyed hash of an id: whoever has the journal alone learns nothing from it."""
    return hmac.new(purpose_key or keys_for(PURPOSE)[-1], key.bytes, hashlib.sha256).hexdigest()


def journal_file(network: Network) -> Path:
    """Return the file that erased rows are noted in, beside the database: keep it apart from the back-ups."""
    return Path(settings.TRAGNETZ_VAR) / "privacy" / f"erased-{network.key}.jsonl"


@transaction.atomic
def write_journal(network: Network) -> int:
    """Append what is noted but not yet in the file; returns how many lines.

    Only what is committed gets there: a line too many would erase what never was to go.
    """
    waiting = list(JournalEntry.objects.filter(network=network, written_at=None).select_for_update(skip_locked=True))
    if not waiting:
        return 0
    file = journal_file(network)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a", encoding="utf-8") as out:
        for entry in waiting:
            line = {"kind": entry.kind, "how": entry.how, "digest": entry.digest, "day": entry.day.isoformat()}
            out.write(json.dumps(line) + "\n")
        out.flush()
        os.fsync(out.fileno())
    JournalEntry.objects.filter(pk__in=[entry.pk for entry in waiting]).update(written_at=this_instant())
    return len(waiting)


def read_journal(file: Path) -> list[Mapping[str, str]]:
    """Return the lines of a journal. Raises PrivacyError with the line that is none."""
    found: list[Mapping[str, str]] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            read = json.loads(line)
            found.append({name: str(read[name]) for name in ("kind", "how", "digest", "day")})
        except (ValueError, KeyError, TypeError) as error:
            message = f"{file}:{number}: Das ist keine Zeile des Löschprotokolls"
            raise PrivacyError(message) from error
    return found


@transaction.atomic
def replay(*, network: Network, lines: Iterable[Mapping[str, str]], day: date) -> Counter[str]:
    """Erase again what the journal says was erased, after an older back-up was restored; returns how many rows.

    What is gone already is not there to be found: running it twice does nothing more.
    """
    wanted: dict[tuple[str, str], set[str]] = {}
    for line in lines:
        wanted.setdefault((line["kind"], line["how"]), set()).add(line["digest"])
    counts: Counter[str] = Counter()
    for kind in KINDS:
        for how in (FUNDER, Erasure.BLANK, Erasure.DELETE):
            digests = wanted.get((kind.key, how))
            if digests:
                keys = [
                    key
                    for key in kind.model.objects.values_list("pk", flat=True)
                    if any(digest(key, secret) in digests for secret in keys_for(PURPOSE))
                ]
                rows = kind.model.objects.filter(pk__in=keys)
                counts[kind.key] += _again(kind, rows, how, network, day)
    return +counts


def _again(kind: Kind, rows: QuerySet[Any], how: str, network: Network, day: date) -> int:
    """Erase rows once more; what is empty already is left alone."""
    values = kind.blank if how == Erasure.BLANK else kind.funder or {}
    if how != Erasure.DELETE:
        filled = [row.pk for row in rows if any(getattr(row, name) != value for name, value in values.items())]
        rows = rows.filter(pk__in=filled)
    keys = list(rows.values_list("pk", flat=True))
    found = apply(kind, kind.model.objects.filter(pk__in=keys), how, network=network, day=day)
    if how == FUNDER and found:
        Case.objects.filter(restricted_on=None, pk__in=keys).update(restricted_on=day)
        Contact.objects.filter(restricted_on=None, pk__in=keys).update(restricted_on=day)
    return found
