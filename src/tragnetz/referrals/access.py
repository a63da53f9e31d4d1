"""Whose hand it is: the sender works on the case, the recipient belongs to the organisation or came by its link."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy

from tragnetz.casework.access import must_write, visible_cases
from tragnetz.casework.errors import CaseworkError
from tragnetz.consent.models import Release
from tragnetz.consent.queries import Asked, cover_under, in_force
from tragnetz.core.clock import today
from tragnetz.network.actors import Actor
from tragnetz.network.policy import Deed, may
from tragnetz.referrals.enums import Basis, Side, State
from tragnetz.referrals.errors import ReferralError
from tragnetz.referrals.models import Referral

GONE = gettext_lazy("Diese Vermittlung gibt es nicht mehr. Bitte fragen Sie die Beratung.")


def can_answer(actor: Actor) -> bool:
    """Whether somebody answers what was referred to their organisation."""
    return may(actor, Deed.REFERRAL_ANSWER)


def standing() -> Q:
    """Return the condition that nothing on which a referral stands has ended; the first half of `stands`."""
    through = Referral.releases.through.objects.filter(referral=OuterRef("pk"))
    valid = Release.objects.filter(in_force(), person__left_on=None)
    holds = Q(~Exists(through.exclude(release__in=valid)))
    return Q(case__restricted_on=None) & (~Q(basis=Basis.RELEASED) | holds)


def asked_of(referral: Referral) -> Asked:
    """Return whose data it is about and who may speak, for questions to consent."""
    case = referral.case
    counsellors = frozenset(filter(None, (case.counsellor_id, case.deputy_id)))
    return Asked(case.household_id, case.organisation_id, counsellors)


def stands(referral: Referral) -> bool:
    """Whether the recipient may still see what was sent: asked in the database, at its own now."""
    if not Referral.objects.filter(standing(), pk=referral.pk).exists():
        return False
    if referral.basis != Basis.RELEASED:
        return True
    releases = list(referral.releases.values_list("pk", flat=True))
    cover = cover_under(asked_of(referral), releases, on=today(referral.network.zone))
    mine = cover.persons.get(referral.person_id, frozenset()) if referral.person_id else frozenset()
    return set(referral.shared_groups) <= cover.shared and set(referral.groups) <= cover.shared | mine


def visible_received(actor: Actor) -> QuerySet[Referral]:
    """Return what was referred to the actor's organisation and still stands; nothing for other roles."""
    rows = Referral.objects.filter(standing(), to_organisation=actor.organisation_id, to_organisation__isnull=False)
    rows = rows.exclude(state__in=[State.DRAFT, State.CANCELLED])
    return rows if can_answer(actor) else rows.none()


def visible_sent(actor: Actor) -> QuerySet[Referral]:
    """Return the referrals of the cases that the actor sees."""
    return Referral.objects.filter(case__in=visible_cases(actor).order_by())


def side_of(actor: Actor, referral: Referral) -> Side:
    """Return for which side somebody acts. Raises ReferralError for whoever is on neither, or may not see it now.

    The actor of a link (`partner`) is made by `links` alone, which has looked at secret, code and end.
    """
    if actor.kind == "partner" and stands(referral):
        return Side.RECIPIENT
    if not actor.is_staff:
        raise ReferralError(GONE)
    if visible_received(actor).filter(pk=referral.pk).exists() and not _works_on(actor, referral):
        if not stands(referral):
            raise ReferralError(GONE)
        return Side.RECIPIENT
    must_send(actor, referral)
    return Side.SENDER


def _works_on(actor: Actor, referral: Referral) -> bool:
    return visible_cases(actor).filter(pk=referral.case_id).exists()


def must_send(actor: Actor, referral: Referral) -> None:
    """Raise ReferralError unless the actor works on the case."""
    try:
        must_write(actor, referral.case)
    except CaseworkError as error:
        raise ReferralError(str(error)) from error
