"""Who can open a case: each step in the life of keys, with the owner seeing the text first."""

from types import SimpleNamespace

import pytest
from django.contrib.sessions.backends.db import SessionStore

from tests.factories import make_actor
from tests.notes import write_note
from tragnetz.casework.commands import open_case
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.keys import owed_to, settle, settle_roles, sync_case, take_back
from tragnetz.casework.models import Case, Enquiry, Note
from tragnetz.casework.unlocking import bring_back, former_keys, open_keys, start_anew
from tragnetz.core.clock import now, today
from tragnetz.network.actors import of_membership
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership, User
from tragnetz.vault.envelopes import Locked
from tragnetz.vault.errors import LockedError, VaultError, WrongSecretError
from tragnetz.vault.keyring import Keyring, using
from tragnetz.vault.models import KeyPair, RecoverySetup, WrappedKey
from tragnetz.vault.pairs import last_copies, open_pair, pair_of_user
from tragnetz.vault.recovery import begin_recovery, finish_recovery, type_sheet
from tragnetz.vault.rotation import move_keys, renew_role
from tragnetz.vault.sessions import change_secret

PASSWORD = "a long enough password"
SECRET = "Zitronenfalter im Hausflur"


def ring_of(actor, password=PASSWORD) -> Keyring:
    """What this person alone can open."""
    pair = pair_of_user(actor.user_id)
    return Keyring({pair.pk: open_pair(pair, password)}) if pair else Keyring()


def reads(actor, note, password=PASSWORD) -> bool:
    with using(ring_of(actor, password)):
        text = Note.objects.get(pk=note.pk).text
    assert text in {SECRET, Locked(b"")}
    return text == SECRET


def request() -> SimpleNamespace:
    return SimpleNamespace(session=SessionStore(), COOKIES={})


@pytest.fixture
def counsellor(network, lead):
    return make_actor(network, "alpha", Role.COUNSELLOR, name="Cem")


@pytest.fixture
def note(network, counsellor):
    enquiry = Enquiry(
        network=network, organisation_id=counsellor.organisation_id, channel="phone", outcome="information",
        idempotency_key="1" * 32,
    )  # fmt: skip
    enquiry.save()
    case = open_case(actor=counsellor, enquiry=enquiry, today=today(network.zone))
    return write_note(actor=counsellor, case=case, kind="facts", text=SECRET)


def give(case, **fields) -> Case:
    for name, value in fields.items():
        setattr(case, name, value)
    case.save()
    return case


def test_owner_and_lead_read_and_nobody_else(network, lead, counsellor, note):
    intake = make_actor(network, "alpha", Role.INTAKE, name="Ina")
    admin = make_actor(network, "alpha", Role.ADMIN, Role.DPO, name="Ada")
    foreign = make_actor(network, "beta", Role.LEAD, Role.COUNSELLOR, name="Fee")

    assert [reads(actor, note) for actor in (counsellor, lead, intake, admin, foreign)] == [True, True, *[False] * 3]


def test_a_deputy_reads_from_the_day_it_is_set_until_it_ends(network, counsellor, note):
    deputy = make_actor(network, "alpha", name="Dora")  # without a role: no key of a role opens it
    assert not reads(deputy, note)

    case = give(note.case, deputy_id=deputy.membership_id)
    sync_case(case)
    assert reads(deputy, note)

    sync_case(give(case, deputy_id=None))
    assert not reads(deputy, note)
    assert reads(counsellor, note)


def test_who_never_logged_in_gets_the_keys_after_the_first_log_in(network, counsellor, lead, note):
    user = User.objects.create_user("neu@alpha.example", PASSWORD, first_name="Nia", last_name="Neu")
    member = Membership(network=network, user=user, organisation_id=counsellor.organisation_id, roles=[])
    member.save()
    sync_case(give(note.case, deputy=member))
    actor = of_membership(member, network)

    open_keys(request(), actor=actor, user=user, secret=PASSWORD)
    assert Case.objects.get(pk=note.case_id).keys_due
    assert not reads(actor, note)

    with using(ring_of(lead)):
        assert settle(lead) == 1
    assert reads(actor, note)


def test_a_changed_password_opens_the_same_keys(counsellor, note):
    asked = request()
    user = User.objects.get(pk=counsellor.user_id)
    change_secret(asked, user=user, old=PASSWORD, new="another long password")

    assert reads(counsellor, note, "another long password")
    with pytest.raises(WrongSecretError):
        ring_of(counsellor)


def test_a_wrong_old_password_changes_nothing(counsellor, note):
    with pytest.raises(WrongSecretError):
        change_secret(request(), user=User.objects.get(pk=counsellor.user_id), old="wrong", new="x" * 12)

    assert reads(counsellor, note)


def test_after_a_lost_password_a_colleague_hands_the_keys_out_again(network, counsellor, lead, note):
    user = User.objects.get(pk=counsellor.user_id)
    left = start_anew(request(), actor=counsellor, user=user, secret="new long password", now=now())

    assert left == 0  # the lead's role can open it
    assert not reads(counsellor, note, "new long password")
    with using(ring_of(lead)):
        settle_roles(lead)
        settle(lead)
    assert reads(counsellor, note, "new long password")


def test_what_nobody_else_can_open_waits_for_the_old_password(network):
    alone = make_actor(network, "beta", Role.INTAKE, name="Solo")
    enquiry = Enquiry(
        network=network, organisation_id=alone.organisation_id, channel="phone", outcome="information",
        idempotency_key="2" * 32,
    )  # fmt: skip
    enquiry.save()
    Membership.objects.filter(pk=alone.membership_id).update(roles=["counsellor"])
    alone = of_membership(Membership.objects.get(pk=alone.membership_id), network)
    case = open_case(actor=alone, enquiry=enquiry, today=today(network.zone))
    kept = write_note(actor=alone, case=case, kind="facts", text=SECRET)
    user = User.objects.get(pk=alone.user_id)
    assert last_copies(pair_of_user(user.pk)) == [case.compartments.get().key_id]

    asked = request()
    assert start_anew(asked, actor=alone, user=user, secret="new long password", now=now()) == 1
    assert former_keys(user.pk) == 1
    assert not reads(alone, kept, "new long password")

    assert bring_back(asked, actor=alone, user=user, old_secret=PASSWORD) == 1
    assert reads(alone, kept, "new long password")
    assert former_keys(user.pk) == 0


def test_who_alone_is_counsellor_and_lead_loses_nothing_with_the_password(network):
    """The roles hold copies too, but nobody else could open the roles."""
    alone = make_actor(network, "beta", Role.COUNSELLOR, Role.LEAD, name="Solo")
    enquiry = Enquiry(
        network=network, organisation_id=alone.organisation_id, channel="phone", outcome="information",
        idempotency_key="4" * 32,
    )  # fmt: skip
    enquiry.save()
    case = open_case(actor=alone, enquiry=enquiry, today=today(network.zone))
    kept = write_note(actor=alone, case=case, kind="facts", text=SECRET)
    WrappedKey.objects.filter(holder__user=alone.user_id).exclude(data_key=None).delete()  # reads by the role alone
    assert reads(alone, kept)
    asked, user = request(), User.objects.get(pk=alone.user_id)

    start_anew(asked, actor=alone, user=user, secret="new long password", now=now())
    assert not reads(alone, kept, "new long password")
    bring_back(asked, actor=alone, user=user, old_secret=PASSWORD)

    assert reads(alone, kept, "new long password")


def test_nobody_brings_back_keys_with_a_wrong_password(counsellor, note):
    asked, user = request(), User.objects.get(pk=counsellor.user_id)
    start_anew(asked, actor=counsellor, user=user, secret="new long password", now=now())

    with pytest.raises(WrongSecretError):
        bring_back(asked, actor=counsellor, user=user, old_secret="wrong")


def test_who_leaves_opens_nothing_any_more(network, lead, counsellor, note):
    member = Membership.objects.get(pk=counsellor.membership_id)
    give(note.case, counsellor_id=lead.membership_id)
    member.ended_on = today(network.zone)
    member.save()
    take_back(member)
    sync_case(Case.objects.get(pk=note.case_id))

    assert not reads(counsellor, note)
    assert reads(lead, note)


def test_the_last_who_can_read_keeps_the_keys_until_somebody_else_can(network, counsellor, note):
    WrappedKey.objects.exclude(holder__user=counsellor.user_id).exclude(data_key=None).delete()
    heir = User.objects.create_user("erbin@alpha.example", PASSWORD, first_name="Eva", last_name="Erbin")
    member = Membership(network=network, user=heir, organisation_id=counsellor.organisation_id, roles=["counsellor"])
    member.save()
    KeyPair.objects.filter(kind="role").update(ended_at=now())
    case = give(note.case, counsellor=member)

    assert not sync_case(case)
    assert reads(counsellor, note)


def test_a_role_gets_a_new_pair_and_a_former_member_opens_nothing_with_the_old_one(network, lead, counsellor, note):
    former = make_actor(network, "alpha", Role.LEAD, name="Former")
    with using(ring_of(lead)):
        settle_roles(lead)
    old_ring = ring_of(former)
    assert old_ring.has(note.case.compartments.get().key_id)

    ring = ring_of(lead)
    holders = [pair_of_user(lead.user_id)]
    pair = renew_role(
        ring, network=network, organisation_id=lead.organisation_id, role=Role.LEAD, holders=holders, now=now()
    )
    assert move_keys(ring, pair) == 1

    assert reads(lead, note)
    assert not reads(former, note)


def test_recovery_takes_two_people_and_opens_everything_again(network, lead, counsellor, note):
    first, second = (User.objects.get(pk=actor.user_id) for actor in (lead, counsellor))
    organisation = lead.organisation_id
    sheet_a = begin_recovery(network=network, organisation_id=organisation, first=first, second=second)
    setup = RecoverySetup.objects.get()
    with using(ring_of(counsellor)):
        pair, sheet_b = finish_recovery(setup=setup, user=second, now=now())
    sync_case(note.case)
    WrappedKey.objects.exclude(holder=pair).delete()
    assert not reads(counsellor, note)
    assert not reads(lead, note)

    assert type_sheet(pair=pair, user=first, typed=sheet_a, reason="Alle Passwörter weg", now=now()) is None
    with pytest.raises(VaultError):
        type_sheet(pair=pair, user=first, typed=sheet_b, reason="", now=now())
    with pytest.raises(VaultError):
        type_sheet(pair=pair, user=second, typed=sheet_a, reason="", now=now())
    private = type_sheet(pair=pair, user=second, typed=sheet_b.lower().replace(" ", ""), reason="", now=now())

    with using(Keyring({pair.pk: private})):
        assert sync_case(note.case)
    assert reads(counsellor, note)


def test_one_sheet_tells_nothing_and_a_slip_of_the_pen_is_noticed(network, lead, counsellor):
    first, second = (User.objects.get(pk=actor.user_id) for actor in (lead, counsellor))
    sheet = begin_recovery(network=network, organisation_id=lead.organisation_id, first=first, second=second)
    with using(ring_of(counsellor)):
        pair, other = finish_recovery(setup=RecoverySetup.objects.get(), user=second, now=now())
    letters = set(sheet[2:6])
    slipped = sheet[:2] + ("Q" if "Q" not in letters else "R") + sheet[3:]

    with pytest.raises(WrongSecretError):
        type_sheet(pair=pair, user=first, typed=slipped, reason="", now=now())
    assert sheet != other


def test_sheet_b_is_for_the_second_alone_and_nobody_is_both(network, lead, counsellor):
    first, second = (User.objects.get(pk=actor.user_id) for actor in (lead, counsellor))
    with pytest.raises(VaultError):
        begin_recovery(network=network, organisation_id=lead.organisation_id, first=first, second=first)
    begin_recovery(network=network, organisation_id=lead.organisation_id, first=first, second=second)

    with pytest.raises(VaultError):
        finish_recovery(setup=RecoverySetup.objects.get(), user=first, now=now())
    with using(Keyring()), pytest.raises(LockedError):
        finish_recovery(setup=RecoverySetup.objects.get(), user=second, now=now())


def test_a_case_that_nobody_could_read_is_not_opened(network):
    actor = make_actor(network, "beta", Role.COUNSELLOR, name="Ohne")
    KeyPair.objects.all().delete()
    enquiry = Enquiry(
        network=network, organisation_id=actor.organisation_id, channel="phone", outcome="information",
        idempotency_key="3" * 32,
    )  # fmt: skip
    enquiry.save()
    case = open_case(actor=actor, enquiry=enquiry, today=today(network.zone))

    with using(Keyring()), pytest.raises(CaseworkError):
        write_note(actor=actor, case=case, kind="facts", text=SECRET)


def test_a_closed_text_is_saved_as_it_was(counsellor, note):
    with using(Keyring()):
        row = Note.objects.get(pk=note.pk)
        assert row.text == "verschlossen"
        row.save()

    assert reads(counsellor, note)


def test_owed_cases_are_marked_for_whoever_works_on_them_alone(network, counsellor, lead, note):
    other = make_actor(network, "alpha", Role.COUNSELLOR, name="Otto")
    Case.objects.update(keys_due=False)
    owed_to(other)
    owed_to(counsellor)

    assert not Case.objects.get().keys_due
