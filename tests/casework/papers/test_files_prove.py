"""A file makes its paper be there for the claims that wait for it, until somebody says otherwise or it is gone."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.casework.claims.test_claims import plan
from tests.casework.files.samples import PDF
from tests.casework.papers.test_papers import NOW, TODAY, mark, standings
from tests.casework.papers_of import make_benefits
from tragnetz.casework.errors import CaseworkError
from tragnetz.casework.files.commands import FileDetails, change_file, drop_file, keep_file, note_seen, only_note
from tragnetz.casework.models import CaseFile, CasePaper
from tragnetz.casework.papers.queries import claims_proved_by, sheet_of
from tragnetz.casework.papers.rules import Word, last_word

LATER = NOW + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def benefits(network):
    return make_benefits(network)


def keep(owner, case, paper, *, person=None, now=LATER, **given):
    return keep_file(
        actor=owner, case=case, name="a.pdf", content=PDF, details=FileDetails(paper, **given), person=person,
        request_key=f"{CaseFile.objects.count():032}", now=now,
    )  # fmt: skip


def need(case, paper="mietvertrag"):
    return next(one for one in sheet_of(case, TODAY).needs if one.paper.key == paper)


def test_a_copy_makes_its_paper_be_there_and_says_which(owner, case):
    plan(owner, case, "wohngeld")
    assert standings(case)["mietvertrag"] == "missing"

    file = keep(owner, case, "mietvertrag")

    found = need(case)
    assert (found.standing, found.stand.proof.file_id, found.stand.is_proved) == ("there", file.pk, True)
    assert claims_proved_by(file, sheet_of(case, TODAY)) == ["Wohngeld"]
    assert standings(case)["personalausweis"] == "missing"


def test_without_the_file_the_paper_is_missing_again(owner, case):
    plan(owner, case, "wohngeld")
    file = keep(owner, case, "mietvertrag")
    assert need(case).standing == "there"

    drop_file(actor=owner, file=file, reason="wrong")

    assert need(case).standing == "missing"


def test_another_file_of_the_paper_goes_on_proving_it(owner, case):
    plan(owner, case, "wohngeld")
    keep(owner, case, "mietvertrag")
    file = keep(owner, case, "mietvertrag", now=LATER + timedelta(minutes=1))

    drop_file(actor=owner, file=file, reason="wrong")

    assert need(case).standing == "there"


def test_what_was_only_seen_counts_with_its_day(owner, case):
    plan(owner, case, "wohngeld")
    note_seen(
        actor=owner, case=case, paper="mietvertrag", note="", seen_on=TODAY - timedelta(days=3), request_key="s" * 32,
        now=LATER,
    )  # fmt: skip

    assert (need(case).standing, need(case).stand.proof.seen_on) == ("seen", TODAY - timedelta(days=3))


def test_a_copy_that_becomes_a_note_is_seen(owner, case):
    plan(owner, case, "wohngeld")
    file = keep(owner, case, "mietvertrag")

    only_note(actor=owner, file=file, now=LATER)

    assert (need(case).standing, need(case).stand.proof.seen_on) == ("seen", TODAY)


@pytest.mark.parametrize(("days", "standing"), [(10, "there"), (200, "old")])
def test_a_copy_grows_too_old_by_its_own_day(owner, case, days, standing):
    plan(owner, case, "wohngeld")

    keep(owner, case, "einkommensnachweise", issued_on=TODAY - timedelta(days=days))

    assert need(case, "einkommensnachweise").standing == standing


def test_the_later_word_counts(owner, case):
    plan(owner, case, "wohngeld")
    file = keep(owner, case, "mietvertrag", now=NOW - timedelta(minutes=1))

    assert mark(owner, case, "mietvertrag", state="missing") == 1
    assert need(case).standing == "missing"

    change_file(actor=owner, file=file, details=FileDetails("letter"), now=LATER)
    change_file(actor=owner, file=file, details=FileDetails("mietvertrag"), now=LATER)
    assert need(case).standing == "there"


def test_what_a_file_says_is_not_written_down_again(owner, case):
    plan(owner, case, "wohngeld")
    keep(owner, case, "mietvertrag")

    assert mark(owner, case, "mietvertrag", state="there") == 0
    assert not CasePaper.objects.exists()


def test_what_is_the_households_is_there_for_each_adult_and_not_the_other_way_round(owner, case, people):
    plan(owner, case, "wohngeld")
    plan(owner, case, "kinderzuschlag", person=people["Emil"])
    keep(owner, case, "mietvertrag")
    keep(owner, case, "einkommensnachweise", person=people["Emil"])

    found = {(one.part_id == case.compartments.get(person=None).pk, one.paper.key): one.standing
             for one in sheet_of(case, TODAY).needs}  # fmt: skip

    assert found == {
        (True, "mietvertrag"): "there", (False, "mietvertrag"): "there", (True, "einkommensnachweise"): "missing",
        (False, "einkommensnachweise"): "there", (True, "personalausweis"): "missing",
    }  # fmt: skip


def test_a_paper_that_nobody_knows_and_a_day_to_come_are_refused(owner, case):
    with pytest.raises(CaseworkError, match="aus der Liste"):
        keep(owner, case, "erfunden")
    with pytest.raises(CaseworkError, match="Zukunft"):
        keep(owner, case, "mietvertrag", issued_on=TODAY + timedelta(days=1))

    assert not CaseFile.objects.exists()


def test_a_file_whose_paper_left_the_directory_can_still_be_changed(owner, case, benefits):
    file = keep(owner, case, "mietvertrag")
    for service in benefits.values():
        service.papers.all().delete()

    changed = change_file(actor=owner, file=file, details=FileDetails("mietvertrag", "Vertrag von 2019"), now=LATER)

    assert changed.note == "Vertrag von 2019"


def test_the_sheet_costs_the_same_for_two_files_and_for_twenty(owner, case, django_assert_num_queries):
    plan(owner, case, "wohngeld")
    keep(owner, case, "mietvertrag")
    with django_assert_num_queries(9):
        sheet_of(case, TODAY)
    for number in range(20):
        keep(owner, case, "personalausweis", now=LATER + timedelta(minutes=number))

    with django_assert_num_queries(9):
        sheet_of(case, TODAY)


moments = st.datetimes()
words = st.none() | st.builds(Word, st.sampled_from(["missing", "there", "seen", "not_needed"]), st.none(), moments)


@given(words, words)
def test_the_last_word_is_one_of_both_and_none_is_later(said, filed):
    found = last_word(said, filed)

    assert found in (said, filed)
    assert (found is None) == (said is None and filed is None)
    assert not [word for word in (said, filed) if word and word.at > found.at]
