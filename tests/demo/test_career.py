"""The demo's CV and letters: two people, one of whom finds hers on her own page."""

from tests.casework.conftest import make_case
from tests.factories import make_actor
from tragnetz.casework.career.models import CoverLetter, Resume
from tragnetz.casework.coaching.commands import start_coaching
from tragnetz.core.clock import today
from tragnetz.demo.career import load_career
from tragnetz.network.models import Membership


def test_two_people_get_cv_and_letters_once(network):
    actor = make_actor(network, "alpha", "counsellor")
    for _number in range(2):
        start_coaching(actor=actor, case=make_case(actor, topic="work"), person=None, today=today(network.zone))

    assert load_career(network, list(Membership.objects.all())) == 2
    assert load_career(network, list(Membership.objects.all())) == 0
    assert (Resume.objects.count(), CoverLetter.objects.count()) == (2, 3)
    assert CoverLetter.objects.exclude(application=None).count() == 1
    assert all(version.pages == 1 for letter in CoverLetter.objects.all() for version in letter.versions.all())
