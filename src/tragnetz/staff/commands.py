"""How people come, change and leave. All are of one organisation, and all leave an event."""

import secrets
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from tragnetz.appointments.calendars.commands import end_feeds
from tragnetz.audit.commands import record
from tragnetz.core.clock import today
from tragnetz.core.links import secret_hash
from tragnetz.core.transactions import wait_for
from tragnetz.network.actors import Actor, of_membership, system
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership, Network, Organisation, User
from tragnetz.network.queries import in_each_network
from tragnetz.staff.access import manager, must_manage
from tragnetz.staff.enums import ROLE_NAMES
from tragnetz.staff.errors import InvitationError, LastOneError, MailError, NotAllowedError
from tragnetz.staff.mail import send_invitation, send_notice
from tragnetz.staff.models import Invitation, Session
from tragnetz.staff.queries import account_of, networks_of, open_invitation, roles_of_others
from tragnetz.staff.rules import INVITATION_KEPT, INVITATION_LIFE, gained, left_without
from tragnetz.staff.sessions import end_sessions, handle_of, sessions_of

SECRET_BYTES = 32


def invite(
    *, actor: Actor, email: str, roles: Sequence[Role], languages: Sequence[str], now: datetime,
    address: Callable[[str], str],
) -> Invitation:  # fmt: skip
    """Send somebody a link, good once and for seven days; an older one to the same address ends.

    `address` makes the link of a secret. Raises InvitationError when they are in the team already, MailError when the
    mail did not go out: then nothing was changed.
    """
    organisation_id, user_id = manager(actor)
    email = email.strip().lower()
    secret = secrets.token_urlsafe(SECRET_BYTES)
    with transaction.atomic():
        invitation = _new_invitation(actor, organisation_id, user_id, email, roles, languages, secret, now)
        # Last of all, so that a mail server that is down takes everything back.
        send_invitation(invitation, name=actor.name, address=address(secret))
    return invitation


@transaction.atomic
def invite_by_operator(
    *, actor: Actor, organisation: Organisation, email: str, roles: Sequence[Role], now: datetime
) -> str:
    """Return the secret of a link for somebody of an organisation that has no administration yet; no mail is sent.

    For whoever runs the machine, from the command line. Raises InvitationError.
    """
    _must_operate(actor)
    if not organisation.is_member:
        raise InvitationError(_("Diese Organisation gehört nicht zum Beratungsnetz."))
    secret = secrets.token_urlsafe(SECRET_BYTES)
    _new_invitation(actor, organisation.pk, None, email.strip().lower(), roles, [], secret, now)
    return secret


@transaction.atomic
def withdraw_invitation(*, actor: Actor, invitation: Invitation, now: datetime) -> None:
    """End a link before it is used."""
    must_manage(actor, invitation.organisation_id)
    rows = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None)
    if rows.update(withdrawn_at=now):
        record(actor, "staff:withdraw", invitation)


@transaction.atomic
def accept_invitation(
    *, actor: Actor, secret: str, first_name: str, last_name: str, password: str, now: datetime
) -> Membership:
    """Use a link: make the account, or bring one that is there already back into the organisation.

    An account that is there keeps its name and password. `actor` is whoever opened the link. Raises InvitationError.
    """
    wait_for(f"accept:{secret_hash(secret)}")
    invitation = open_invitation(secret, now)
    if invitation is None:
        raise InvitationError(_("Dieser Link gilt nicht mehr. Bitte lassen Sie sich neu einladen."))
    user = account_of(invitation)
    if user is None:
        user = User.objects.create_user(invitation.email, password, first_name=first_name, last_name=last_name)
    elif Membership.objects.filter(user=user, ended_on=None).exclude(organisation=invitation.organisation).exists():
        raise InvitationError(
            _("Sie gehören noch zu einer anderen Organisation im Netz. Bitte lassen Sie diesen Zugang zuerst beenden.")
        )
    membership, _made = Membership.objects.update_or_create(
        network=actor.network, user=user, organisation=invitation.organisation,
        defaults={
            "roles": invitation.roles, "languages": invitation.languages, "ended_on": None, "last_day": None,
        },
    )  # fmt: skip
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    record(of_membership(membership, actor.network), "staff:join", membership, roles=",".join(invitation.roles))
    return membership


@transaction.atomic
def change_member(
    *, actor: Actor, membership: Membership, roles: Sequence[Role], languages: Sequence[str], confirmed: bool
) -> Membership:
    """Give somebody other roles and languages. They hold from the next request on.

    Raises NotAllowedError when administrators give themselves a role, LastOneError when the organisation would be
    without administration or lead, unless `confirmed`.
    """
    must_manage(actor, membership.organisation_id)
    new = gained(membership.roles, roles)
    if new and membership.pk == actor.membership_id:
        raise NotAllowedError(_("Sich selbst kann niemand Rollen geben. Bitte fragen Sie eine Kollegin oder Kollegen."))
    _must_leave_somebody(actor, membership, roles, confirmed=confirmed)
    lost = gained(roles, membership.roles)
    membership.roles, membership.languages = list(roles), list(languages)
    membership.save(update_fields=["roles", "languages"])
    record(actor, "staff:change", membership, gained=",".join(sorted(new)), lost=",".join(sorted(lost)))
    return membership


@transaction.atomic
def plan_end(*, actor: Actor, membership: Membership, last_day: date, confirmed: bool) -> Membership:
    """Let access end after a day that is still to come. Raises LastOneError unless `confirmed`."""
    must_manage(actor, membership.organisation_id)
    _must_leave_somebody(actor, membership, (), confirmed=confirmed)
    membership.last_day = last_day
    membership.save(update_fields=["last_day"])
    record(actor, "staff:plan-end", membership, last_day=last_day.isoformat())
    return membership


@transaction.atomic
def keep_member(*, actor: Actor, membership: Membership) -> Membership:
    """Take back a planned end."""
    must_manage(actor, membership.organisation_id)
    membership.last_day = None
    membership.save(update_fields=["last_day"])
    record(actor, "staff:keep", membership)
    return membership


@transaction.atomic
def end_member(*, actor: Actor, membership: Membership, now: datetime, confirmed: bool) -> Membership:
    """End somebody's access at once: signed out everywhere, calendar address ended. Raises LastOneError."""
    must_manage(actor, membership.organisation_id)
    _must_leave_somebody(actor, membership, (), confirmed=confirmed)
    return _end(actor, membership, now)


@transaction.atomic
def end_by_operator(*, actor: Actor, membership: Membership, now: datetime) -> Membership:
    """End somebody's access at once, whatever roles are missing then. For whoever runs the machine."""
    _must_operate(actor)
    return _end(actor, membership, now)


def end_due(*, network: Network, now: datetime) -> int:
    """End the access of those whose last day is over; returns how many. Their requests are refused before that."""
    rows = Membership.objects.filter(ended_on=None, last_day__lt=today(network.zone)).select_related("user")
    ended = 0
    for membership in rows:
        with transaction.atomic():
            _end(system(network), membership, now)
        ended += 1
    return ended


def forget_invitations(now: datetime) -> int:
    """Delete links that ran out, were used or taken back a while ago: whoever never came left an address here."""
    return Invitation.objects.filter(expires_at__lt=now - INVITATION_KEPT).delete()[0]


@dataclass(frozen=True, slots=True)
class FactorsTaken:
    """How many second factors somebody had, and whether they were told by mail that these are gone."""

    factors: int
    told: bool


def reset_second_factor(*, actor: Actor, membership: Membership) -> FactorsTaken:
    """Take away somebody's second factors, for instance after a phone was lost, and sign them out everywhere.

    Raises NotAllowedError where their account opens another network of this installation, too: what protects that one
    is not this administration's. Where it is, they are not told.
    """
    must_manage(actor, membership.organisation_id)
    if membership.pk == actor.membership_id:
        raise NotAllowedError(_("Den eigenen zweiten Faktor ändern Sie unter „Anmeldung sichern“."))
    if any(one.pk != actor.network.pk for one in networks_of(membership.user)):
        raise NotAllowedError(
            _("Bei diesem Konto nimmt den zweiten Faktor nur weg, wer den Server betreibt. Bitte fragen Sie dort.")
        )
    with transaction.atomic():
        taken = _take_factors(membership.user)
        record(actor, "staff:factor-reset", membership, **taken)
    return FactorsTaken(taken["factors"], _is_told_of_factors(membership.user))


def reset_by_operator(*, actor: Actor, membership: Membership) -> FactorsTaken:
    """Take away somebody's second factors and sign them out everywhere. For whoever runs the machine.

    Each network in which they work reads it in its trail.
    """
    _must_operate(actor)
    with transaction.atomic():
        taken = _take_factors(membership.user)
        _record_everywhere("staff:factor-reset", membership.user, **taken)
    return FactorsTaken(taken["factors"], _is_told_of_factors(membership.user))


def _take_factors(user: User) -> dict[str, int]:
    count, _by_model = Authenticator.objects.filter(user=user).delete()
    return {"factors": int(count), "sessions": end_sessions(user.pk)}


def _is_told_of_factors(user: User) -> bool:
    try:
        send_notice(
            user.email, _("Der zweite Faktor Ihres Kontos wurde entfernt. Beim Anmelden richten Sie einen neuen ein.")
        )
    except MailError:  # whoever lost a phone is to work again, also while no mail leaves
        return False
    return True


def _record_everywhere(verb: str, user: User | None, **details: int | bool) -> None:
    """Write an event into the trail of each network in which somebody works; without `user` of every network."""

    def tell(network: Network) -> None:
        if user is None:
            record(system(network), verb, None, **details)
            return
        for row in Membership.objects.filter(user=user, ended_on=None):
            record(system(network), verb, row, **details)

    in_each_network(tell)


@transaction.atomic
def sign_out_everywhere(*, actor: Actor, user_id: uuid.UUID, keep: str | None = None) -> int:
    """Sign oneself out on all devices, but for the session to `keep`; returns how many ended."""
    if user_id != actor.user_id:
        raise NotAllowedError(_("Abmelden kann jede Person nur sich selbst."))
    count = end_sessions(user_id, keep=keep)
    record(actor, "session:end", None, sessions=count)
    return count


@transaction.atomic
def sign_out_by_operator(*, actor: Actor, user: User | None) -> int:
    """End all sessions of one person, or without `user` of everybody; returns how many ended.

    For whoever runs the machine, from the command line: a lost device, a break-in. Each network in which they work
    reads it in its trail.
    """
    _must_operate(actor)
    rows = Session.objects.exclude(user=None) if user is None else Session.objects.filter(user=user)
    count, _by_model = rows.delete()
    _record_everywhere("session:end", user, sessions=int(count), everybody=user is None)
    return int(count)


@transaction.atomic
def sign_out_session(*, actor: Actor, user_id: uuid.UUID, handle: str, now: datetime) -> int:
    """Sign oneself out on one device, named by its handle; returns 0 when it is over already."""
    if user_id != actor.user_id:
        raise NotAllowedError(_("Abmelden kann jede Person nur sich selbst."))
    keys = [row.pk for row in sessions_of(user_id, now) if handle_of(row.pk) == handle]
    count, _by_model = Session.objects.filter(pk__in=keys).delete()
    record(actor, "session:end", None, sessions=count)
    return int(count)


def _must_operate(actor: Actor) -> None:
    if actor.kind != "system":
        raise NotAllowedError(_("Das darf nur, wer den Server betreibt."))


def _end(actor: Actor, membership: Membership, now: datetime) -> Membership:
    membership.ended_on = today(actor.network.zone)
    membership.save(update_fields=["ended_on"])
    sessions = end_sessions(membership.user_id)
    feeds = end_feeds(membership.pk, now)
    record(actor, "staff:end", membership, sessions=sessions, feeds=feeds)
    return membership


def _new_invitation(
    actor: Actor, organisation_id: uuid.UUID, user_id: uuid.UUID | None, email: str, roles: Sequence[Role],
    languages: Sequence[str], secret: str, now: datetime,
) -> Invitation:  # fmt: skip
    wait_for(f"invite:{organisation_id}:{email}")
    if Membership.objects.filter(organisation=organisation_id, user__email=email, ended_on=None).exists():
        raise InvitationError(_("Diese Person gehört schon zu Ihrem Team."))
    rows = Invitation.objects.filter(organisation=organisation_id, email=email)
    rows.filter(accepted_at=None, withdrawn_at=None).update(withdrawn_at=now)
    invitation = Invitation(
        network=actor.network, organisation_id=organisation_id, email=email, roles=list(roles),
        languages=list(languages), secret_hash=secret_hash(secret), invited_by_id=user_id, created_at=now,
        expires_at=now + INVITATION_LIFE,
    )  # fmt: skip
    invitation.save()
    record(actor, "staff:invite", invitation, roles=",".join(roles))
    return invitation


def _must_leave_somebody(actor: Actor, membership: Membership, roles: Sequence[Role], *, confirmed: bool) -> None:
    wait_for(f"staff:{membership.organisation_id}")  # two administrators who take each other's role at a time
    others = roles_of_others(membership, today(actor.network.zone))
    missing = left_without(membership.roles, roles, others)
    if missing and not confirmed:
        names = ", ".join(str(ROLE_NAMES[role]) for role in missing)
        raise LastOneError(
            _("Danach hat in Ihrer Organisation niemand mehr diese Rolle: %(roles)s.") % {"roles": names}, missing
        )
