"""Who gives out a paper: the office for this household, what one applies for, or words; and circles among the rows."""

import pytest
from django.db import IntegrityError, transaction

from tests.conftest import CITIES
from tragnetz.city.load import load_city
from tragnetz.directory.findings import told
from tragnetz.directory.issuers import issuers_of, parts_told
from tragnetz.directory.models import Authority, Office, Paper, Service
from tragnetz.directory.responsibility import all_offices, review


def paper(key: str, **issuer) -> Paper:
    """Give a paper another issuer, or none."""
    row = Paper.objects.get(key=key)
    row.authority, row.service = issuer.get("authority"), issuer.get("service")
    row.save()
    return row


def test_a_paper_comes_from_the_office_of_the_household_s_district(auental_city):
    paper("meldebescheinigung", authority=Authority.objects.get(key="wohngeldstelle"))

    at_home = issuers_of(["meldebescheinigung"], {"district": "unterstadt"})["meldebescheinigung"]
    unknown = issuers_of(["meldebescheinigung"], {})["meldebescheinigung"]

    assert (at_home.office.name["de"], at_home.office.certain) == ("Wohngeld-Außenstelle am Hafen", True)
    assert (unknown.office.name["de"], unknown.office.phone, unknown.depends) == ("Wohngeldstelle", "", True)
    assert (at_home.depends, at_home.service, unknown.service) == (False, None, None)


def test_a_paper_one_applies_for_names_the_service_and_its_office(auental_city):
    service = Service.objects.get(key="wohngeld")
    paper("bescheid", service=service)

    found = issuers_of(["bescheid"], {"district": "oberstadt"})["bescheid"]

    assert found.service == service
    assert (found.office.phone, found.office.certain) == ("0221 4710-250", True)


def test_a_paper_of_nobody_here_is_told_in_words(auental_city):
    found = issuers_of(["mietvertrag", "personalausweis", "no-paper"], {})

    assert list(found) == ["mietvertrag", "personalausweis"]
    assert found["mietvertrag"].office is found["mietvertrag"].service is None
    assert parts_told(found["mietvertrag"], "tr") == ["Ev sahibiniz"]
    assert parts_told(found["personalausweis"], "de") == [
        "Bürgeramt", "Einen ausländischen Pass gibt das Konsulat Ihres Landes.",
    ]  # fmt: skip


def test_what_is_told_is_the_office_with_address_phone_and_hours_in_the_language(auental_city):
    paper("meldebescheinigung", authority=Authority.objects.get(key="wohngeldstelle"))
    found = issuers_of(["meldebescheinigung"], {"district": "oberstadt"})["meldebescheinigung"]

    assert parts_told(found, "en") == [
        "Housing benefit office in the town hall", "Schlossgasse 1, Auental", "0221 4710-250",
        "Mon–Tue, Thu 08:30–12:00",
    ]  # fmt: skip


def test_words_that_are_missing_in_a_language_are_left_out(auental_city):
    Paper.objects.filter(key="mietvertrag").update(
        where={"de": "Vermieter"}, hint={"de": "Kopie genügt", "en": "A copy"}
    )
    found = issuers_of(["mietvertrag"], {})["mietvertrag"]

    assert parts_told(found, "de") == ["Vermieter", "Kopie genügt"]
    assert parts_told(found, "en") == ["A copy"]


def test_a_sensitive_service_is_not_named_as_who_gives_a_paper_out(auental_city):
    service = Service.objects.get(key="wohngeld")
    paper("bescheid", service=service)
    assert issuers_of(["bescheid"], {})["bescheid"].service == service

    Service.objects.filter(pk=service.pk).update(sensitive=True)
    found = issuers_of(["bescheid"], {})["bescheid"]

    assert (found.service, found.office) == (None, None)
    assert parts_told(found, "de") == ["Das Amt, das entschieden hat"]


def test_issuers_are_read_once_for_each_edition(herne, django_assert_num_queries):
    keys = list(Paper.objects.values_list("key", flat=True))
    issuers_of(keys, {})

    with django_assert_num_queries(1):  # the edition
        issuers_of(keys, {"district": "wanne"})

    Office.objects.filter(authority__key="jugendamt").update(phone="02323 1")

    assert issuers_of(["kita-bescheid"], {})["kita-bescheid"].office.phone == "02323 1"


def test_a_paper_has_one_issuer(auental_city):
    service = Service.objects.get(key="wohngeld")

    with pytest.raises(IntegrityError, match="paper_has_one_issuer"), transaction.atomic():
        paper("bescheid", service=service, authority=service.authority)


def test_a_paper_stays_when_who_gave_it_out_goes(auental_city):
    row = paper("bescheid", service=Service.objects.get(key="energieschulden"))

    Service.objects.filter(key="energieschulden").delete()
    row.refresh_from_db()

    assert row.service is None


def test_a_load_brings_the_issuers_of_the_folder_back(auental_city):
    paper("bescheid", service=Service.objects.get(key="wohngeld"))
    paper("schwerbehindertenausweis")
    paper("kontoauszuege")

    load_city(CITIES / "auental")
    rows = {row.key: row for row in Paper.objects.select_related("authority", "service")}

    assert (rows["bescheid"].authority, rows["bescheid"].service) == (None, None)
    assert rows["schwerbehindertenausweis"].service.key == "schwerbehindertenausweis-antrag"
    assert rows["kontoauszuege"].authority.key == "bank"


def serious() -> list[str]:
    return [str(one) for one in told(review(all_offices(), "de")) if one.serious]


def test_a_circle_of_papers_among_the_rows_is_told_in_german(auental_city):
    assert serious() == []
    wohngeld, kinderzuschlag = (Service.objects.get(key=key) for key in ("wohngeld", "kinderzuschlag"))
    wohngeld.papers.add(paper("mutterpass", service=kinderzuschlag))
    kinderzuschlag.papers.add(paper("mahnungen", service=wohngeld))

    (found,) = serious()

    assert found.startswith("Papiere und Leistungen warten aufeinander: ")
    assert "Wohngeld verlangt „Mutterpass“, und das gibt es nur bei: Kinderzuschlag" in found
    assert "Kinderzuschlag verlangt „Mahnungen“, und das gibt es nur bei: Wohngeld" in found


def test_a_circle_through_a_benefit_of_another_name_is_found_among_the_rows(auental_city):
    Service.objects.filter(key="wohngeld").update(prerequisites={"fact": "benefits", "includes": "alg1"})
    Service.objects.filter(key="arbeitslosengeld").update(prerequisites={"fact": "benefits", "includes": "wohngeld"})

    (found,) = serious()

    assert "Arbeitslosengeld verlangt: Sie bekommen: Wohngeld" in found

    Service.objects.filter(key="arbeitslosengeld").update(gives=[])

    assert serious() == []


def test_a_benefit_that_somebody_gives_without_any_rule_locks_nobody_out(auental_city):
    Service.objects.filter(key="kindergeld").update(prerequisites={"fact": "benefits", "includes": "kinderzuschlag"})
    (found,) = serious()
    assert "Kindergeld verlangt: Sie bekommen: Kinderzuschlag" in found

    Service.objects.filter(key="bafoeg").update(gives=["kindergeld"], prerequisites={})

    assert serious() == []
