"""The demo's letters: a draft for a deadline, and one that has left."""

from tests.casework.conftest import make_case
from tests.factories import make_actor
from tragnetz.casework.letters.book import kinds
from tragnetz.casework.letters.drafts import draft_of, missing
from tragnetz.casework.letters.queries import title_of
from tragnetz.casework.models import Letter, LetterSending, LetterVersion
from tragnetz.demo.deadlines import load_deadlines
from tragnetz.demo.letters import load_letters
from tragnetz.network.models import Membership


def test_a_counsellor_has_a_draft_for_a_deadline_and_a_letter_that_left(network):
    actor = make_actor(network, "alpha", "counsellor")
    for topic in ("work", "housing", "money", "family", "debt"):
        make_case(actor, topic=topic)
    staff = [Membership.objects.get(pk=actor.membership_id)]
    load_deadlines(network, staff)

    made = load_letters(network, staff)

    assert made == Letter.objects.count() == 2
    draft, sent = Letter.objects.get(state="draft"), Letter.objects.get(state="sent")
    assert draft.deadline.rule in kinds()[draft.kind].rules
    assert title_of(sent) == "Nachfrage zum Stand"
    assert LetterSending.objects.get().recipient == "Stadt Herne"
    assert [missing(draft_of(row.draft), kinds()[row.letter.kind]) for row in LetterVersion.objects.all()] == [[], []]
    assert load_letters(network, staff) == 0
