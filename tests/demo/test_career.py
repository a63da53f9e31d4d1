"""The demo's CV and letters: whoever has an own page, and people of leads."""

from tests.casework.conftest import make_case
from tests.factories import make_actor
from tests.owning import code_for, couple, rosa_of
from tragnetz.casework.career.models import CoverLetter, Resume
from tragnetz.demo.career import load_career
from tragnetz.network.models import Membership


def test_people_get_cv_and_letters_once(network):
    lead = make_actor(network, "alpha", "counsellor", "lead")
    with_page = couple(network, lead)
    code_for(lead, with_page, rosa_of(with_page))
    make_case(lead, topic="work")
    staff = list(Membership.objects.select_related("user"))

    assert load_career(network, staff) == 2
    assert load_career(network, staff) == 0
    assert Resume.objects.get(is_shared=True).coaching.person == rosa_of(with_page)
    assert (Resume.objects.count(), CoverLetter.objects.count()) == (2, 3)
    assert CoverLetter.objects.exclude(application=None).count() == 1
    assert all(version.pages == 1 for letter in CoverLetter.objects.all() for version in letter.versions.all())
