"""Rows made by hand for tests that need only a few."""

from datetime import date, time

from tests.quick import PASSWORD
from tragnetz.appointments.models import Roster
from tragnetz.casework.keys import settle_roles
from tragnetz.directory.models import Service, ServiceAtLocation
from tragnetz.network.actors import Actor, of_membership
from tragnetz.network.models import (
    District,
    Hotline,
    Locality,
    Membership,
    Network,
    Organisation,
    Site,
    StreetRange,
    User,
)
from tragnetz.network.scope import scope
from tragnetz.vault.keyring import current_keyring
from tragnetz.vault.models import KeyPair
from tragnetz.vault.pairs import make_pair, open_pair, pair_of_user

OFFICE_HOURS = [{"days": ["mo", "tu", "we", "th", "fr"], "opens": "08:00", "closes": "15:00"}]


def make_network(key: str = "testtal") -> Network:
    """Return a network with two districts, a street in each, one line and two organisations."""
    network = Network.objects.create(
        key=key, name={"de": f"Netz {key}"}, city="Testtal", ags="00000000", holiday_subdivision="NW",
        languages=["de", "simple", "en", "tr", "ar", "uk"],
    )  # fmt: skip
    with scope(network):
        _fill(network)
    return network


def _fill(network: Network) -> None:
    for position, name in enumerate(("Mitte", "Nord")):
        district = District(network=network, key=name.lower(), name=name, position=position)
        district.save()
        locality = Locality(network=network, key=f"{name.lower()}-kern", name=f"{name}-Kern", district=district)
        locality.save()
        StreetRange(network=network, street=f"{name}straße", locality=locality).save()
        line = Hotline(
            network=network, key=f"line-{name.lower()}", name={"de": name}, phone="0221 4710-100", hours=OFFICE_HOURS
        )
        line.save()
        line.districts.add(district)
    for name in ("alpha", "beta"):
        Organisation(
            network=network, key=name, name=f"{name.title()} e. V.", short_name=name.title(), kind="welfare",
            regime="dsgvo", is_member=True,
        ).save()  # fmt: skip


def make_actor(network: Network, organisation: str = "alpha", *roles: str, name: str = "Ada") -> Actor:
    """Return a member of staff; call inside the network's scope."""
    user = User.objects.create_user(
        f"{name.lower()}@{organisation}.example", PASSWORD, first_name=name, last_name="Test"
    )
    membership = Membership(
        network=network, user=user, organisation=Organisation.objects.get(key=organisation), roles=list(roles)
    )
    membership.save()
    return with_keys(of_membership(membership, network), user, PASSWORD)


def with_keys(actor: Actor, user: User, secret: str) -> Actor:
    """Put the keys of a member of staff on the test's ring, as their log-in would."""
    pair = pair_of_user(user.pk)
    if pair is None:
        pair, private = make_pair(network=actor.network, user=user, secret=secret)
        current_keyring().add_private(pair.pk, private)
    else:
        _open(pair, secret)
    settle_roles(actor)
    return actor


def open_keys(actor: Actor, user: User, secret: str) -> Actor:
    """The same at less cost, for somebody of a database in which the keys of roles are settled."""
    pair = pair_of_user(user.pk)
    if pair is None:
        return with_keys(actor, user, secret)
    _open(pair, secret)
    return actor


def _open(pair: KeyPair, secret: str) -> None:
    if pair.pk not in current_keyring().holders():
        current_keyring().add_private(pair.pk, open_pair(pair, secret))


def make_roster(membership_id, *, weekdays=range(5), starts=time(8), ends=time(16), kinds=("phone", "on_site")):
    """Give a counsellor weekly hours."""
    membership = Membership.objects.get(pk=membership_id)
    for weekday in weekdays:
        Roster(
            network_id=membership.network_id, membership=membership, weekday=weekday, starts=starts, ends=ends,
            kinds=list(kinds), valid_from=date(2020, 1, 1),
        ).save()  # fmt: skip


def make_service(network, key, name, *, locality="", hours=(), languages=()):
    """Return an offer of Alpha, at a site in an Ortsteil if one is given; `index_words` makes it findable."""
    organisation = Organisation.objects.get(key="alpha")
    row = Service(
        network=network, key=key, kind="offer", name={"de": name}, summary={"de": name}, description={"de": ""},
        organisation=organisation, source={}, checked={"state": "confirmed"}, languages=list(languages),
        search_name=name, search_text=name, search_words=name.lower(),
    )  # fmt: skip
    row.save()
    if locality:
        site = Site(
            network=network, key=f"site-{key}", organisation=organisation, name=name, street="Weg",
            locality=Locality.objects.get(key=locality),
        )  # fmt: skip
        site.save()
        ServiceAtLocation(network=network, service=row, site=site, hours=list(hours)).save()
    return row
