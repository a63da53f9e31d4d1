"""The office that decides: by district, age and ability to work, with reasons, open questions, and the others."""

from tragnetz.directory.findings import told
from tragnetz.directory.models import Authority, Office
from tragnetz.directory.queries import service
from tragnetz.directory.responsibility import all_offices, place_names, resolve, responsible_office, review
from tragnetz.directory.sentences import question, sentence, stated
from tragnetz.eligibility.facts import clean_facts
from tragnetz.eligibility.routes import End


def ask(authority: str, **facts):
    return resolve(Authority.objects.get(key=authority), clean_facts(facts), all_offices())


def words(conditions):
    return [sentence(condition, place_names()) for condition in conditions]


def test_responsible_office_knows_the_district(auental_city):
    row = service("wohngeld")
    harbour = responsible_office(row, {"district": "unterstadt"})
    unknown = responsible_office(row, {})

    assert (harbour.name["en"], harbour.certain) == ("Housing benefit branch at the harbour", True)
    assert unknown.certain is False


def test_whom_the_job_centre_excludes_is_led_to_the_social_office_of_the_district(auental_city):
    found = ask("jobcenter", age=70, district="unterstadt")

    assert [stop.authority.key for stop in found.stops] == ["jobcenter", "sozialamt"]
    assert (found.decides.office.name["de"], found.certain) == ("Sozialamt Unterstadt", True)
    assert words(found.stops[0].claims[0].verdict.failed) == ["Sie sind höchstens 66 Jahre alt"]
    assert "Sie wohnen in Unterstadt" in words(found.decides.verdict.met)
    assert words(found.others[0].verdict.failed) == ["Sie wohnen in Oberstadt"]


def test_what_is_still_to_be_asked_is_named(auental_city):
    found = ask("jobcenter", age=30)

    assert (found.end, found.certain, found.decides.office.name["de"]) == (End.OPEN, False, "Jobcenter Auental")
    assert [question(condition) for condition in found.missing] == [
        "Können Sie mindestens drei Stunden am Tag arbeiten?"
    ]


def test_an_authority_without_office_in_the_city_stays_as_it_is(auental_city):
    found = ask("rentenversicherung")

    assert (found.end, found.decides) == (End.ELSEWHERE, None)
    assert responsible_office(service("reha-rente") or service("erwerbsminderungsrente"), {}).certain is False


def test_a_circle_in_the_rows_is_found_and_nobody_decides(auental_city):
    Office.objects.filter(authority__key="sozialamt").update(when={"fact": "age", "at_least": 90})

    found = ask("jobcenter", age=70, district="oberstadt")
    serious = [str(one) for one in told(review(all_offices(), "de")) if one.serious]

    assert (found.end, found.decides) == (End.ROUND, None)
    assert any(line.startswith("Im Kreis geschickt: Jobcenter → Sozialamt → Jobcenter. Beispiel: ") for line in serious)


def test_two_offices_that_both_say_yes_are_never_certain(auental_city):
    for office in Office.objects.filter(authority__key="wohngeldstelle"):
        office.districts.clear()

    found = ask("wohngeldstelle", district="oberstadt")

    assert (found.end, found.certain, len(found.others)) == (End.SEVERAL, False, 1)
    assert found.decides is not None


def test_offices_are_read_in_as_many_queries_for_all_households_as_for_one(auental_city, django_assert_num_queries):
    jobcenter = Authority.objects.get(key="jobcenter")
    with django_assert_num_queries(3):
        offices = all_offices()
        for age in range(100):
            resolve(jobcenter, {"age": age, "district": "oberstadt", "can_work_3h": True}, offices)


def test_offices_are_read_once_until_one_changes(herne, django_assert_num_queries):
    before = all_offices()
    with django_assert_num_queries(1):
        assert all_offices() is before

    Office.objects.filter(authority__key="jobcenter").update(phone="02323 1")

    assert {row.phone for row in all_offices().rows.values() if row.authority.key == "jobcenter"} == {"02323 1"}
    assert "02323 1" not in {row.phone for row in before.rows.values()}


def test_a_household_is_told_in_words(auental_city):
    facts = clean_facts({"age": 67, "can_work_3h": False, "children": 0, "district": "oberstadt", "benefits": ["alg1"]})

    assert stated(facts, place_names()) == [
        "Sie sind 67 Jahre alt",
        "Sie können weniger als drei Stunden am Tag arbeiten",
        "Bei Ihnen leben keine Kinder",
        "Sie wohnen in Oberstadt",
        "Sie bekommen: Arbeitslosengeld",
    ]
