"""One invented person's own page, with a code that is printed at every start of the demo."""

from collections.abc import Sequence

from tragnetz.casework.compartments import adults_of
from tragnetz.casework.enums import CaseState, StepOwner
from tragnetz.casework.models import Case, OwnAccess
from tragnetz.casework.ownpage.commands import make_access, reply
from tragnetz.clients.models import Relation
from tragnetz.core.clock import now, today
from tragnetz.network.actors import of_membership
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership, Network
from tragnetz.vault.keyring import Keyring, using
from tragnetz.vault.pairs import open_pair, pair_of_user

CODE = "DEM0-TRAG-NETZ"
REQUEST_KEY = "demo-own-page"


def load_own_page(network: Network, staff: Sequence[Membership], password: str) -> bool:
    """Give somebody the demo's code, once; tells whether there was a case with steps of the person to show."""
    if OwnAccess.objects.filter(request_key=REQUEST_KEY).exists():
        return True
    for membership in staff:
        if Role.COUNSELLOR not in membership.roles:
            continue
        rows = Case.objects.filter(
            counsellor=membership, state=CaseState.OPEN, steps__owner=StepOwner.PERSON, steps__done_on=None,
            household__people__relation=Relation.SELF,
        )  # fmt: skip
        case = rows.select_related("contact", "household").order_by("-opened_on", "-pk").first()
        pair = pair_of_user(membership.user_id)
        if case is None or pair is None:
            continue
        people = case.household.people.filter(relation=Relation.SELF, left_on=None)
        adults = adults_of(people, today(network.zone).year)
        if not adults:
            continue
        actor = of_membership(membership, network)
        with using(Keyring({pair.pk: open_pair(pair, password)})):
            make_access(
                actor=actor, case=case, person=adults[0], request_key=REQUEST_KEY, now=now(), code=CODE
            )  # fmt: skip
            reply(
                actor=actor, case=case, person=adults[0], now=now(), request_key=REQUEST_KEY,
                text="Guten Tag, hier können Sie mir schreiben. Bis zum nächsten Termin!",
            )  # fmt: skip
        return True
    return False
