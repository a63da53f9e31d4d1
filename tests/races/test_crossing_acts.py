"""Two acts that cross on the same rows, each stopped where it holds what the other needs. Real threads and database.

One of both comes first, whole; the other is told clearly, or has found what it wanted done already.
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import connections

from tests.allowed import ROSA, make_case, person_of, release
from tests.factories import make_actor, make_network, make_roster
from tests.owner import owner_conninfo
from tests.owning import code_for, opened_with, rosa_of
from tragnetz.appointments import commands as booking_commands
from tragnetz.appointments.commands import book, cancel, confirm_hold, hold
from tragnetz.appointments.enums import Via
from tragnetz.appointments.errors import NotPossibleError
from tragnetz.appointments.models import Booking
from tragnetz.appointments.rules import Wanted
from tragnetz.audit.models import Event
from tragnetz.casework.closing import joining
from tragnetz.casework.closing.joining import merge_cases
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.models import Case, OwnAccess, OwnSession
from tragnetz.casework.ownpage import commands as own_commands
from tragnetz.casework.ownpage.commands import open_own_page, withdraw_on_own_page
from tragnetz.clients.commands import add_contact
from tragnetz.clients.rules import ContactDetails
from tragnetz.core.clock import now, today
from tragnetz.network.actors import resident, system
from tragnetz.network.scope import scope
from tragnetz.privacy.erasing import erase
from tragnetz.privacy.subjects import subject_of_case
from tragnetz.vault.keyring import using

MONDAY = datetime(2026, 11, 23, 7, tzinfo=UTC)
TUESDAY = datetime(2026, 11, 24, 8, tzinfo=UTC)
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def network(transactional_db, settings, tmp_path):
    settings.TRAGNETZ_VAR = tmp_path
    made = make_network()
    with scope(made):
        yield made


def at_once(*acts):
    """Do acts at once, each in a thread of its own; returns what each gave, or the error that it raised."""

    def run(act):
        try:
            return act()
        except Exception as error:  # noqa: BLE001 -- what it is the test says
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [one.result(60) for one in [pool.submit(copy_context().run, run, act) for act in acts]]


def until_somebody_waits() -> None:
    """Wait until a transaction waits for a row that another one holds; asked from outside, as each sees one moment."""
    with psycopg.connect(owner_conninfo(), autocommit=True) as looking:
        for _ in range(400):
            if looking.execute(WAITING).fetchone() != (0,):
                return
            threading.Event().wait(0.02)  # for a lock in the database there is no signal
    pytest.fail("nobody waits")


def first_time(real, before):
    """Return a function that does something before it is called for the first time."""
    done = threading.Event()

    def called(*args, **given):
        if not done.is_set():
            done.set()
            before()
        return real(*args, **given)

    return called


def first_stopped(monkeypatch, module, name, before) -> None:
    monkeypatch.setattr(module, name, first_time(getattr(module, name), before))


@pytest.fixture
def proposal(network):
    """A talk with Ada, and a time with Bea that is held instead of it."""
    ada, bea = (make_actor(network, "alpha", "counsellor", name=name) for name in ("Ada", "Bea"))
    for actor in (ada, bea):
        make_roster(actor.membership_id)
    contact = add_contact(
        actor=ada,
        organisation_id=ada.organisation_id,
        details=ContactDetails("Rosa", phone="0170 1234567", may_text=True),
    )
    about = {"contact": contact, "topic": "", "language": "de", "interpreter": False, "now": MONDAY}
    start = int(TUESDAY.timestamp())
    talk = book(actor=ada, wanted=Wanted(ada.membership_id, start, 3600, "phone"), idempotency_key="talk", **about)
    held = hold(
        actor=ada, wanted=Wanted(bea.membership_id, start, 3600, "phone"), until=MONDAY + timedelta(hours=4),
        idempotency_key="held", via=Via.PROPOSAL, replaces=talk.booking, **about,
    )  # fmt: skip
    return talk.booking, held.booking


@pytest.mark.parametrize("waits_first", ["cancelled", "accepted"])
def test_who_accepts_another_time_and_who_cancels_the_talk_block_each_other_for_nobody(
    network, proposal, monkeypatch, waits_first
):
    """Each holds one row and wants the other's: PostgreSQL ends that of both that began to wait first."""
    talk, held = proposal
    met = threading.Barrier(2)

    def meet(name):
        met.wait(20)
        if name != waits_first:
            until_somebody_waits()

    first_stopped(monkeypatch, booking_commands, "cancel", lambda: meet("accepted"))
    first_stopped(monkeypatch, booking_commands, "_release_proposals", lambda: meet("cancelled"))

    accepted, cancelled = at_once(
        lambda: confirm_hold(actor=resident(network), booking=held, now=MONDAY),
        lambda: cancel(actor=resident(network), booking=talk, now=MONDAY),
    )

    states = dict(Booking.objects.values_list("pk", "state"))
    assert not isinstance(cancelled, Exception), repr(cancelled)
    assert states[talk.pk] == "cancelled"
    if isinstance(accepted, Exception):
        assert isinstance(accepted, NotPossibleError), repr(accepted)
        assert states[held.pk] == "cancelled"
    else:
        assert states[held.pk] == "booked"
    assert Event.objects.filter(verb="booking:cancel", object_id=talk.pk).count() == 1


def erased(network, case):
    return lambda: erase(
        actor=system(network), subject=subject_of_case(case, everything=True), now=now(), keep_proof=False
    )


def test_a_page_that_is_erased_while_its_code_is_stretched_does_not_open(network, ada, monkeypatch):
    case = make_case(network, ada, ROSA)
    code = code_for(ada, case, rosa_of(case)).code
    gone = threading.Event()
    first_stopped(monkeypatch, own_commands, "open_pair", lambda: gone.wait(20))

    def erasing():
        erased(network, case)()
        gone.set()

    opened, problem = at_once(lambda: open_own_page(network=network, typed=code, now=now()), erasing)

    assert (opened, problem) == (None, None)
    assert not OwnSession.objects.exists()
    assert not Event.objects.filter(verb="own_page:open").exists()


def test_erasing_waits_for_a_page_that_opens_and_takes_its_session_along(network, ada, monkeypatch):
    case = make_case(network, ada, ROSA)
    code = code_for(ada, case, rosa_of(case)).code
    begun = threading.Event()
    real = own_commands.begin

    def begin(*given):
        made = real(*given)
        begun.set()
        until_somebody_waits()
        return made

    monkeypatch.setattr(own_commands, "begin", begin)

    def erasing():
        begun.wait(20)
        return erased(network, case)()

    opened, counts = at_once(lambda: open_own_page(network=network, typed=code, now=now()), erasing)

    assert not isinstance(opened, Exception), repr(opened)
    assert not isinstance(counts, Exception), repr(counts)
    assert not OwnAccess.objects.exists()
    assert not OwnSession.objects.exists()
    assert not Case.objects.filter(pk=case.pk).exists()


@pytest.fixture
def twice(network, ada):
    """Rosa, who was entered twice, with a release and an open own page in the case that will go."""
    kept, gone = make_case(network, ada, ROSA), make_case(network, ada, ROSA)
    given = release(ada, person_of(gone))
    return kept, gone, given, opened_with(code_for(ada, gone, person_of(gone)))


def merging(ada, kept, gone):
    same = {person_of(gone).pk: person_of(kept).pk}
    return lambda: merge_cases(actor=ada, case=kept, other=gone, same=same, today=today(ada.network.zone))


def withdrawing(opened, given):
    def run():
        with using(opened.ring):
            withdraw_on_own_page(opened=opened, given_id=str(given.pk), now=now())

    return run


def test_what_is_withdrawn_while_cases_become_one_is_withdrawn_of_the_one(ada, twice, monkeypatch):
    kept, gone, given, opened = twice
    begun = threading.Event()
    real = own_commands.withdraw_own

    def withdraw(**about):
        real(**about)
        begun.set()
        until_somebody_waits()

    monkeypatch.setattr(own_commands, "withdraw_own", withdraw)
    merge = merging(ada, kept, gone)

    told, merged = at_once(withdrawing(opened, given), lambda: begun.wait(20) and merge())

    given.refresh_from_db()
    assert (told, merged) == (None, kept)
    assert given.withdrawn_at is not None
    assert given.person_id == person_of(kept).pk


def test_who_withdraws_after_their_page_was_closed_by_a_merger_is_told_to_call(ada, twice, monkeypatch):
    """Their code has ended with it: nothing is said to be withdrawn that is not."""
    kept, gone, given, opened = twice
    begun = threading.Event()

    def wait():
        begun.set()
        until_somebody_waits()

    first_stopped(monkeypatch, joining, "record", wait)  # all is moved, nothing committed
    withdraw = withdrawing(opened, given)

    merged, told = at_once(merging(ada, kept, gone), lambda: begun.wait(20) and withdraw())

    given.refresh_from_db()
    assert merged == kept
    assert isinstance(told, CaseworkError), repr(told)
    assert str(told) == "Das geht gerade nicht. Bitte rufen Sie uns an."
    assert given.withdrawn_at is None
