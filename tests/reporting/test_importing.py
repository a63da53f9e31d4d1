"""What an older system kept of participations comes over as our own file gives it."""

import pytest

from tests.reporting.conftest import make_programme
from tests.reporting.snapshots.conftest import FIRST, LAST, invented
from tragnetz.audit.models import Event
from tragnetz.core.spreadsheets import as_csv
from tragnetz.network.actors import system
from tragnetz.network.models import Membership
from tragnetz.reporting.errors import ReportingError
from tragnetz.reporting.exports.files import KINDS, Origin
from tragnetz.reporting.models import Participation
from tragnetz.reporting.participation.importing import NEEDED, take_over
from tragnetz.reporting.snapshots.report import report_of
from tragnetz.reporting.snapshots.rows import live

pytestmark = pytest.mark.django_db
HEAD = (*NEEDED, "austritt", "austritt_art", "gender")


@pytest.fixture
def author(owner):
    return Membership.objects.get(pk=owner.membership_id)


def table(*rows):
    return as_csv([HEAD, *rows])


def take(network, programme, author, text, **given):
    return take_over(actor=system(network), programme=programme, author=author, text=text, **given)


def test_our_own_file_comes_back_with_the_same_figures(network, owner, programme, author):
    invented(owner, programme, 12)
    rows = live(programme, FIRST, LAST)
    before = report_of(rows)
    text = KINDS["teilnahmen-csv"].make(rows, Origin("Netz", LAST, 1, "abc"))
    text = text if isinstance(text, str) else text.decode()
    Participation.objects.all().delete()
    number = text.count("\n") - 1

    assert take(network, programme, author, text, dry_run=True).new == number > 0 == Participation.objects.count()
    taken = take(network, programme, author, text)
    after = report_of(live(programme, FIRST, LAST))

    assert (taken.new, taken.known, taken.problems) == (number, 0, [])
    talks = {"contacts", "minutes"}  # they hang on cases
    assert {cell: size for cell, size in after.cells.items() if cell.measure not in talks and size} == {
        cell: size for cell, size in before.cells.items() if cell.measure not in talks and size
    }
    assert not Participation.objects.exclude(case=None).exists()
    assert Event.objects.get(verb="participation:import").details == {"new": number, "known": 0}
    assert take(network, programme, author, text).known == number


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("A1", "gamma", "2026-02-01", "", "", "w"), "nicht beteiligt"),
        (("A1", "alpha", "2020-02-01", "", "", "w"), "nicht in der Zeit des Projekts"),
        (("A1", "alpha", "1.2.2026", "", "", "w"), "kein Tag wie"),
        (("A1", "alpha", "2026-02-01", "2026-01-01", "regular", "w"), "passt nicht zum Eintritt"),
        (("A1", "alpha", "2026-02-01", "", "", "x"), "passt nicht zur Frage gender"),
        (("", "alpha", "2026-02-01", "", "", "w"), "keine freie Teilnehmernummer"),
    ],
)  # fmt: skip
def test_one_wrong_line_takes_nothing_over(network, programme, author, row, why):
    taken = take(network, programme, author, table(("B2", "alpha", "2026-02-01", "", "", "w"), row))

    assert len(taken.problems) == 1
    assert taken.problems[0].startswith("Zeile 3: ")
    assert why in taken.problems[0]
    assert not Participation.objects.exists()


def test_a_number_of_another_project_is_not_free(network, programme, author):
    line = table(("A1", "alpha", "2026-02-01", "", "", "w"))
    take(network, programme, author, line)
    assert "keine freie" in take(network, make_programme(network, "gut"), author, line).problems[0]


def test_another_table_is_none(network, programme, author):
    with pytest.raises(ReportingError, match="teilnahme, organisation, eintritt"):
        take(network, programme, author, "name;geboren\r\nRosa;1988\r\n")
