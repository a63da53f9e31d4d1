"""What another organisation sees of a case: every relation x role x page, from one table; withdrawn at the next request."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from tests.allowed import (
    OTTO,
    ROSA,
    SECRETS,
    client_as,
    make_case,
    note_of_one,
    person_of,
    release,
    travel,
)
from tests.factories import make_actor
from tragnetz.appointments.models import Booking
from tragnetz.audit.models import Event
from tragnetz.casework.access import covers_of_foreign, released_cases, released_groups, visible_cases
from tragnetz.casework.closing.commands import close_case, reopen_case
from tragnetz.casework.coaching.commands import Job, begin_work, start_coaching
from tragnetz.casework.coaching.enums import WorkKind
from tragnetz.casework.coaching.models import Placement
from tragnetz.casework.finding import find_people
from tragnetz.casework.goals.commands import GoalDetails, add_step, agree_goal, move_goal
from tragnetz.casework.models import Case
from tragnetz.casework.ratings.commands import rate
from tragnetz.casework.ratings.rules import Line
from tragnetz.casework.released import released_list, released_view
from tragnetz.clients.commands import PersonDetails, set_household
from tragnetz.clients.models import Relation
from tragnetz.consent.commands import withdraw
from tragnetz.consent.enums import DataGroup
from tragnetz.core.clock import now, today
from tragnetz.network.actors import of_membership, resident, system
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership, Organisation, Site

SHOWN = ("contact", "household", "goals", "notes")  # groups with rows in these cases


@pytest.fixture
def bea(network):
    return make_actor(network, "beta", "counsellor", name="Bea")


def address(case: Case, rest: str = "") -> str:
    return f"/de/arbeit/faelle/{case.pk}/{rest}"


def _released(*groups: str, **given) -> Callable[..., Case]:
    def make(network, ada) -> Case:
        case = make_case(network, ada)
        release(ada, person_of(case), *groups, **given)
        return case

    return make


def _no_release(network, ada) -> Case:
    return make_case(network, ada)


def _expired(network, ada) -> Case:
    case = make_case(network, ada)
    row = release(ada, person_of(case), *SHOWN)
    travel(row, given_at=timedelta(days=-400), ends_at=timedelta(days=-400))
    return case


def _not_yet(network, ada) -> Case:
    case = make_case(network, ada)
    travel(release(ada, person_of(case), *SHOWN), given_at=timedelta(hours=1))
    return case


def _withdrawn(network, ada) -> Case:
    case = make_case(network, ada)
    withdraw(actor=ada, given=release(ada, person_of(case), *SHOWN), form="oral", now=now())
    return case


def _never_signed(network, ada) -> Case:
    case = make_case(network, ada)
    due = today(network.zone) + timedelta(days=7)
    row = release(ada, person_of(case), *SHOWN, form="oral", witness="Frau Kurz", signed_on=None, signature_due=due)
    travel(row, given_at=timedelta(days=-30), signature_due_at=timedelta(days=-30))
    return case


def _to_another(network, ada) -> Case:
    Organisation(
        network=network, key="gamma", name="Gamma e. V.", short_name="Gamma", kind="welfare", regime="dsgvo",
        is_member=True,
    ).save()  # fmt: skip
    case = make_case(network, ada)
    release(ada, person_of(case), *SHOWN, to="gamma")
    return case


def _to_outside(network, ada) -> Case:
    case = make_case(network, ada)
    release(ada, person_of(case), *SHOWN, to=None, outside="Beta e. V.")
    return case


def _by_another_speaker(network, ada) -> Case:
    _to_another(network, ada)
    case = make_case(network, ada)
    release(ada, person_of(case), *SHOWN, speakers=(Organisation.objects.get(key="gamma").pk,))
    return case


def _of_another_counsellor(network, ada) -> Case:
    other = make_actor(network, "alpha", "counsellor", name="Olga")
    case = make_case(network, ada)
    release(ada, person_of(case), *SHOWN, only=(other.membership_id,))
    return case


def _case_ended(network, ada) -> Case:
    case = make_case(network, ada)
    release(ada, person_of(case), *SHOWN)
    close_case(actor=ada, case=case, reason="done", result="better", after_care=False, today=today(network.zone))
    reopen_case(actor=ada, case=case, today=today(network.zone))
    return case


def _moved_out(network, ada) -> Case:
    case = make_case(network, ada)
    release(ada, person_of(case), *SHOWN)
    set_household(actor=ada, household=case.household, people=[PersonDetails("Kim", "self", 2000)])
    return case


def _consent_only(network, ada) -> Case:
    from tests.allowed import consent

    case = make_case(network, ada)
    consent(ada, person_of(case), groups=set(SHOWN))
    return case


def _blocked(*groups: str) -> Callable[..., Case]:
    def make(network, ada) -> Case:
        case = make_case(network, ada, blocked=True)
        release(ada, person_of(case), *groups)
        return case

    return make


# Relation -> (how it comes about, what the partner sees; nothing: the case does not exist for them).
RELATIONS = {
    "no release": (_no_release, None),
    "expired": (_expired, None),
    "not yet given": (_not_yet, None),
    "withdrawn": (_withdrawn, None),
    "never signed": (_never_signed, None),
    "to another organisation": (_to_another, None),
    "to somebody outside": (_to_outside, None),
    "another may speak": (_by_another_speaker, None),
    "another counsellor may speak": (_of_another_counsellor, None),
    "case has ended": (_case_ended, None),
    "moved out": (_moved_out, None),
    "consent without release": (_consent_only, None),
    "all groups": (_released(*DataGroup.values), set(SHOWN)),
    **{f"only {group}": (_released(group), {group} & set(SHOWN)) for group in DataGroup.values},
    "blocked address": (_blocked("contact", "goals"), {"goals"}),
    "blocked address released": (_blocked("contact", "blocked_address"), {"contact"}),
}
READERS = ["counsellor", "lead"]
OTHER_ROLES = ["intake", "programme", "catalogue", "dpo", "admin"]
READS = [("get", ""), ("get", "freigegeben.json"), ("get", "freigegeben.pdf")]
OTHERS = [
    ("get", "haushalt/"), ("get", "rechnen/"), ("get", "termine/"), ("get", "einwilligungen/"), ("post", "haushalt/"),
    ("post", "gespraech/"), ("post", "schritt/"), ("post", "abschluss/"), ("get", "verlauf/"), ("get", "lebenslagen/"),
    ("get", "ziele/"), ("get", "team/"), ("get", "coaching/"), ("get", "netz/"), ("get", "besprechung/"),
]  # fmt: skip


def expected(role: str, page: tuple[str, str], seen: set[str] | None) -> int:
    """Tell a partner's cell: roles that read no cases 403, what was not released and all that writes 404."""
    if role not in READERS:
        return 403
    return 200 if page in READS and seen is not None else 404


def roles_in(relation: str) -> list[str]:
    """Tell who asks: all roles where nothing or all is released, else who reads cases and one of the others in turn."""
    if relation in {"no release", "all groups"}:
        return [*READERS, *OTHER_ROLES]
    return [*READERS, OTHER_ROLES[list(RELATIONS).index(relation) % len(OTHER_ROLES)]]


def test_each_role_meets_relations_of_all_sorts():
    met = {role: {RELATIONS[one][1] is None for one in RELATIONS if role in roles_in(one)} for role in OTHER_ROLES}

    assert met == {role: {True, False} for role in OTHER_ROLES}


@pytest.mark.parametrize("relation", RELATIONS)
def test_a_partner_sees_what_the_table_says_and_nothing_else(network, ada, bea, relation):
    make, seen = RELATIONS[relation]
    case = make(network, ada)
    owner = client_as(ada).get(address(case)).content.decode()
    assert SECRETS["notes"] in owner  # the owner sees it: there is something to leak
    assert SECRETS["goals"] in owner
    client, found, wanted = client_as(bea), {}, {}

    for role in roles_in(relation):
        Membership.objects.filter(pk=bea.membership_id).update(roles=[role])
        for page in [*READS, *OTHERS]:
            method, rest = page
            found[role, page] = getattr(client, method)(address(case, rest), {"text": "x"}).status_code
            wanted[role, page] = expected(role, page, seen)

    assert found == wanted


@pytest.mark.parametrize("relation", RELATIONS)
def test_page_list_file_and_print_show_the_released_groups_alone(network, ada, bea, relation):
    make, seen = RELATIONS[relation]
    case = make(network, ada)
    client = client_as(bea)

    for shown in (
        client.get(address(case)).content.decode(),
        client.get(address(case, "freigegeben.json")).content.decode().encode().decode("unicode-escape"),
        _text(client.get(address(case, "freigegeben.pdf"))),
    ):
        there = {group for group, words in SECRETS.items() if words in shown}
        assert there == (seen or set())
    listed = client.get("/de/arbeit/freigegeben/").content.decode()
    assert (str(case.pk) in listed) == (seen is not None)
    assert not any(words in listed for words in (SECRETS["notes"], SECRETS["goals"], SECRETS["contact"]))


def _text(response) -> str:
    if response.status_code != 200:
        return ""
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(response.content)).pages)


def test_two_adults_open_the_shared_part_together_and_each_their_own_alone(network, ada, bea):
    case = make_case(network, ada, ROSA, OTTO)
    rosa, otto = person_of(case), person_of(case, OTTO.name)
    note_of_one(case, rosa, "Rosas eigene Notiz")
    note_of_one(case, otto, "Ottos eigene Notiz")
    texts = (SECRETS["notes"], "Rosas eigene Notiz", "Ottos eigene Notiz")
    client = client_as(bea)

    def seen() -> list[bool]:
        shown = client.get(address(case)).content.decode()
        return [text in shown for text in texts]

    release(ada, rosa, "notes", "contact")
    assert seen() == [False, True, False]
    of_otto = release(ada, otto, "notes")
    assert seen() == [True, True, True]
    withdraw(actor=ada, given=of_otto, form="oral", now=now())
    assert seen() == [False, True, False]


def test_what_belongs_to_who_asked_opens_by_their_release_alone(network, ada, bea):
    mine, other = (make_case(network, ada, ROSA, OTTO) for _ in range(2))
    release(ada, person_of(mine), "contact")
    release(ada, person_of(other, OTTO.name), "contact", "notes")

    assert len(rows_of(bea, mine)["contact"]) > 1
    assert rows_of(bea, other)["contact"] == [("Name", "Otto Geheimrat")]


def test_specially_protected_groups_are_marked(network, ada, bea):
    case = make_case(network, ada, ROSA)
    note_of_one(case, person_of(case), "Rosas eigene Notiz")
    release(ada, person_of(case), "contact")
    before = client_as(bea).get(address(case)).content.decode()
    release(ada, person_of(case), "notes")

    assert "besonders geschützt" not in before
    assert "besonders geschützt" in client_as(bea).get(address(case)).content.decode()


@pytest.mark.parametrize("group", [*DataGroup])
def test_a_query_for_a_group_finds_the_case_only_when_all_adults_released_it(network, ada, bea, group):
    case = make_case(network, ada, ROSA, OTTO)
    release(ada, person_of(case), group.value)
    assert case not in visible_cases(bea, group=group)
    assert case in released_cases(bea)

    row = release(ada, person_of(case, OTTO.name), group.value)
    assert case in visible_cases(bea, group=group)
    assert group in released_groups(bea, case).shared
    other = next(one for one in DataGroup if one != group)
    assert case not in visible_cases(bea, group=other)
    assert case not in visible_cases(bea)

    withdraw(actor=ada, given=row, form="oral", now=now())
    assert case not in visible_cases(bea, group=group)
    assert case in visible_cases(ada, group=group)


def test_a_household_in_which_nobody_decides_releases_nothing(network, ada, bea):
    case = make_case(network, ada, PersonDetails("Kim", "child", 2015))
    release(ada, person_of(case, "Kim"), "goals", signer="parent", signer_name="Rosa")

    assert released_groups(bea, case).shared == frozenset()
    assert case not in visible_cases(bea, group=DataGroup.GOALS)


def test_withdrawn_at_a_moment_is_denied_at_the_next_request(network, ada, bea):
    """Test 19: page, file, print, list and the session that was open, with nothing between withdrawal and request."""
    case = make_case(network, ada)
    row = release(ada, person_of(case), *SHOWN)
    client = client_as(bea)
    pages = ["", "freigegeben.json", "freigegeben.pdf"]
    before = [client.get(address(case, page)) for page in pages]
    assert [response.status_code for response in before] == [200, 200, 200]
    assert all("no-store" in response["Cache-Control"] for response in before)
    assert "Rosa Geheimrat" in client.get("/de/arbeit/freigegeben/").content.decode()

    owner = client_as(ada)
    done = owner.post(address(case, f"einwilligungen/{row.pk}/widerrufen/"), {"form": "oral"})
    assert done.status_code == 302

    assert [client.get(address(case, page)).status_code for page in pages] == [404, 404, 404]
    assert "Rosa Geheimrat" not in client.get("/de/arbeit/freigegeben/").content.decode()
    assert owner.get(address(case)).status_code == 200


def test_a_release_brings_nobody_into_a_partners_search(network, ada, bea):
    case = make_case(network, ada)
    release(ada, person_of(case), *SHOWN)
    assert [hit.case for hit in find_people(ada, "Geheimrat").hits if hit.case] != []
    assert case in released_cases(bea)

    assert find_people(bea, "Geheimrat").hits == []


def test_reading_what_was_released_leaves_one_event_and_a_refusal_none(network, ada, bea):
    case = make_case(network, ada)
    row = release(ada, person_of(case), "goals")
    client = client_as(bea)
    client.get(address(case))

    event = Event.objects.get(verb="case:read", object_id=case.pk)
    assert (event.organisation_id, event.details) == (bea.organisation_id, {"released": 1})
    withdraw(actor=ada, given=row, form="oral", now=now())
    client.get(address(case))
    assert Event.objects.filter(verb="case:read").count() == 1


def test_a_colleague_of_the_owner_gains_nothing_by_a_release(network, ada, bea):
    case = make_case(network, ada)
    release(ada, person_of(case), *SHOWN)
    colleague = make_actor(network, "alpha", "counsellor", name="Carl")

    assert client_as(colleague).get(address(case)).status_code == 404
    assert released_groups(colleague, case).groups == frozenset()


def test_only_members_of_staff_read_what_was_released(network, ada, bea):
    case = make_case(network, ada)
    release(ada, person_of(case), *SHOWN)

    assert case in released_cases(bea)
    assert not any(released_cases(actor).exists() for actor in (resident(network), system(network)))
    assert released_groups(resident(network), case).groups == frozenset()


def test_who_left_the_partner_sees_nothing_any_more(network, ada, bea):
    case = make_case(network, ada)
    release(ada, person_of(case), *SHOWN)
    client = client_as(bea)
    assert client.get(address(case)).status_code == 200

    Membership.objects.filter(pk=bea.membership_id).update(ended_on=today(network.zone))

    assert client.get(address(case)).status_code == 302


def test_the_list_of_released_cases_names_only_who_released_the_name(network, ada, bea):
    named, nameless = make_case(network, ada), make_case(network, ada)
    release(ada, person_of(named), "contact")
    release(ada, person_of(nameless), "goals")

    page = client_as(bea).get("/de/arbeit/freigegeben/").content.decode()

    assert page.count("Rosa Geheimrat") == 1
    assert page.count("Name nicht freigegeben") == 1


def test_the_file_holds_the_groups_in_their_order(network, ada, bea):
    case = make_case(network, ada)
    release(ada, person_of(case), "notes", "contact")

    data = json.loads(client_as(bea).get(address(case, "freigegeben.json")).content)

    assert [section["group"] for section in data["sections"]] == ["contact", "notes"]
    assert data["organisation"] == "Alpha e. V."
    assert of_membership(Membership.objects.get(pk=bea.membership_id), network) == bea


def test_the_list_of_released_cases_takes_as_many_queries_for_one_as_for_four(network, ada, bea):
    counts = []
    for number in (1, 3):
        for _one in range(number):
            case = make_case(network, ada, ROSA, OTTO)
            release(ada, person_of(case), "contact")
        with CaptureQueriesContext(connection) as seen:
            assert len(released_list(bea)) == (1 if number == 1 else 4)
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 7


def rows_of(bea, case: Case) -> dict[str, list[tuple[str, str]]]:
    """What a partner reads of a case, by group."""
    found = released_view(bea, case.pk)
    return {str(section.group): [tuple(row) for row in section.rows] for section in found.sections} if found else {}


def test_a_contact_is_read_with_what_keeps_it_safe(network, ada, bea):
    case = make_case(network, ada)
    case.contact.safe_note, case.contact.address = "Nie auf die Mailbox", "Ring 3"
    case.contact.save()
    release(ada, person_of(case), "contact")

    assert rows_of(bea, case)["contact"] == [
        ("Name", "Rosa Geheimrat"), ("Telefon", case.contact.spoken_phone), ("E-Mail", SECRETS["contact"]),
        ("Adresse", "Ring 3"), ("Sicher erreichen", "Nie auf die Mailbox"),
    ]  # fmt: skip


def test_a_blocked_address_is_told_with_its_own_group_alone(network, ada, bea):
    case = make_case(network, ada, blocked=True)
    case.household.facts = json.dumps({"children": 1, "district": "wanne"})
    case.household.save()
    release(ada, person_of(case), "contact", "household")
    closed = rows_of(bea, case)
    release(ada, person_of(case), "blocked_address")
    opened = rows_of(bea, case)

    assert [label for label, _text in closed["contact"]] == ["Name", "Auskunftssperre"]
    assert "blocked_address" not in closed
    assert "E-Mail" in [label for label, _text in opened["blocked_address"]]
    assert len(opened["household"]) == len(closed["household"]) + 1  # the district


def test_where_no_address_is_blocked_its_group_says_nothing_twice(network, ada, bea):
    case = make_case(network, ada)
    release(ada, person_of(case), "contact", "blocked_address")

    assert rows_of(bea, case)["blocked_address"] == []


def test_without_a_contact_the_people_are_named_who_released_their_name(network, ada, bea):
    case = make_case(network, ada, ROSA, OTTO)
    release(ada, person_of(case), "contact", "appointments")
    case.contact = None
    case.save()
    found = released_view(bea, case.pk)

    assert found.name == "Rosa Geheimrat"
    assert rows_of(bea, case) == {"contact": [("Name", "Rosa Geheimrat")], "appointments": []}


def test_who_released_no_name_has_none(network, ada, bea):
    case = make_case(network, ada)
    release(ada, person_of(case), "goals")

    assert released_view(bea, case.pk).name == "Name nicht freigegeben"


def test_health_is_told_with_its_own_group_and_a_persons_domain_by_themselves(network, ada, bea):
    case = make_case(network, ada, ROSA, OTTO)
    rosa, otto, day = person_of(case), person_of(case, OTTO.name), today(network.zone)
    lines = [Line("money", 2, 3, strength="spart", need="Beratung"), Line("mind", 1)]
    for number, (person, said) in enumerate([(rosa, lines), (otto, [Line("money", 4)])]):
        rate(
            actor=ada, case=case, rated_on=day, occasion="start", lines=said, idempotency_key=str(number) * 32,
            today=day, person=person,
        )  # fmt: skip
    release(ada, rosa, "domains")
    told = rows_of(bea, case)
    release(ada, rosa, "health")

    ((label, text),) = told["domains"]
    assert "health" not in told
    assert text == "Beratung: Stufe 2 von 5. Person selbst: Stufe 3 von 5. Stärke: spart. Bedarf: Beratung"
    assert label != rows_of(bea, case)["health"][0][0]
    assert [text for _label, text in rows_of(bea, case)["health"]] == ["Beratung: Stufe 1 von 5"]


def test_steps_are_told_with_their_day_and_when_they_are_done(network, ada, bea):
    case = make_case(network, ada)
    release(ada, person_of(case), "goals")
    assert [label for label, _text in rows_of(bea, case)["goals"]] == ["die Person, bis 1. Januar 2099"]

    case.steps.update(done_on=today(network.zone))
    assert [label for label, _text in rows_of(bea, case)["goals"]] == ["die Person, erledigt"]
    case.steps.update(done_on=None, due_on=None)
    assert [label for label, _text in rows_of(bea, case)["goals"]] == ["die Person"]


def test_appointments_are_told_when_whoever_asked_released_them(network, ada, bea):
    case = make_case(network, ada, ROSA, OTTO)
    at = datetime(2099, 5, 4, 8, tzinfo=UTC)
    Booking(
        network=network, membership_id=ada.membership_id, contact=case.contact, kind="phone", starts_at=at,
        ends_at=at + timedelta(hours=1), idempotency_key="6" * 32,
    ).save()  # fmt: skip
    release(ada, person_of(case, OTTO.name), "appointments")
    assert rows_of(bea, case)["appointments"] == []

    release(ada, person_of(case), "appointments")
    assert rows_of(bea, case)["appointments"] == [("4. Mai 2099, 10:00", "vereinbart")]
    site = Site.objects.create(
        network=network, key="haus", organisation_id=ada.organisation_id, name="Haus am Weg", street="Weg"
    )
    Booking.objects.update(site=site)
    assert rows_of(bea, case)["appointments"] == [("4. Mai 2099, 10:00", f"vereinbart, {site}")]


def test_twenty_appointments_are_told_and_no_more(network, ada, bea):
    case = make_case(network, ada)
    release(ada, person_of(case), "appointments")
    first = datetime(2099, 5, 4, 8, tzinfo=UTC)
    Booking.objects.bulk_create(
        Booking(
            network=network, membership_id=ada.membership_id, contact=case.contact, kind="phone", code_hash=str(number),
            starts_at=first + timedelta(days=number), ends_at=first + timedelta(days=number, hours=1),
            idempotency_key=str(number),
        )
        for number in range(21)
    )  # fmt: skip

    told = [moment for moment, _state in rows_of(bea, case)["appointments"]]
    assert (len(told), told[0], told[-1]) == (20, "5. Mai 2099, 10:00", "24. Mai 2099, 10:00")


def test_a_time_that_is_only_held_is_no_appointment(network, ada, bea):
    case = make_case(network, ada)
    release(ada, person_of(case), "appointments")
    at = datetime(2099, 5, 4, 8, tzinfo=UTC)
    Booking(
        network=network, membership_id=ada.membership_id, contact=case.contact, kind="phone", starts_at=at,
        ends_at=at + timedelta(hours=1), idempotency_key="6" * 32, state="held", held_until=at,
    ).save()  # fmt: skip

    assert rows_of(bea, case)["appointments"] == []
    Booking.objects.update(state="booked", held_until=None)
    assert len(rows_of(bea, case)["appointments"]) == 1


@pytest.mark.parametrize("blocked", [False, True])
def test_who_asked_and_moved_out_is_not_given_away_by_who_stayed(network, ada, bea, blocked):
    """A number, a new address, the time of a talk: they belong to who is gone, whatever the others allow."""
    case = make_case(network, ada, ROSA, OTTO, blocked=blocked)
    rosa, otto = person_of(case), person_of(case, OTTO.name)
    at = datetime(2099, 5, 4, 8, tzinfo=UTC)
    Booking(
        network=network, membership_id=ada.membership_id, contact=case.contact, kind="phone", starts_at=at,
        ends_at=at + timedelta(hours=1), idempotency_key="6" * 32,
    ).save()  # fmt: skip
    for person in (rosa, otto):
        release(ada, person, "contact", "blocked_address", "appointments", "household")
    told = rows_of(bea, case)
    assert SECRETS["contact"] in repr(told)
    assert len(told["appointments"]) == 1

    stays = PersonDetails(otto.name, otto.relation, otto.birth_year, otto.pk)
    set_household(actor=ada, household=case.household, people=[stays])

    told = rows_of(bea, case)
    assert told["contact"] == [("Name", OTTO.name)]
    assert (told["blocked_address"], told["appointments"]) == ([], [])
    assert released_view(bea, case.pk).name == OTTO.name
    assert SECRETS["contact"] not in repr(told)


@pytest.mark.parametrize("group", ["goals", "notes", "domains", "health"])
def test_what_one_adult_told_alone_is_not_opened_by_another(network, ada, bea, group):
    case = make_case(network, ada, ROSA, OTTO)
    day = today(network.zone)
    for who, name in ((person_of(case), "Rosa"), (person_of(case, OTTO.name), "Otto")):
        details = GoalDetails(f"Ziel {name}", "sichtbar", day + timedelta(days=9))
        agree_goal(actor=ada, case=case, details=details, today=day, person=who)
        add_step(actor=ada, case=case, text=f"Schritt {name}", owner="person", due_on=None, person=who)
        note_of_one(case, who, f"Notiz {name}")
        lines = [Line(domain, 2, need=f"Bedarf {name}") for domain in ("money", "mind")]
        rate(
            actor=ada, case=case, rated_on=day, occasion="start", lines=lines, idempotency_key=f"{name:x<32}",
            today=day, person=who,
        )  # fmt: skip
    release(ada, person_of(case), group)

    told = repr(rows_of(bea, case))

    assert ("Rosa" in told, "Otto" in told) == (True, False)


def test_goals_are_told_while_they_are_pursued(network, ada, bea):
    case = make_case(network, ada)
    day = today(network.zone)
    goals = [
        agree_goal(actor=ada, case=case, details=GoalDetails(what, "sichtbar", date(day.year + 1, 1, 2)), today=day)
        for what in ("Miete zahlen", "Umziehen")
    ]
    release(ada, person_of(case), "goals")
    move_goal(actor=ada, goal=goals[1], state="dropped", today=day)

    goals = [row for row in rows_of(bea, case)["goals"] if row[0].startswith("Ziel")]

    assert goals == [(f"Ziel, bis 2. Januar {day.year + 1}", "Miete zahlen")]


def test_the_way_to_work_is_told_as_far_as_it_is_known_and_goes_on(network, ada, bea):
    case = make_case(network, ada)
    way = start_coaching(actor=ada, case=case, person=person_of(case), today=today(network.zone))
    way.goal, way.skills = "Bäckerin", "backt"
    way.save()
    release(ada, person_of(case), "work")
    job = begin_work(
        actor=ada, coaching=way, job=Job("Korn", WorkKind.REGULAR, date(2026, 5, 4)), request_key="w" * 32
    )  # fmt: skip

    assert rows_of(bea, case)["work"] == [
        ("Berufsziel", "Bäckerin"), ("Kenntnisse", "backt"), ("Arbeit seit 4. Mai 2026", "Korn"),
    ]  # fmt: skip
    Placement.objects.filter(pk=job.pk).update(ended_on=date(2026, 6, 1), end_reason="quit")
    assert rows_of(bea, case)["work"] == [("Berufsziel", "Bäckerin"), ("Kenntnisse", "backt")]


def test_of_a_household_whoever_released_it_is_told_and_nobody_else(network, ada, bea):
    """What is known of the household belongs to all who decide."""
    case = make_case(network, ada, ROSA, OTTO)
    case.household.facts = json.dumps({"children": 1, "district": "wanne"})
    case.household.save()
    release(ada, person_of(case), "household")
    assert [label for label, _text in rows_of(bea, case)["household"]] == [ROSA.name]

    release(ada, person_of(case, OTTO.name), "household")

    told = rows_of(bea, case)["household"]
    assert {ROSA.name, OTTO.name} < {label for label, _text in told}
    assert len(told) == 4  # two people, two facts: nothing is blocked here


def test_who_lives_there_is_told_with_the_year_of_birth_if_it_is_known(network, ada, bea):
    case = make_case(network, ada, ROSA, PersonDetails("Kim Geheimrat", "child", None))
    release(ada, person_of(case), "household")
    told = dict(rows_of(bea, case)["household"])

    assert told["Rosa Geheimrat"] == f"{Relation.SELF.label}, 1985"
    assert told["Kim Geheimrat"] == str(Relation.CHILD.label)


def test_the_view_says_until_when_it_is_open(network, ada, bea):
    case = make_case(network, ada)
    day = today(network.zone) + timedelta(days=40)
    release(ada, person_of(case), "goals", until=day)

    assert released_view(bea, case.pk).until == day
    release(ada, person_of(case), "notes", until=day - timedelta(days=10))
    assert released_view(bea, case.pk).until == day - timedelta(days=10)  # the soonest


def test_what_was_released_is_open_to_who_reads_cases_in_that_organisation_alone(network, ada, bea):
    case = make_case(network, ada)
    release(ada, person_of(case), "goals")
    nowhere = replace(bea, organisation_id=None)

    for role in Role:
        actor, reads = replace(bea, roles=frozenset({role})), role in {Role.COUNSELLOR, Role.LEAD}
        assert released_cases(actor).exists() == reads
        assert released_cases(actor, group=DataGroup.GOALS).exists() == reads
        assert bool(covers_of_foreign(actor, [case])[0].groups) == reads
    assert not released_cases(nowhere).exists()
    assert not covers_of_foreign(nowhere, [case])[0].groups


def test_without_a_contact_no_group_about_it_says_anything(network, ada, bea):
    case = make_case(network, ada)
    release(ada, person_of(case), "blocked_address", "household")
    case.contact = None
    case.save()
    found = rows_of(bea, case)

    assert found["blocked_address"] == []
    assert ROSA.name in [label for label, _text in found["household"]]


def test_the_list_of_released_cases_reads_nothing_of_what_they_hold(network, ada, bea):
    case = make_case(network, ada)
    release(ada, person_of(case), *SHOWN)

    assert rows_of(bea, case)["notes"]  # there is something to read
    assert [section.rows for view in released_list(bea) for section in view.sections] == [()] * len(SHOWN)
