"""How much help it is."""

import pytest

from tragnetz.audit.models import Event
from tragnetz.casework.enums import Indication, Level
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.levels.commands import set_level
from tragnetz.casework.levels.rules import MOVES, Advice, advice, is_overdue
from tragnetz.casework.models import Case

ALL = set(Indication)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (set(), Advice.NOTHING),
        (ALL, Advice.MANAGEMENT),
        (ALL - {"consent"}, Advice.UNWANTED),
        ({"consent"}, Advice.SHORT),
        ({"consent", "problems"}, Advice.BOTH),
        (ALL - {"routine"}, Advice.BOTH),
    ],
)
def test_the_checklist_says_what_speaks_for_what(found, said):
    assert advice(found) == said


def test_every_level_moves_somewhere_and_none_back_to_an_enquiry():
    assert set(MOVES) == set(Level)
    assert Level.ENQUIRY not in frozenset().union(*MOVES.values())


@pytest.mark.parametrize(
    ("level", "contacts", "over"), [("short", 3, False), ("short", 4, True), ("management", 9, False)]
)
def test_short_counselling_ends_after_three_contacts(level, contacts, over):
    assert is_overdue(level, contacts) == over


def test_a_case_moves_and_keeps_what_speaks_for_it(case, owner):
    set_level(actor=owner, case=case, level="management", indication=["consent", "problems", "invented"])

    kept = Case.objects.get()
    assert (kept.level, kept.indication) == ("management", ["problems", "consent"])
    assert Event.objects.get(verb="case:level").details == {"level": "management", "indication": 2}


def test_the_checklist_forces_nothing(case, owner):
    set_level(actor=owner, case=case, level="management", indication=[])

    assert set_level(actor=owner, case=case, level="short", indication=[*ALL]).level == "short"


@pytest.mark.parametrize("level", ["enquiry", "invented"])
def test_there_is_no_way_back_to_an_enquiry(case, owner, level):
    with pytest.raises(CaseworkError):
        set_level(actor=owner, case=case, level=level, indication=[])


def test_nobody_else_says_how_much_help_it_is(case, owner, colleague, foreign, lead):
    set_level(actor=lead, case=case, level="management", indication=[])
    for actor in (colleague, foreign):
        with pytest.raises(CaseworkError, match="gibt es nicht"):
            set_level(actor=actor, case=case, level="short", indication=[])
