"""How people come, change and leave: invitations, roles, ends."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from tests.factories import make_actor
from tragnetz.appointments.calendars.commands import make_feed
from tragnetz.appointments.calendars.queries import open_feed
from tragnetz.audit.models import Event
from tragnetz.config.cli import main
from tragnetz.core.clock import now, today
from tragnetz.network.actors import resident, staff, system
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership, Organisation, User
from tragnetz.network.scope import scope
from tragnetz.staff.commands import (
    FactorsTaken,
    accept_invitation,
    change_member,
    end_due,
    end_member,
    forget_invitations,
    invite,
    invite_by_operator,
    keep_member,
    plan_end,
    reset_by_operator,
    reset_second_factor,
    sign_out_by_operator,
    withdraw_invitation,
)
from tragnetz.staff.errors import InvitationError, LastOneError, MailError, NotAllowedError
from tragnetz.staff.models import Invitation, Session
from tragnetz.staff.queries import team_of

EMAIL = "neu@alpha.example"
PASSWORD = "vier zufaellige Worte hier"
NOBODY_ANSWERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": "127.0.0.1", "port": 1},
    }
}


@pytest.fixture
def admin(network):
    return make_actor(network, "alpha", "admin", "lead", name="Asli")


@pytest.fixture
def hanna(network):
    return make_actor(network, "alpha", "counsellor", name="Hanna")


def membership_of(actor) -> Membership:
    return Membership.objects.get(pk=actor.membership_id)


def invited(admin, email=EMAIL, roles=(Role.COUNSELLOR,), at=None) -> str:
    """Invite somebody; returns the secret of the link in the mail."""
    invite(
        actor=admin, email=email, roles=list(roles), languages=["de", "tr"], now=at or now(),
        address=lambda secret: f"https://netz.example/{secret}",
    )  # fmt: skip
    return re.search(r"https://netz\.example/(\S+)", mail.outbox[-1].body).group(1)


def accept(network, secret, *, at=None):
    return accept_invitation(
        actor=resident(network), secret=secret, first_name="Nele", last_name="Neu", password=PASSWORD, now=at or now()
    )


def test_an_invitation_makes_an_account_once(network, admin):
    secret = invited(admin)
    assert not User.objects.filter(email=EMAIL).exists()

    membership = accept(network, secret)

    assert membership.user.get_full_name() == "Nele Neu"
    assert membership.user.check_password(PASSWORD)
    assert (membership.organisation_id, membership.roles, membership.languages) == (
        admin.organisation_id, ["counsellor"], ["de", "tr"],
    )  # fmt: skip
    with pytest.raises(InvitationError):
        accept(network, secret)
    assert [event.verb for event in Event.objects.all()] == ["staff:invite", "staff:join"]
    assert EMAIL not in str(list(Event.objects.values()))


def test_the_database_does_not_know_the_link(admin):
    assert invited(admin) not in str(Invitation.objects.values().get())


def test_an_invitation_ends_after_seven_days(network, admin):
    secret = invited(admin)

    with pytest.raises(InvitationError):
        accept(network, secret, at=now() + timedelta(days=7, minutes=1))
    assert accept(network, secret, at=now() + timedelta(days=6, hours=23))


def test_an_address_of_somebody_who_never_came_is_forgotten(network, admin):
    invited(admin, at=now() - timedelta(days=96))
    invited(admin, email="spaet@alpha.example", at=now() - timedelta(days=98))

    assert forget_invitations(now()) == 1
    assert Invitation.objects.get().email == EMAIL


def test_a_new_invitation_ends_the_older_one(network, admin):
    first, second = invited(admin), invited(admin)

    with pytest.raises(InvitationError):
        accept(network, first)
    assert accept(network, second)


def test_an_invitation_can_be_taken_back(network, admin):
    secret = invited(admin)
    withdraw_invitation(actor=admin, invitation=Invitation.objects.get(), now=now())

    with pytest.raises(InvitationError):
        accept(network, secret)
    assert team_of(admin).invited == []


def test_an_address_has_one_open_invitation_in_the_database(admin):
    invited(admin)
    row = Invitation.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation(
            network=row.network, organisation=row.organisation, email=row.email, roles=[], secret_hash="x",
            invited_by=row.invited_by, expires_at=now(),
        ).save()  # fmt: skip


def test_a_colleague_is_not_invited_again(admin, hanna):
    with pytest.raises(InvitationError):
        invited(admin, User.objects.get(pk=hanna.user_id).email.upper())


def test_a_mail_that_does_not_go_out_leaves_nothing(admin, settings):
    settings.MAILERS = NOBODY_ANSWERS
    with pytest.raises(MailError):
        invited(admin)
    assert not Invitation.objects.exists()


def test_who_comes_back_keeps_name_and_password(network, admin, hanna):
    end_member(actor=admin, membership=membership_of(hanna), now=now(), confirmed=False)
    user = User.objects.get(pk=hanna.user_id)
    secret = invited(admin, user.email, roles=[Role.INTAKE])

    membership = accept(network, secret)

    assert membership.pk == hanna.membership_id
    assert (membership.user.first_name, membership.ended_on, membership.roles) == ("Hanna", None, ["intake"])
    assert membership.user.check_password("a long enough password")


def test_who_works_elsewhere_in_the_network_ends_that_first(network, admin):
    other = make_actor(network, "beta", "counsellor", name="Bea")
    secret = invited(admin, User.objects.get(pk=other.user_id).email)

    with pytest.raises(InvitationError, match="anderen Organisation"):
        accept(network, secret)


@pytest.mark.parametrize("roles", [["counsellor"], ["lead"], ["dpo"], ["intake", "catalogue", "programme"]])
def test_only_the_administration_manages_people(network, admin, hanna, roles):
    actor = make_actor(network, "alpha", *roles, name="Omar")
    target = membership_of(hanna)
    for deed in (
        lambda: invited(actor),
        lambda: change_member(actor=actor, membership=target, roles=[Role.LEAD], languages=[], confirmed=True),
        lambda: end_member(actor=actor, membership=target, now=now(), confirmed=True),
        lambda: plan_end(actor=actor, membership=target, last_day=today(network.zone), confirmed=True),
        lambda: keep_member(actor=actor, membership=target),
        lambda: reset_second_factor(actor=actor, membership=target),
    ):
        with pytest.raises(NotAllowedError):
            deed()


def test_an_administrator_reaches_the_own_organisation_alone(network, admin):
    other = make_actor(network, "beta", "counsellor", name="Bea")

    assert other.membership_id not in [one.membership.pk for one in team_of(admin).here]
    with pytest.raises(NotAllowedError):
        end_member(actor=admin, membership=membership_of(other), now=now(), confirmed=True)


def test_other_roles_hold_from_the_next_request(network, admin, hanna):
    change_member(
        actor=admin, membership=membership_of(hanna), roles=[Role.INTAKE], languages=["de", "uk"], confirmed=False
    )

    assert staff(User.objects.get(pk=hanna.user_id), network).roles == {Role.INTAKE}
    details = Event.objects.get(verb="staff:change").details
    assert details == {"gained": "intake", "lost": "counsellor"}


def test_nobody_gives_themselves_a_role(admin):
    with pytest.raises(NotAllowedError):
        change_member(
            actor=admin, membership=membership_of(admin), roles=[Role.ADMIN, Role.LEAD, Role.COUNSELLOR],
            languages=[], confirmed=True,
        )  # fmt: skip


@pytest.mark.parametrize("deed", ["change", "plan", "end"])
def test_the_last_administrator_goes_only_after_a_warning(network, admin, deed):
    def run(*, confirmed):
        target = membership_of(admin)
        if deed == "change":
            return change_member(actor=admin, membership=target, roles=[Role.LEAD], languages=[], confirmed=confirmed)
        if deed == "plan":
            return plan_end(actor=admin, membership=target, last_day=today(network.zone), confirmed=confirmed)
        return end_member(actor=admin, membership=target, now=now(), confirmed=confirmed)

    with pytest.raises(LastOneError) as refused:
        run(confirmed=False)
    assert Role.ADMIN in refused.value.roles
    assert run(confirmed=True)


def test_a_second_administrator_lets_the_first_go(network, admin):
    make_actor(network, "alpha", "admin", "lead", name="Zweite")

    assert end_member(actor=admin, membership=membership_of(admin), now=now(), confirmed=False)


def test_an_end_cuts_sessions_and_calendar_at_once(network, admin, hanna):
    client = Client()
    client.force_login(User.objects.get(pk=hanna.user_id), "allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/de/arbeit/").status_code == 200
    _feed, secret = make_feed(actor=hanna, now=now())
    assert open_feed(secret) is not None

    end_member(actor=admin, membership=membership_of(hanna), now=now(), confirmed=False)

    assert not Session.objects.filter(user=hanna.user_id).exists()
    assert client.get("/de/arbeit/").status_code == 302
    assert open_feed(secret) is None
    assert Event.objects.get(verb="staff:end").details == {"sessions": 1, "feeds": 1}
    Membership.objects.update(ended_on=None)
    assert open_feed(secret) is None  # who comes back gets a new address


def test_a_planned_end_comes_by_itself(network, admin, hanna):
    plan_end(actor=admin, membership=membership_of(hanna), last_day=today(network.zone), confirmed=False)
    assert staff(User.objects.get(pk=hanna.user_id), network) is not None
    assert end_due(network=network, now=now()) == 0
    Membership.objects.filter(pk=hanna.membership_id).update(last_day=today(network.zone) - timedelta(days=1))

    assert staff(User.objects.get(pk=hanna.user_id), network) is None  # before any worker came by
    assert end_due(network=network, now=now()) == 1
    assert membership_of(hanna).ended_on == today(network.zone)
    assert Event.objects.get(verb="staff:end").actor_kind == "system"


def test_a_planned_end_can_be_taken_back(network, admin, hanna):
    plan_end(actor=admin, membership=membership_of(hanna), last_day=today(network.zone), confirmed=False)

    assert keep_member(actor=admin, membership=membership_of(hanna)).last_day is None


def test_a_lost_second_factor_is_taken_away_by_a_colleague(admin, hanna):
    user = User.objects.get(pk=hanna.user_id)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")

    assert reset_second_factor(actor=admin, membership=membership_of(hanna)) == FactorsTaken(factors=1, told=True)
    with pytest.raises(NotAllowedError):
        reset_second_factor(actor=admin, membership=membership_of(admin))
    assert (mail.outbox[0].to, mail.outbox[0].subject) == ([user.email], "Änderung an Ihrem Konto")
    assert "Der zweite Faktor Ihres Kontos wurde entfernt." in mail.outbox[0].body


def at_work_elsewhere(hanna, other_network) -> Membership:
    """Let Hanna work in a second network of this installation, too, with the same account."""
    with scope(other_network):
        beta = Organisation.objects.get(key="beta")
        return Membership.objects.create(
            network=other_network, user_id=hanna.user_id, organisation=beta, roles=["counsellor"]
        )


def test_what_protects_another_network_too_is_taken_away_by_no_administration(network, other_network, admin, hanna):
    """Else the one's administration would open the other's cases to whoever has the password."""
    elsewhere = at_work_elsewhere(hanna, other_network)
    TOTP.activate(User.objects.get(pk=hanna.user_id), "JBSWY3DPEHPK3PXP")

    with pytest.raises(NotAllowedError, match="wer den Server betreibt") as refused:
        reset_second_factor(actor=admin, membership=membership_of(hanna))

    assert Authenticator.objects.filter(user=hanna.user_id).exists()
    assert mail.outbox == []
    assert "Netz" not in str(refused.value)  # where else somebody works is no matter of this administration
    with scope(other_network):
        Membership.objects.filter(pk=elsewhere.pk).update(ended_on=today(other_network.zone))
    assert reset_second_factor(actor=admin, membership=membership_of(hanna)).factors == 1


def test_the_operator_takes_it_away_and_each_network_reads_so(network, other_network, admin, hanna):
    elsewhere = at_work_elsewhere(hanna, other_network)
    TOTP.activate(User.objects.get(pk=hanna.user_id), "JBSWY3DPEHPK3PXP")

    taken = reset_by_operator(actor=system(network), membership=membership_of(hanna))

    assert taken == FactorsTaken(factors=1, told=True)
    assert [one.to for one in mail.outbox] == [[User.objects.get(pk=hanna.user_id).email]]
    assert Event.objects.get(verb="staff:factor-reset").object_id == hanna.membership_id
    with scope(other_network):
        told = Event.objects.get(verb="staff:factor-reset")
        assert (told.object_id, told.actor_kind, told.details["factors"]) == (elsewhere.pk, "system", 1)


def test_a_mail_that_does_not_go_out_keeps_nobody_from_a_new_factor(admin, hanna, settings):
    settings.MAILERS = NOBODY_ANSWERS
    TOTP.activate(User.objects.get(pk=hanna.user_id), "JBSWY3DPEHPK3PXP")

    taken = reset_second_factor(actor=admin, membership=membership_of(hanna))

    assert taken == FactorsTaken(factors=1, told=False)
    assert not Authenticator.objects.filter(user=hanna.user_id).exists()


def test_who_left_is_listed_apart(network, admin, hanna):
    end_member(actor=admin, membership=membership_of(hanna), now=now(), confirmed=False)

    team = team_of(admin)
    assert [one.membership.pk for one in team.gone] == [hanna.membership_id]
    assert hanna.membership_id not in [one.membership.pk for one in team.here]
    assert Organisation.objects.get(key="alpha").memberships.count() == 2


def test_the_operator_invites_the_first_administrator_from_the_command_line(network, capsys):
    assert main(["staff", "invite", "chefin@alpha.example", "--organisation", "alpha"]) == 0
    secret = re.search(r"/de/konto/einladung/([^/]+)/", capsys.readouterr().out).group(1)

    membership = accept(network, secret)

    assert (membership.organisation.key, membership.roles) == ("alpha", ["admin"])
    assert mail.outbox == []
    assert main(["staff", "invite", "chefin@alpha.example", "--organisation", "alpha"]) == 1


@pytest.mark.parametrize("wrong", [["--organisation", "gamma"], ["--organisation", "alpha", "--role", "king"]])
def test_the_operator_is_told_what_there_is(network, capsys, wrong):
    assert main(["staff", "invite", "chefin@alpha.example", *wrong]) == 1
    assert "Es gibt: a" in capsys.readouterr().err.replace("intake, counsellor, lead, catalogue, programme, dpo, ", "")


def test_nobody_else_is_the_operator(admin):
    with pytest.raises(NotAllowedError):
        invite_by_operator(
            actor=admin, organisation=Organisation.objects.get(key="alpha"), email=EMAIL, roles=[Role.ADMIN], now=now()
        )


def test_the_operator_signs_out_one_person_or_all(network, admin, hanna, capsys):
    browsers = {}
    for actor in (admin, hanna):
        user = User.objects.get(pk=actor.user_id)
        browsers[user.email] = client = Client()
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    mine = User.objects.get(pk=hanna.user_id).email

    assert main(["staff", "sign-out", "nobody@alpha.example"]) == 1
    assert main(["staff", "sign-out", mine]) == 0
    assert {email: client.get("/de/konto/sitzungen/").status_code for email, client in browsers.items()} == {
        email: 302 if email == mine else 200 for email in browsers
    }
    assert main(["staff", "sign-out", "--all"]) == 0

    assert {client.get("/de/konto/sitzungen/").status_code for client in browsers.values()} == {302}
    assert "Beendete Anmeldungen: 1" in capsys.readouterr().out
    assert Event.objects.filter(verb="session:end", actor_kind="system").count() == 2


def test_each_network_of_somebody_reads_that_they_were_signed_out(network, other_network, hanna, capsys):
    at_work_elsewhere(hanna, other_network)
    user = User.objects.get(pk=hanna.user_id)
    Client().force_login(user, "allauth.account.auth_backends.AuthenticationBackend")

    assert main(["staff", "sign-out", user.email]) == 0

    for one in (network, other_network):
        with scope(one):
            assert Event.objects.get(verb="session:end").details == {"sessions": 1, "everybody": False}


def test_nobody_else_signs_others_out(admin):
    with pytest.raises(NotAllowedError):
        sign_out_by_operator(actor=admin, user=None)
