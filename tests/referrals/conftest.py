"""Rosa and Kim, accompanied by Ada of Alpha, are referred to Beta, where Fred works."""

from datetime import timedelta

import pytest

from tests.allowed import KIND, ROSA, make_case, person_of, release
from tragnetz.casework.models import Case
from tragnetz.clients.models import Contact
from tragnetz.core.clock import now
from tragnetz.core.ids import new_id
from tragnetz.network.models import Organisation
from tragnetz.referrals.commands import Details, draft_referral, send_referral
from tragnetz.referrals.links import make_link
from tragnetz.referrals.models import Referral
from tragnetz.referrals.offering import candidates, offer_of
from tragnetz.vault.keyring import Keyring, using
from tragnetz.vault.pairs import open_pair, pair_of_user

REASON = "Sucht Hilfe bei Schulden Wiedehopf"


@pytest.fixture
def case(network, ada, fred):
    made = make_case(network, ada, ROSA, KIND)
    Contact.objects.filter(pk=made.contact_id).update(may_text=True)
    return Case.objects.select_related("contact", "household", "network", "organisation").get(pk=made.pk)


@pytest.fixture
def rosa(case):
    return person_of(case)


def beta():
    return Organisation.objects.get(key="beta")


def details(case, **given):
    if "organisation" not in given:
        given["organisation"] = beta()
    known = {"basis": "released", "reason": REASON, "reply_by": day(7)} | given
    if known["basis"] == "released" and "releases" not in known:
        known["releases"] = list(candidates(case, known["organisation"]))
    return Details(**known)


def day(days):
    return (now() + timedelta(days=days)).date()


def drafted(actor, case, **given):
    return draft_referral(actor=actor, case=case, details=details(case, **given), request_key=new_id().hex, now=now())


def pieces(referral, *groups):
    """Return the keys of what can be ticked, of all groups or some."""
    releases = referral.releases.values_list("pk", flat=True)
    found = offer_of(referral.case, referral.person, referral.basis, list(releases), day(0))
    return [one.key for one in found.pieces if not groups or one.group in groups]


def sent(actor, case, *groups, **given):
    row = drafted(actor, case, **given)
    ticked = pieces(row, *groups) if groups or row.basis != "anonymous" else []
    send_referral(actor=actor, referral=row, ticked=ticked, now=now())
    return Referral.objects.select_related("case__contact", "case__household", "network", "compartment__person").get(
        pk=row.pk
    )


def address(secret):
    return f"https://stadt.example/de/antwort/{secret}/"


def linked(actor, referral, **given):
    """Return (secret, made)."""
    made = make_link(actor=actor, referral=referral, address=address, now=now(), **given)
    return made.address.rstrip("/").rpartition("/")[2], made


def ring_of(actor):
    """A ring with one member of staff alone, as in their own request."""
    pair = pair_of_user(actor.user_id)
    return using(Keyring({pair.pk: open_pair(pair, "a long enough password")}))


@pytest.fixture
def referral(ada, case, rosa):
    release(ada, rosa, "contact", "goals")
    return sent(ada, case)
