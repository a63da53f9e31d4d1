"""Gaps, overlaps and ping-pong of a folder are told before people meet them, with an example in words."""

import shutil
from pathlib import Path
from textwrap import dedent

import pytest

from tests.conftest import CITIES
from tragnetz.city.check import check_city
from tragnetz.city.read import read_folder
from tragnetz.config.cli import main
from tragnetz.eligibility.circles import giver_of
from tragnetz.eligibility.facts import FACTS

WRONG = Path(__file__).parent / "pingpong"


@pytest.fixture
def auental(tmp_path):
    shutil.copytree(CITIES / "catalogue", tmp_path / "catalogue")
    return shutil.copytree(CITIES / "auental", tmp_path / "auental")


@pytest.fixture
def wrong(auental):
    """Auental with offices and services that send people round."""
    return shutil.copytree(WRONG, auental, dirs_exist_ok=True)


def add(folder, name: str, text: str) -> None:
    file = folder / name
    before = file.read_text() if file.exists() else ""
    file.write_text(f"{before}\n{dedent(text).strip()}\n")


def replace(folder, old: str, new: str) -> None:
    file = folder / "offices.yaml"
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def test_ping_pong_gap_and_overlap_are_told_with_a_household(wrong, capsys):
    status = main(["city", "responsibility", str(wrong)])
    told = capsys.readouterr()

    assert status == 1
    assert (
        "Im Kreis geschickt: Jobcenter → Sozialamt → Jobcenter. Beispiel: Sie können weniger als drei Stunden am Tag"
        " arbeiten; Sie sind 66 Jahre alt" in told.err
    )
    assert "Niemand ist zuständig: Wohngeldstelle. Beispiel: Sie wohnen in Unterstadt" in told.out
    assert (
        "Mehrere sind zuständig: Wohngeldstelle im Rathaus, Wohngeldstelle am Schloss. Beispiel: Sie wohnen in"
        " Oberstadt; Kinder in Ihrem Haushalt: genau 1" in told.out
    )
    assert (
        "Papiere und Leistungen warten aufeinander: Wohnung der Stadt → Anmeldung → Wohnung der Stadt. Beispiel: Wohnung"
        " der Stadt verlangt „Anmeldebestätigung“, und das gibt es nur bei: Anmeldung; Anmeldung verlangt „Bestätigung"
        " des Wohnungsgebers“, und das gibt es nur bei: Wohnung der Stadt" in told.err
    )


def test_check_fails_for_ping_pong_alone(wrong, auental, capsys):
    assert check_city(wrong) == []
    assert main(["city", "check", str(wrong)]) == 1

    (wrong / "services" / "blocked.yaml").unlink()
    (wrong / "papers.yaml").unlink()
    replace(wrong, "  otherwise: jobcenter\n", "")

    assert main(["city", "check", str(wrong)]) == 0
    assert "Niemand ist zuständig" in capsys.readouterr().out


def test_a_circle_through_benefits_of_another_name_is_found(auental, capsys):
    livelihood = auental.parent / "catalogue" / "nrw" / "services" / "first_help.yaml"
    text = livelihood.read_text()
    for old, new in (
        ("- not: {fact: benefits, includes_any: [grundsicherungsgeld, sgb12]}", "- {fact: benefits, includes: alg1}"),
        ("- {fact: insured_12_of_30, is: true}", "- {fact: benefits, includes: wohngeld}"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    livelihood.write_text(text)

    assert main(["city", "check", str(auental)]) == 1
    assert (
        "Leistungen warten aufeinander: Wohngeld → Arbeitslosengeld → Wohngeld. Beispiel: Wohngeld verlangt: Sie bekommen:"
        " Arbeitslosengeld; Arbeitslosengeld verlangt: Sie bekommen: Wohngeld" in capsys.readouterr().err
    )

    livelihood.write_text(text.replace("  gives: [alg1]\n", ""))  # as if it came from elsewhere

    assert main(["city", "check", str(auental)]) == 0


def test_a_circle_through_an_office_that_gives_a_paper_out_is_found(auental, capsys):
    add(auental, "offices.yaml", """
        - authority: buergeramt
          organisation: stadt-auental
          name: {de: Bürgeramt}
          when: {fact: papers, includes: einzugsbestaetigung}
          source: {title: erfunden, on: 2026-11-24}
          checked: {state: confirmed, on: 2026-11-24}
        """)  # fmt: skip
    add(auental, "papers.yaml", "- {id: einzugsbestaetigung, name: {de: Einzugsbestätigung}, service: zimmer}")
    add(auental, "services/room.yaml", """
        - id: zimmer
          kind: offer
          name: {de: Zimmer}
          summary: {de: Ein Zimmer.}
          description: {de: Ein Zimmer.}
          organisation: bruecke
          topics: [housing]
          papers: [meldebescheinigung]
          source: {title: erfunden, on: 2026-11-24}
          checked: {state: to_check, on: 2026-11-24}
        """)  # fmt: skip

    status = main(["city", "check", str(auental)])
    told = capsys.readouterr().err

    assert status == 1
    assert "Zimmer verlangt „Meldebescheinigung“, und das gibt es nur bei: Bürgeramt" in told
    assert "Bürgeramt verlangt „Einzugsbestätigung“, und das gibt es nur bei: Zimmer" in told


def test_an_authority_that_takes_nobody_of_a_district_names_the_papers_it_would_give(auental, capsys):
    add(auental, "offices.yaml", """
        - authority: buergeramt
          organisation: stadt-auental
          name: {de: Bürgeramt}
          districts: [oberstadt]
          source: {title: erfunden, on: 2026-11-24}
          checked: {state: confirmed, on: 2026-11-24}
        """)  # fmt: skip

    assert main(["city", "check", str(auental)]) == 0
    assert (
        "Niemand ist zuständig: Bürgeramt (auch für: Personalausweis oder Pass, Meldebescheinigung)."
        " Beispiel: Sie wohnen in Unterstadt" in capsys.readouterr().out
    )


def test_each_benefit_that_rules_ask_for_is_given_by_a_service_of_the_catalogue():
    read = read_folder(CITIES / "herne")
    given = {thing for row in read.services for thing in giver_of(row.id, None, gives=row.gives).gives}

    assert given == {("benefits", key) for key in FACTS["benefits"].values}


def test_each_paper_of_the_catalogue_says_in_all_languages_who_gives_it_out():
    read = read_folder(CITIES / "herne")
    silent = [
        row.id
        for row in read.papers
        if not (row.authority or row.service) and set(row.where or {}) != set(read.city.languages)
    ]

    assert silent == []
    assert {row.id for row in read.papers if row.where and set(row.where) != set(read.city.languages)} == set()


@pytest.mark.parametrize("city", ["herne", "auental"])
def test_shipped_cities_send_nobody_round_and_leave_nobody_out(city, capsys):
    status = main(["city", "responsibility", str(CITIES / city)])
    told = capsys.readouterr()

    assert (status, told.err) == (0, "")
    assert "zuständig" not in told.out
    assert "sorts of households tried" in told.out


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("otherwise: sozialamt", "otherwise: nobody", "offices.yaml:39: otherwise: there is no authority `nobody`"),
        (
            "  districts: [unterstadt]\n",
            "  districts: [unterstadt]\n  otherwise: sozialamt\n",
            "sends nobody on without",
        ),
    ],
)
def test_where_an_office_sends_people_must_exist_and_need_a_rule(auental, old, new, told):
    replace(auental, old, new)

    assert told in "\n".join(map(str, check_city(auental)))
