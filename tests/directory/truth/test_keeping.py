"""Links of providers, reports of visitors, the work list: who sees what, what comes first, what is forgotten."""

from datetime import date, timedelta

import pytest

from tests.factories import make_actor
from tragnetz.core.clock import now, today
from tragnetz.directory.editing import change, mark_seen, revise
from tragnetz.directory.errors import NotAllowedError
from tragnetz.directory.models import ConfirmationLink, Office, Report, ReportState, Service, WebAddress
from tragnetz.directory.truth.links import VALID, entries_of, make_link, open_link, remind_providers, revoke
from tragnetz.directory.truth.reports import MOST_OPEN, forget_reports, settle_report, take_report
from tragnetz.directory.truth.rules import Author
from tragnetz.directory.truth.worklist import Reason, counts, work_list
from tragnetz.messaging.models import Message
from tragnetz.network.actors import system
from tragnetz.network.models import Organisation, Site

PROVIDER = Author("provider", "Diakonie")


def address(secret: str) -> str:
    return f"https://beratung.example/de/pruefen/{secret}/"


@pytest.fixture
def city(herne):
    """A city in which nothing is to be done."""
    day = today(herne.zone)
    confirmed = {"state": "confirmed", "on": day.isoformat()}
    Service.objects.update(checked=confirmed, review_on=day + timedelta(days=30), valid_until=None)
    for model in (Organisation, Site, Office):
        model.objects.update(review_on=day + timedelta(days=30))
    assert work_list(day) == []
    return herne


@pytest.fixture
def editor(city):
    return make_actor(city, Organisation.objects.filter(is_member=True).first().key, "catalogue", name="Nils")


@pytest.fixture
def service(city):
    return Service.objects.filter(kind="offer").exclude(organisation=None).select_related("organisation").first()


def reasons(city) -> list[tuple[str, list[Reason]]]:
    return [(task.row.key, [one.reason for one in task.findings]) for task in work_list(today(city.zone))]


def test_a_link_opens_the_entries_of_its_organisation_alone(editor, service):
    link, secret = make_link(actor=editor, organisation=service.organisation, now=now(), address=address)

    found = open_link(secret, now())

    assert found == link
    assert set(entries_of(found)) == set(Service.objects.filter(organisation=service.organisation))
    assert Service.objects.exclude(organisation=service.organisation).exists()


def test_only_the_hash_of_a_link_is_kept(editor, service):
    _link, secret = make_link(actor=editor, organisation=service.organisation, now=now(), address=address)

    row = ConfirmationLink.objects.values().get()

    assert not any(secret in str(value) for value in row.values())


def test_a_link_ends_by_time_revocation_and_a_new_one(editor, service):
    organisation = service.organisation
    _first, old = make_link(actor=editor, organisation=organisation, now=now(), address=address)
    second, new = make_link(actor=editor, organisation=organisation, now=now(), address=address)
    assert open_link(new, now()) == second
    assert open_link(old, now()) is None
    assert open_link(new, now() + VALID) is None

    revoke(actor=editor, link=second, now=now())

    assert open_link(new, now()) is None
    assert open_link("", now()) is None


def test_nobody_but_an_editor_makes_links(city, service):
    counsellor = make_actor(city, service.organisation.key, "counsellor", "lead", "admin", name="Ada")

    with pytest.raises(NotAllowedError):
        make_link(actor=counsellor, organisation=service.organisation, now=now(), address=address)


def test_a_link_is_mailed_through_the_outbox(editor, service):
    Organisation.objects.filter(pk=service.organisation_id).update(email="info@traeger.example")
    organisation = Organisation.objects.get(pk=service.organisation_id)

    _link, secret = make_link(actor=editor, organisation=organisation, now=now(), address=address, send=True)

    message = Message.objects.get()
    assert (message.address, message.code) == ("info@traeger.example", address(secret))


def test_providers_are_reminded_by_itself_only_after_an_editor_wrote(city, editor, service):
    Organisation.objects.update(email="info@traeger.example")
    Service.objects.filter(pk=service.pk).update(review_on=today(city.zone))
    later = now() + timedelta(days=61)
    assert remind_providers(actor=system(city), now=later, address=address) == 0
    make_link(actor=editor, organisation=service.organisation, now=now(), address=address)
    assert remind_providers(actor=system(city), now=later, address=address) == 0

    organisation = Organisation.objects.get(pk=service.organisation_id)
    make_link(actor=editor, organisation=organisation, now=now(), address=address, send=True)

    assert remind_providers(actor=system(city), now=now(), address=address) == 0
    assert remind_providers(actor=system(city), now=later, address=address) == 1
    assert remind_providers(actor=system(city), now=later, address=address) == 0


def test_an_office_that_is_due_is_a_reason_to_remind_and_an_offer_that_ended_is_none_not_to(city, editor):
    Organisation.objects.update(email="info@traeger.example")
    caritas = Organisation.objects.get(key="caritas")
    make_link(actor=editor, organisation=caritas, now=now(), address=address, send=True)
    office = Office.objects.select_related("organisation").order_by("key").first()
    make_link(actor=editor, organisation=office.organisation, now=now(), address=address, send=True)
    later = now() + timedelta(days=61)
    Office.objects.update(review_on=today(city.zone) + timedelta(days=99))
    Service.objects.update(review_on=today(city.zone) + timedelta(days=99))
    assert remind_providers(actor=system(city), now=later, address=address) == 0

    Office.objects.filter(pk=office.pk).update(review_on=today(city.zone))
    assert remind_providers(actor=system(city), now=later, address=address) == 1
    ended, due = Service.objects.filter(organisation=caritas).order_by("key")[:2]
    Service.objects.filter(pk=ended.pk).update(status="defunct")
    Service.objects.filter(pk=due.pk).update(review_on=today(city.zone))
    assert remind_providers(actor=system(city), now=later, address=address) == 1


def test_a_report_is_on_the_list_until_it_is_settled(city, editor, service):
    report = take_report(service=service, kind="gone", text="Tür zu", language="tr", now=now())
    assert reasons(city) == [(service.key, [Reason.REPORT])]

    settle_report(actor=editor, report=report, state=ReportState.MENDED, now=now())

    assert reasons(city) == []


def test_the_same_report_twice_is_one_and_a_flood_is_dropped(city, service):
    for _ in range(3):
        take_report(service=service, kind="hours", text="stimmt nicht", language="de", now=now())
    assert Report.objects.count() == 1

    for number in range(MOST_OPEN + 5):
        take_report(service=service, kind="hours", text=str(number), language="de", now=now())

    assert Report.objects.count() == MOST_OPEN


def test_words_of_settled_reports_are_forgotten(city, editor, service):
    first = take_report(service=service, kind="other", text="Frau Muster war unfreundlich", language="de", now=now())
    take_report(service=service, kind="other", text="offen", language="de", now=now())
    settle_report(actor=editor, report=first, state=ReportState.DISMISSED, now=now())

    assert forget_reports(now()) == 0
    assert forget_reports(now() + timedelta(days=91)) == 1
    assert set(Report.objects.values_list("text", flat=True)) == {"", "offen"}


def test_fixed_terms_warn_half_a_year_ahead(city, service):
    day = today(city.zone)
    for ends, expected in (
        (day + timedelta(days=300), []),
        (day + timedelta(days=150), [Reason.ENDS]),
        (day, [Reason.ENDS]),
    ):
        Service.objects.filter(pk=service.pk).update(valid_until=ends)

        assert [found for _key, found in reasons(city)] == ([expected] if expected else [])


def test_what_a_provider_changed_is_looked_at_once(city, editor, service):
    change(service=service, changes={"languages": ["de", "pl"]}, by=PROVIDER)
    assert reasons(city) == [(service.key, [Reason.PROVIDER])]

    assert mark_seen(actor=editor, service=service) == 1
    assert reasons(city) == []


def test_outdated_translations_and_broken_links_are_on_the_list(city, editor, service):
    change(service=service, changes={"contact": {"url": "https://weg.example/"}}, by=Author("editor", "Nils"))
    WebAddress.objects.create(network=city, url="https://weg.example/", failures=3, fault="gone", checked_at=now())
    name = service.name | {"de": "Neuer Name"}
    revise(actor=editor, service=service, changes={"name": name})

    ((key, found),) = reasons(city)

    assert key == service.key
    assert found == [Reason.ADDRESS, Reason.TRANSLATION]


def test_the_most_urgent_comes_first_and_counts_are_of_entries(city, service):
    first, second, third = Service.objects.exclude(pk=service.pk).order_by("key")[:3]
    Service.objects.filter(pk=first.pk).update(review_on=date(2020, 1, 1))
    take_report(service=second, kind="gone", text="", language="de", now=now())
    take_report(service=second, kind="hours", text="", language="de", now=now())
    take_report(service=third, kind="words", text="", language="de", now=now())

    tasks = work_list(today(city.zone))

    assert [task.row.key for task in tasks] == [second.key, third.key, first.key]
    assert counts(tasks)[Reason.REPORT] == 2
    assert [task.row.key for task in work_list(today(city.zone), reason="due")] == [first.key]


def test_the_list_costs_the_same_queries_however_long(city, django_assert_max_num_queries):
    for model in (Service, Organisation, Site):
        model.objects.update(review_on=date(2020, 1, 1))

    with django_assert_max_num_queries(20):  # within a transaction offices and papers are read anew
        assert len(work_list(today(city.zone))) > Service.objects.count()
