"""The demo's code opens one invented person's page."""

from tests.factories import make_actor
from tests.owning import couple
from tragnetz.casework.models import OwnAccess, OwnMessage
from tragnetz.casework.ownpage.commands import open_own_page
from tragnetz.core.clock import now
from tragnetz.demo.own import CODE, load_own_page
from tragnetz.network.models import Membership


def test_the_printed_code_opens_a_page(network):
    ada = make_actor(network, "alpha", "counsellor", name="Ada")
    couple(network, ada)

    assert load_own_page(network, list(Membership.objects.all()), "a long enough password")
    assert open_own_page(network=network, typed=CODE, now=now()) is not None


def test_a_second_start_keeps_the_code_and_writes_nothing_again(network):
    ada = make_actor(network, "alpha", "counsellor", name="Ada")
    couple(network, ada)
    staff = list(Membership.objects.all())
    load_own_page(network, staff, "a long enough password")
    made = OwnAccess.objects.get()

    assert load_own_page(network, staff, "a long enough password")
    assert OwnAccess.objects.get() == made
    assert OwnMessage.objects.count() == 1
    assert open_own_page(network=network, typed=CODE, now=now()) is not None


def test_without_a_case_there_is_no_page(network):
    make_actor(network, "alpha", "counsellor", name="Ada")

    assert not load_own_page(network, list(Membership.objects.all()), "a long enough password")
