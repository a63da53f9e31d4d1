"""Compiled law as a web process loads it: without gettsim, whole, and in no time."""

import json
import shutil
import subprocess
import sys
from datetime import date

import numpy as np
import pytest

from tests.benefits.households import copies, family
from tests.conftest import CITIES
from tragnetz.benefits.law import is_outrun, load_law
from tragnetz.benefits.library import is_current, law_of, laws, outdated
from tragnetz.benefits.runtime import LawError

FOLDER = CITIES.parent / "var" / "law"


@pytest.fixture(scope="module")
def law():
    return laws(FOLDER)[-1]


def test_law_is_loaded_without_gettsim():
    program = (
        "import sys; from pathlib import Path; from tragnetz.benefits.library import laws;"
        f"print(len(laws(Path({str(FOLDER)!r}))[-1].targets), [m for m in ('gettsim', 'ttsim', 'pandas', 'django')"
        " if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.split(maxsplit=1)[1].strip() == "[]"


def test_law_knows_claim_and_payment_of_a_family(law):
    poor, middle = law.evaluate(family(law, 0.0)), law.evaluate(family(law, 2800.0))

    assert poor["bürgergeld__betrag_m_bg"][0] == poor["bürgergeld__anspruchshöhe_m_bg"][0] > 2000
    assert poor["wohngeld__betrag_m_wthh"][0] == 0
    assert middle["bürgergeld__anspruchshöhe_m_bg"][0] > 0
    assert middle["bürgergeld__betrag_m_bg"][0] == 0
    assert middle["wohngeld__betrag_m_wthh"][0] > 0
    assert middle["kinderzuschlag__betrag_m_bg"][0] > 0
    assert len(set(middle["bg_id"])) == 1


def test_an_amount_from_a_notice_stands_instead_of_the_computed_one(law):
    columns = family(law, 0.0)
    without = law.evaluate(columns)
    notice = np.array([900.0, np.nan, np.nan, np.nan])
    given = law.evaluate(columns | {"sozialversicherung__arbeitslosen__betrag_m": notice})

    assert given["sozialversicherung__arbeitslosen__betrag_m"].tolist() == [900.0, 0.0, 0.0, 0.0]
    assert given["bürgergeld__anspruchshöhe_m_bg"][0] < without["bürgergeld__anspruchshöhe_m_bg"][0]


def test_many_households_in_one_call_give_what_each_gives_alone(law):
    wages = np.linspace(0, 6000, 50)
    many = copies(family(law, 0.0), 50)
    many["einnahmen__bruttolohn_m"] = np.zeros(200)
    many["einnahmen__bruttolohn_m"][::4] = wages

    together = law.evaluate(many)
    for number in (0, 7, 24, 49):
        alone = law.evaluate(family(law, wages[number]))
        for target in law.targets:
            if not target.endswith("_id"):
                assert together[target][4 * number : 4 * number + 4].tolist() == alone[target].tolist(), target


def test_missing_column_is_named(law):
    columns = family(law, 0.0)
    del columns["alter"]

    with pytest.raises(LawError, match="also needs: alter"):
        law.evaluate(columns)


def test_law_that_was_changed_after_it_was_built_is_refused(tmp_path):
    place = shutil.copytree(FOLDER / laws(FOLDER)[-1].date.isoformat(), tmp_path / "2026-01-01")
    rules = place / "rules.py"
    rules.write_text(rules.read_text().replace("return", "return  ", 1))

    with pytest.raises(LawError, match="was changed after it was built"):
        load_law(place)


def test_missing_law_says_how_to_build_it(tmp_path):
    with pytest.raises(LawError, match="tragnetz law build --date 2020-01-01"):
        law_of(FOLDER, date(2020, 1, 1))
    with pytest.raises(LawError, match="tragnetz law build"):
        load_law(tmp_path)


def test_law_from_older_sources_is_not_current(tmp_path):
    name = laws(FOLDER)[-1].date.isoformat()
    shutil.copytree(FOLDER / name, tmp_path / name)

    assert is_current(tmp_path)
    (tmp_path / name / "sources").write_text("older")
    assert not is_current(tmp_path)
    assert [day.isoformat() for day in outdated(tmp_path)] == [name]
    assert json.loads((tmp_path / name / "law.json").read_text())["gettsim"] == "1.3.1"


@pytest.mark.parametrize(
    ("law", "on", "outrun"),
    [
        (date(2026, 11, 29), date(2026, 12, 31), False),
        (date(2026, 11, 29), date(2027, 1, 1), True),
        (date(2027, 1, 1), date(2027, 1, 1), False),
        (date(2027, 1, 1), date(2027, 6, 30), False),
        (date(2027, 1, 1), date(2027, 7, 1), True),
        (date(2027, 6, 30), date(2028, 2, 29), True),
        (date(2027, 7, 1), date(2027, 3, 1), False),  # a law of a day that is to come
    ],
)
def test_a_law_is_outrun_by_the_next_half_of_the_year(law, on, outrun):
    assert is_outrun(law, on) is outrun
