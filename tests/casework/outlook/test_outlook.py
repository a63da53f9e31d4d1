"""What is foreseen belongs to those who work on the case; the person is asked to call in neutral words."""

import pytest

from tests.allowed import make_case
from tests.factories import make_actor
from tests.outlooks import foreseen
from tragnetz.audit.models import Event
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.outlook.commands import ask_to_call, drop_outlook, keep_outlook, settle
from tragnetz.casework.outlook.queries import coming, coming_count
from tragnetz.casework.timeline.queries import Span, timeline
from tragnetz.clients.models import Contact
from tragnetz.core.clock import now, today
from tragnetz.messaging.models import Message
from tragnetz.screening.errors import ScreeningError
from tragnetz.screening.outlook.models import Foreseen, Outlook
from tragnetz.screening.outlook.rules import Dates


@pytest.fixture
def case(network, ada):
    return make_case(network, ada)


@pytest.fixture
def day(network):
    return today(network.zone)


def test_only_who_works_on_the_case_sees_what_is_foreseen(network, ada, case, day):
    foreseen(ada, case)
    others = [
        make_actor(network, "alpha", "counsellor", name="Bo"), make_actor(network, "alpha", "intake", name="Cem"),
        make_actor(network, "beta", "counsellor", "lead", name="Dora"), make_actor(network, "alpha", "dpo", name="Eva"),
    ]  # fmt: skip
    lead = make_actor(network, "alpha", "lead", name="Lea")

    assert [found.case for found in coming(ada, day, own=True)] == [case]
    assert [found.case for found in coming(lead, day, own=False)] == [case]
    assert [coming(other, day, own=False) for other in others] == [[]] * 4
    assert [coming_count(actor, day, own=False) for actor in (ada, lead, *others)] == [1, 1, 0, 0, 0, 0]


def test_nobody_else_changes_anything(network, ada, case):
    row = foreseen(ada, case)
    bo = make_actor(network, "alpha", "counsellor", name="Bo")

    for deed in (
        lambda: settle(actor=bo, case=case, row=row, state="done", now=now()),
        lambda: ask_to_call(actor=bo, case=case, row=row, now=now()),
        lambda: drop_outlook(actor=bo, case=case),
        lambda: keep_outlook(actor=bo, case=case, dates=Dates(), now=now()),
    ):
        with pytest.raises(CaseworkError, match="gibt es nicht"):
            deed()
    assert (Outlook.objects.count(), Foreseen.objects.get().state) == (1, "new")


def test_what_is_far_away_is_shown_on_request(ada, case, day):
    foreseen(ada, case, months=6)

    assert coming(ada, day, own=True) == []
    assert len(coming(ada, day, own=True, months=12)) == 1


def test_the_person_is_asked_once_a_day_by_a_way_that_they_allow(ada, case):
    row = foreseen(ada, case)
    Contact.objects.filter(pk=case.contact_id).update(may_text=True, language="tr")
    case.contact.refresh_from_db()

    first = ask_to_call(actor=ada, case=case, row=row, now=now())
    again = ask_to_call(actor=ada, case=case, row=row, now=now())

    assert (first, first.channel, first.language) == (again, "sms", "tr")
    assert Message.objects.count() == 1
    assert first.params["phone"]
    assert "unterhaltsvorschuss" not in str(first.params)
    assert (Foreseen.objects.get().state, Foreseen.objects.get().told_on is None) == ("seen", False)


def test_whom_nobody_may_write_to_is_not_written_to(ada, case):
    row = foreseen(ada, case)
    Contact.objects.filter(pk=case.contact_id).update(may_call=False)
    case.contact.refresh_from_db()

    with pytest.raises(CaseworkError, match="nächsten Termin"):
        ask_to_call(actor=ada, case=case, row=row, now=now())

    assert Message.objects.count() == 0


def test_what_is_gone_meanwhile_is_told(ada, case):
    row = foreseen(ada, case)
    drop_outlook(actor=ada, case=case)

    with pytest.raises(ScreeningError, match="gibt es nicht mehr"):
        settle(actor=ada, case=case, row=row, state="done", now=now())


def test_the_trail_names_deeds_and_no_amount(ada, case):
    row = foreseen(ada, case)
    settle(actor=ada, case=case, row=row, state="dismissed", reason="small", now=now())

    events = Event.objects.filter(verb__startswith="outlook:").order_by("pk")
    assert [event.verb for event in events] == ["outlook:keep", "outlook:settle"]
    assert not any("394" in str(event.details) for event in events)


def test_what_was_done_about_it_stands_in_the_line(network, ada, case, day):
    row = foreseen(ada, case)
    assert [entry.kind for entry in timeline(case, Span(day, day), "vorausschau")] == []

    ask_to_call(actor=ada, case=case, row=row, now=now())
    settle(actor=ada, case=case, row=row, state="dismissed", reason="known", now=now())

    found = timeline(case, Span(day, day), "vorausschau")
    assert {(entry.title, entry.by) for entry in found} == {
        ("Vorausschau: um Anruf gebeten", ""),
        ("Vorausschau: verworfen, ist schon beantragt oder geklärt", "Ada Test"),
    }
    assert all("Unterhaltsvorschuss" in entry.texts[0].text for entry in found)
