"""The demo's papers: one kept, one only seen, one new from the person; and not twice."""

from tests.factories import make_actor
from tests.owning import couple
from tragnetz.casework.files import storage
from tragnetz.casework.goals.commands import add_step
from tragnetz.casework.letterreading.extract import read_letter
from tragnetz.casework.models import CaseFile
from tragnetz.core.clock import today
from tragnetz.demo.files import load_files
from tragnetz.demo.own import load_own_page
from tragnetz.directory.models import Paper
from tragnetz.network.models import Membership


def test_two_cases_get_papers_and_a_second_start_adds_none(network):
    actor = make_actor(network, "alpha", "counsellor")
    for key in ("bescheid", "aufenthaltstitel"):  # Herne's papers, of which the demo speaks
        Paper(network=network, key=key, name={"de": key.title()}).save()
    for _number in range(2):
        add_step(actor=actor, case=couple(network, actor), text="Antrag holen", owner="person", due_on=None)
    staff = list(Membership.objects.all())
    assert load_own_page(network, staff, "a long enough password")

    assert (load_files(network, staff), load_files(network, staff)) == (3, 0)

    rows = CaseFile.objects.select_related("compartment").order_by("request_key")
    assert [(row.state, row.author_id is None) for row in rows] == [("kept", False), ("seen", False), ("kept", True)]
    letter = read_letter(storage.read(rows[2]), today(network.zone))
    assert letter.kind is not None
