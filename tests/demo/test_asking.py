"""Some of the demo's answers after a project come from the people themselves, and the figures stay the same."""

from collections import Counter

from tests.demo.test_participations import demo  # noqa: F401 -- a fixture
from tragnetz.core.clock import today
from tragnetz.demo.asking import ANSWERED, load_asking
from tragnetz.reporting.asking.models import OwnQuestion
from tragnetz.reporting.models import Answers


def test_a_few_have_answered_themselves_and_the_figures_stay(herne, demo):  # noqa: F811 -- the fixture
    day = today(herne.zone)
    told = {one.participation_id: one.answers for one in Answers.objects.filter(moment="six_months")}
    theirs = Answers.objects.filter(
        moment="six_months", participation__person__relation="self", participation__case__isnull=False, answered_on__lte=day
    )  # fmt: skip
    wanted = min(theirs.count(), len(ANSWERED))
    made = load_asking(herne, day)

    states = Counter(OwnQuestion.objects.values_list("state", flat=True))
    assert (states["answered"], sum(states.values())) == (Answers.objects.exclude(told_by="staff").count(), made)
    assert states["answered"] == wanted
    assert {one.participation_id: one.answers for one in Answers.objects.filter(moment="six_months")} == told
    assert load_asking(herne, day) == 0
