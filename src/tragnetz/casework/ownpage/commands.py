"""Give and end codes; what a person does on their own page; what the counselling answers."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.audit.commands import record
from tragnetz.casework.access import member_of, must, must_write
from tragnetz.casework.compartments import adults_of, compartment_of
from tragnetz.casework.enums import CaseState, LifeDomain, Occasion, StepOwner
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.keys import sync_case
from tragnetz.casework.models import Case, Compartment, OwnAccess, OwnMessage, Rating, RatingLine, Step
from tragnetz.casework.ownpage.access import live
from tragnetz.casework.ownpage.rules import CODE_TRIES, MOST_WRITTEN, lookup_part
from tragnetz.casework.ownpage.sessions import Opened, begin
from tragnetz.casework.ownpage.words import NO_STEP, NO_SUCH_ANSWER, NOT_NOW, NOT_YOUR_STEP, NOTHING_SAID, TOO_LONG
from tragnetz.casework.ratings.rules import LEVELS
from tragnetz.casework.texts import clean_text
from tragnetz.clients.models import Person, Relation
from tragnetz.clients.recipients import recipient_of
from tragnetz.consent.commands import withdraw_own
from tragnetz.core.clock import today
from tragnetz.core.ids import clean_code, new_code
from tragnetz.core.transactions import wait_for
from tragnetz.messaging.commands import notify
from tragnetz.messaging.enums import BY_ITSELF, Template
from tragnetz.messaging.rules import way_to
from tragnetz.network.actors import Actor, accompanied
from tragnetz.network.models import Network
from tragnetz.network.policy import Deed
from tragnetz.network.queries import told_phone
from tragnetz.vault.errors import WrongSecretError
from tragnetz.vault.keyring import current_keyring
from tragnetz.vault.pairs import end_pair, make_person_pair, open_nothing, open_pair
from tragnetz.vault.sealing import lookup_hash
from tragnetz.vault.turns import stand_in_line


class Made(NamedTuple):
    """A new access with its code, which is never shown again."""

    access: OwnAccess
    code: str


@transaction.atomic
def make_access(*, actor: Actor, case: Case, person: Person, request_key: str, now: datetime, code: str = "") -> Made:
    """Give an adult of an open case a code for their own page; a former one ends. Raises CaseworkError.

    The code is by chance; only the demo names one.
    """
    must(actor, Deed.OWN_ACCESS_GIVE, case)
    wait_for(f"own-access:{person.pk}")
    if OwnAccess.objects.filter(request_key=request_key).exists():
        raise CaseworkError(
            _("Dieser Code ist schon gemacht. Er wird nur einmal gezeigt. Machen Sie bei Bedarf einen neuen.")
        )
    if case.state != CaseState.OPEN:
        raise CaseworkError(_("Der Fall ist beendet. Öffnen Sie ihn zuerst wieder."))
    if person.household_id != case.household_id or person.left_on or not adults_of([person], _year(actor, now)):
        raise CaseworkError(_("Eine eigene Seite gibt es nur für Erwachsene, die zum Haushalt gehören."))
    ring = current_keyring()
    if not all(part.key_id and ring.has(part.key_id) for part in (compartment_of(case), compartment_of(case, person))):
        raise CaseworkError(_("Dieser Fall ist für Sie verschlossen."))
    end_accesses_of(person, now)
    code = code or _free_code()
    pair, _private = make_person_pair(network=actor.network, owner_id=person.pk, code=clean_code(code), at=now)
    access = OwnAccess(
        network=actor.network, person=person, case=case, pair=pair, code_hash=_hash(code), made_by_id=member_of(actor),
        made_at=now, request_key=request_key,
    )  # fmt: skip
    access.save()
    sync_case(case)
    record(actor, "own_access:make", access)
    return Made(access, code)


def _year(actor: Actor, now: datetime) -> int:
    return now.astimezone(actor.network.zone).year


def _hash(code: str) -> str:
    return lookup_hash(f"own:{lookup_part(clean_code(code))}")


def _free_code() -> str:
    """Return a code whose first group no living code has."""
    for _try in range(CODE_TRIES):
        code = new_code()
        if not OwnAccess.objects.filter(ended_at=None, code_hash=_hash(code)).exists():
            return code
    raise CaseworkError(_("Gerade ist kein Code frei. Bitte versuchen Sie es noch einmal."))


def is_code_of(access: OwnAccess, typed: str) -> bool:
    """Whether a code is the living one of an access; for printing it right after it was made."""
    code = clean_code(typed)
    if not code or access.ended_at is not None or access.code_hash != _hash(code):
        return False
    try:
        open_pair(access.pair, code)
    except WrongSecretError:
        return False
    return True


@transaction.atomic
def end_access(*, actor: Actor, access: OwnAccess, now: datetime) -> OwnAccess:
    """Close somebody's own page: the code opens nothing from this moment. Raises CaseworkError."""
    must(actor, Deed.OWN_ACCESS_GIVE, access.case)
    row = OwnAccess.objects.select_for_update(of=("self",)).select_related("pair").get(pk=access.pk)
    if row.ended_at is None:
        _end(row, now)
        record(actor, "own_access:end", row)
    return row


def end_accesses_of(person: Person, now: datetime) -> int:
    """End the code of somebody, if they have one: they get a new one, left, or were entered twice."""
    rows = OwnAccess.objects.select_for_update(of=("self",)).select_related("pair").filter(person=person, ended_at=None)
    for row in rows:
        _end(row, now)
    return len(rows)


def _end(row: OwnAccess, now: datetime) -> None:
    row.ended_at, row.code_hash = now, ""
    row.save(update_fields=["ended_at", "code_hash"])
    row.sessions.all().delete()
    if row.pair.ended_at is None:
        end_pair(row.pair, now)


@transaction.atomic
def end_dead_accesses(*, actor: Actor, now: datetime, case: Case | None = None) -> int:
    """End the codes of people who left, and of cases that closed long ago, of one case or all; returns how many.

    They opened nothing any more; this takes their keys.
    """
    mine = OwnAccess.objects.filter(ended_at=None) if case is None else case.own_accesses.filter(ended_at=None)
    rows = mine.exclude(pk__in=OwnAccess.objects.filter(live(actor.network, now)).values("pk"))
    dead = list(rows.select_for_update(of=("self",)).select_related("pair"))
    for row in dead:
        _end(row, now)
        record(actor, "own_access:end", row)
    return len(dead)


@transaction.atomic
def open_own_page(*, network: Network, typed: str, now: datetime) -> tuple[Opened, str] | None:
    """Open somebody's own page with their code; returns it with what its cookie holds, nothing for a wrong code.

    What is closed or erased while the code is stretched, for half a second, does not open any more. Raises BusyError
    when so many open theirs, or sign in, that the line is full.
    """
    code = clean_code(typed)
    if not code:
        return None
    stand_in_line(resident=True)
    rows = OwnAccess.objects.filter(live(network, now), code_hash=_hash(code))
    access = rows.select_related("network", "person", "case__network", "case__organisation", "pair").first()
    if access is None:
        open_nothing(code)
        return None
    try:
        private = open_pair(access.pair, code)
    except WrongSecretError:
        return None
    if not _is_live_still(access, now):
        return None
    access.last_used_at = now
    access.save(update_fields=["last_used_at"])
    opened, cookie = begin(access, private, now)
    record(accompanied(network), "own_page:open", access)
    return opened, cookie


def _is_live_still(access: OwnAccess, now: datetime) -> bool:
    """Whether a code holds, and goes on holding until this transaction ends: whoever ends or erases it waits."""
    rows = OwnAccess.objects.select_for_update(of=("self",)).filter(live(access.case.network, now), pk=access.pk)
    return rows.first() is not None


def close_own_page(*, opened: Opened) -> None:
    """End a session."""
    opened.session.delete()


def own_part(opened: Opened) -> Compartment:
    """Return the person's own part of the case. Raises CaseworkError when it is gone."""
    access = opened.access
    part = Compartment.objects.filter(case=access.case_id, person=access.person_id).first()
    if part is None:
        raise CaseworkError(str(NOT_NOW))
    return part


def step_of(opened: Opened, step_id: str) -> Step:
    """Return a step that the person may read: of the household's part, or of their own. Raises CaseworkError."""
    access = opened.access
    parts = Compartment.objects.filter(case=access.case_id, person__in=[access.person_id]) | Compartment.objects.filter(
        case=access.case_id, person=None
    )
    found = Step.objects.filter(case=access.case_id, compartment__in=parts, pk=_uuid(step_id)).first()
    if found is None:
        raise CaseworkError(str(NO_STEP))
    return found


def _uuid(typed: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(typed)
    except ValueError:
        return None


@transaction.atomic
def tick_step(*, opened: Opened, step_id: str, done: bool) -> Step:
    """Say that one's own step is done, or not after all. Raises CaseworkError for a step of somebody else."""
    step = step_of(opened, step_id)
    if step.owner != StepOwner.PERSON:
        raise CaseworkError(str(NOT_YOUR_STEP))
    step.done_on = today(opened.actor.network.zone) if done else None
    step.save(update_fields=["done_on"])
    record(opened.actor, "step:finish", opened.access.case, done=done)
    return step


@transaction.atomic
def write_to_counselling(
    *, opened: Opened, text: str, request_key: str, now: datetime, step_id: str = ""
) -> OwnMessage:
    """Send the counselling a message; with a step: what one still needs for it. The same key is sent once.

    Raises CaseworkError.
    """
    wait_for(f"own-message:{request_key}")
    known = OwnMessage.objects.filter(case=opened.access.case_id, request_key=request_key).first()
    if known is not None:
        return known
    message = OwnMessage(
        network=opened.actor.network, case=opened.access.case, compartment=own_part(opened), text=_short(text),
        step=step_of(opened, step_id) if step_id else None, sent_at=now, request_key=request_key,
    )  # fmt: skip
    message.save()
    record(opened.actor, "own_message:write", opened.access.case, step=bool(step_id))
    return message


def _short(text: str) -> str:
    clean = clean_text(text)
    if len(clean) > MOST_WRITTEN:
        raise CaseworkError(str(TOO_LONG) % MOST_WRITTEN)
    return clean


@transaction.atomic
def reply(*, actor: Actor, case: Case, person: Person, text: str, request_key: str, now: datetime) -> OwnMessage:
    """Write to a person who has an own page, and let them know in neutral words by a way that they allow.

    The same key is sent once. Raises CaseworkError.
    """
    must_write(actor, case)
    wait_for(f"own-message:{request_key}")
    known = OwnMessage.objects.filter(case=case, request_key=request_key).first()
    if known is not None:
        return known
    if not OwnAccess.objects.filter(live(actor.network, now), case=case, person=person).exists():
        raise CaseworkError(_("Diese Person hat keinen Code. Ohne Code kann sie die Nachricht nicht lesen."))
    message = OwnMessage(
        network=actor.network, case=case, compartment=compartment_of(case, person), author_id=member_of(actor),
        text=_short(text), sent_at=now, request_key=request_key,
    )  # fmt: skip
    message.save()
    _tell(actor, case, person, now)
    record(actor, "own_message:write", case)
    return message


def _tell(actor: Actor, case: Case, person: Person, now: datetime) -> None:
    """Tell a person that a message waits, once a day: by SMS or e-mail, never aloud.

    The contact of a case is that of the one who asked for help: another adult is not told there.
    """
    if case.contact is None or person.relation != Relation.SELF:
        return
    recipient = recipient_of(case.contact)
    if way_to(recipient, BY_ITSELF) is None:
        return
    day = now.astimezone(actor.network.zone).date()
    notify(
        actor=actor, recipient=recipient, key=f"own-message:{person.pk}:{day}", template=Template.OWN_MESSAGE,
        params={"phone": told_phone()}, code="", due_at=now, ways=BY_ITSELF,
    )  # fmt: skip


def mark_read(*, case: Case, now: datetime) -> int:
    """Note that the counselling has looked at the messages of a case. The caller has shown them."""
    return OwnMessage.objects.filter(case=case, author=None, read_at=None).update(read_at=now)


def mark_own_read(*, opened: Opened, now: datetime) -> int:
    """Note that the person has looked at their messages."""
    rows = OwnMessage.objects.filter(case=opened.access.case_id, compartment__person=opened.access.person_id)
    return rows.filter(read_at=None).exclude(author=None).update(read_at=now)


@transaction.atomic
def rate_own_life(*, opened: Opened, levels: Mapping[str, int], request_key: str) -> Rating:
    """Keep how the person sees the domains of life today, in their own part; the same key is kept once.

    A domain of which they say nothing has no line: it never counts as low. Raises CaseworkError.
    """
    wait_for(f"rating:{request_key}")
    case, network = opened.access.case, opened.actor.network
    known = Rating.objects.filter(case=case, idempotency_key=request_key).first()
    if known is not None:
        return known
    if not levels:
        raise CaseworkError(str(NOTHING_SAID))
    if not set(levels) <= set(LifeDomain.values) or not set(levels.values()) <= set(LEVELS):
        raise CaseworkError(str(NO_SUCH_ANSWER))
    part = own_part(opened)
    rating = Rating(
        network=network, case=case, compartment=part, rated_on=max(today(network.zone), case.opened_on),
        occasion=Occasion.BETWEEN, idempotency_key=request_key,
    )  # fmt: skip
    rating.save()
    for domain, level in levels.items():
        RatingLine(network=network, rating=rating, compartment=part, domain=LifeDomain(domain), own_level=level).save()
    record(opened.actor, "rating:keep", case, occasion=Occasion.BETWEEN, domains=len(levels))
    return rating


@transaction.atomic
def withdraw_on_own_page(*, opened: Opened, given_id: str, now: datetime) -> None:
    """Withdraw what the person allowed: it holds no more at the next request of anybody.

    Raises ConsentError; CaseworkError when their page was closed meanwhile, as by a case that becomes one with another
    and takes along what they allowed. The case is locked first, as there: so one of both comes first, whole.
    """
    access = opened.access
    case = Case.objects.select_for_update(of=("self",)).filter(pk=access.case_id).first()
    if case is None or not _is_live_still(access, now):
        raise CaseworkError(str(NOT_NOW))
    withdraw_own(actor=opened.actor, person=access.person, given_id=_uuid(given_id), now=now)
    sync_case(case)
