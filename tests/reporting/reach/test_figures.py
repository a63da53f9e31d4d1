"""The door counted by hand; and a large network reads last night's figures, which are the same."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_actor
from tests.reporting.conftest import make_case, make_programme, take_in
from tests.reporting.figures import enter_many
from tragnetz.casework.models import CaseContact, Compartment, Enquiry
from tragnetz.core.ids import new_id
from tragnetz.network.models import District, Locality
from tragnetz.reporting import sheets
from tragnetz.reporting.groups import groups_of
from tragnetz.reporting.models import Sheet
from tragnetz.reporting.nightly import renew_figures
from tragnetz.reporting.reach.cells import Wanted, total
from tragnetz.reporting.reach.door import Door, door_of, tallies_of
from tragnetz.reporting.reach.figures import figures_of

pytestmark = pytest.mark.django_db
AT = datetime(2027, 12, 1, 4, tzinfo=UTC)
YEAR = Wanted(date(2026, 1, 1), date(2026, 12, 1))
LIMIT = 480


def ask(owner, number, *, at, **given):
    row = Enquiry(
        network=owner.network, organisation_id=owner.organisation_id, idempotency_key=f"{number}", created_at=at,
        **{"channel": "phone", "outcome": "information", "topic": "debt"} | given,
    )  # fmt: skip
    row.save()
    return row


def talk(owner, case, minutes, *, kind="phone", held_on=date(2026, 3, 3), **given):
    part, _new = Compartment.objects.get_or_create(network=owner.network, case=case, person=None)
    CaseContact(
        network=owner.network, case=case, compartment=part, author_id=owner.membership_id, kind=kind, minutes=minutes,
        held_on=held_on, idempotency_key=new_id().hex, **given,
    ).save()  # fmt: skip


def door(network, wanted=YEAR):
    return door_of(tallies_of(network, [LIMIT]), wanted, limit=LIMIT)


def test_enquiries_are_counted_by_what_they_were(network, owner):
    district, place = District.objects.first(), Locality.objects.first()
    at = datetime(2026, 5, 1, 12, tzinfo=UTC)
    ask(owner, 1, at=at, urgency="today", district=district, locality=place)
    ask(owner, 2, at=at, language="tr", channel="web", topic="work")
    ask(owner, 3, at=at, outcome="callback")
    # Midnight in Testtal is an hour before it in UTC: this one was asked in 2027.
    ask(owner, 4, at=datetime(2026, 12, 31, 23, 30, tzinfo=UTC))

    found = door(network)
    assert (found.enquiries, found.information, found.urgent) == (3, 2, 1)
    assert (found.channels, found.languages) == ({"phone": 2, "web": 1}, {"de": 2, "tr": 1})
    assert found.localities == {place.pk: 1}
    assert door(network, Wanted(YEAR.first, YEAR.last, topic="work")).enquiries == 1
    assert door(network, Wanted(YEAR.first, YEAR.last, district=district.pk)).enquiries == 1
    assert door(network, Wanted(date(2027, 1, 1), date(2027, 1, 1))).enquiries == 1


def test_help_without_taking_part_is_counted_by_its_minutes(network, owner, programme):
    short, longer, alone, part = (make_case(owner, name=name) for name in ("A Eins", "B Zwei", "C Drei", "D Vier"))
    talk(owner, short, 60, interpreting="pool")
    talk(owner, short, 420)
    talk(owner, longer, 481)
    talk(owner, alone, 90, kind="alone")  # work without a talk is no help yet
    talk(owner, part, 30)
    take_in(owner, part, programme)

    found = door(network)
    assert (found.within, found.above) == (1, 1)
    assert (found.talks, found.interpreted) == (4, 1)


def test_kept_figures_are_those_of_the_night(network, owner, monkeypatch):
    programmes = [
        make_programme(network, "bqb", target={"total": 9, "shared_with": ["gut"]}),
        make_programme(network, "gut"),
    ]
    enter_many(owner, [make_actor(network, "beta", "counsellor", name="Fred")], programmes)
    ask(owner, 1, at=datetime(2026, 5, 1, 12, tzinfo=UTC), locality=Locality.objects.first())
    talk(owner, make_case(owner, name="Kim Ulm"), 30)
    group, wanted = groups_of(programmes)[0], Wanted(date(2026, 1, 1), date(2027, 12, 1))
    before = figures_of(network, group, AT)

    monkeypatch.setattr(sheets, "LARGE", 1)
    renew_figures(network, AT)
    enter_many(owner, [], programmes, seed=2)
    kept = figures_of(network, group, AT + timedelta(hours=5))
    assert kept.made_at == AT
    assert kept.cells == before.cells
    assert isinstance(door_of(kept.tallies, wanted, limit=LIMIT), Door)
    assert door_of(kept.tallies, wanted, limit=LIMIT) == door_of(before.tallies, wanted, limit=LIMIT)

    renew_figures(network, AT + timedelta(days=1))
    assert total(figures_of(network, group, AT).cells).people > total(before.cells).people
    assert set(Sheet.objects.filter(subject__startswith="reach").values_list("subject", flat=True)) == {"reach:bqb.gut"}
    alone = groups_of(programmes)[1]
    assert figures_of(network, alone, AT).cells == figures_of(network, group, AT).cells  # a part looks at the whole


def test_a_small_network_keeps_none_and_is_of_now(network, owner, programme):
    Sheet(network=network, subject="door", body=[], made_at=AT, asked_on=AT.date()).save()
    renew_figures(network, AT)

    assert not Sheet.objects.exists()
    assert figures_of(network, groups_of([programme])[0], AT).made_at == AT


def test_a_page_reads_a_sheet_once_until_it_is_counted_anew(network, owner, programme, monkeypatch):
    monkeypatch.setattr(sheets, "LARGE", 1)
    enter_many(owner, [], [programme], people=20)
    renew_figures(network, AT)
    (group,) = groups_of([programme])
    first = figures_of(network, group, AT)
    with CaptureQueriesContext(connection) as queries:
        again = figures_of(network, group, AT)

    assert len(queries) == 2  # the stamps of two sheets, whatever they hold
    assert not [one for one in queries if '"body"' in one["sql"]]
    assert again.cells is first.cells

    enter_many(owner, [], [programme], people=20, seed=2)
    renew_figures(network, AT + timedelta(minutes=1))
    after = figures_of(network, group, AT + timedelta(minutes=2))
    assert after.made_at == AT + timedelta(minutes=1)
    assert total(after.cells).people > total(first.cells).people > 0


def test_a_sheet_that_the_night_takes_out_meanwhile_is_counted(network, owner, monkeypatch):
    monkeypatch.setattr(sheets, "LARGE", 1)
    sheets.keep(network, "gone", 1, AT)
    row = Sheet.objects.get(subject="gone")
    row.delete()
    assert sheets._read(row, str, lambda: 7) == "7"
