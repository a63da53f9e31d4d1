"""The demo's code opens one invented person's page."""

from tests.factories import make_actor
from tests.owning import couple
from tragnetz.casework.ownpage.commands import open_own_page
from tragnetz.casework.ownpage.models import OwnAccess
from tragnetz.core.clock import now
from tragnetz.demo.own import CODE, load_own_page
from tragnetz.network.models import Membership


def test_the_printed_code_opens_a_page(network):
    ada = make_actor(network, "alpha", "counsellor", name="Ada")
    couple(network, ada)

    assert load_own_page(network, list(Membership.objects.all()), "a long enough password")
    assert open_own_page(network=network, typed=CODE, now=now()) is not None


def test_a_demo_loaded_again_keeps_its_page(network):
    ada = make_actor(network, "alpha", "counsellor", name="Ada")
    couple(network, ada)

    for _ in range(2):
        assert load_own_page(network, list(Membership.objects.all()), "a long enough password")

    assert OwnAccess.objects.count() == 1


def test_without_a_case_there_is_no_page(network):
    make_actor(network, "alpha", "counsellor", name="Ada")

    assert not load_own_page(network, list(Membership.objects.all()), "a long enough password")
