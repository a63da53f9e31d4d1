"""Gaps, overlaps and ping-pong of a folder are told before people meet them, with an example in words."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import CITIES
from tragnetz.city.check import check_city
from tragnetz.config.cli import main

WRONG = Path(__file__).parent / "pingpong"


@pytest.fixture
def auental(tmp_path):
    shutil.copytree(CITIES / "catalogue", tmp_path / "catalogue")
    return shutil.copytree(CITIES / "auental", tmp_path / "auental")


@pytest.fixture
def wrong(auental):
    """Auental with offices and services that send people round."""
    return shutil.copytree(WRONG, auental, dirs_exist_ok=True)


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
    assert "Leistungen warten aufeinander: Beihilfe zur Ausbildung → Hilfe zum Leben → Beihilfe" in told.err


def test_check_fails_for_ping_pong_alone(wrong, auental, capsys):
    assert check_city(wrong) == []
    assert main(["city", "check", str(wrong)]) == 1

    (wrong / "services" / "blocked.yaml").unlink()
    replace(wrong, "  otherwise: jobcenter\n", "")

    assert main(["city", "check", str(wrong)]) == 0
    assert "Niemand ist zuständig" in capsys.readouterr().out


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
