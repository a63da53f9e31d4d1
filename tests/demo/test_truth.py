"""The demo's directory shows each kind of an editor's work and each state of truth; and is told once."""

from datetime import timedelta

from tests.factories import make_actor
from tragnetz.core.clock import now, today
from tragnetz.demo.truth import load_truth
from tragnetz.directory.editing import record_now
from tragnetz.directory.history import removed
from tragnetz.directory.models import Office, Report, Revision, Service
from tragnetz.directory.translations import TranslationState, translations_of
from tragnetz.directory.truth.addresses import phone_fault
from tragnetz.directory.truth.rows import confirmations_of
from tragnetz.directory.truth.rules import Level, confidence, level
from tragnetz.directory.truth.worklist import Reason, counts, work_list
from tragnetz.network.models import Organisation, Site


def words_of_ends(day):
    return [one.words for task in work_list(day) for one in task.findings if one.reason == Reason.ENDS]


def test_each_reason_of_the_work_list_but_a_circle_is_there_and_a_second_start_adds_none(herne):
    make_actor(herne, "stadt-herne", "catalogue", name="Nils")
    day = today(herne.zone)
    ending = len(words_of_ends(day))  # of the city's own entries: Filou ends on 31 August 2027

    assert (load_truth(herne, day), load_truth(herne, day)) == (4, 0)

    assert {reason for reason, number in counts(work_list(day)).items() if not number} == {Reason.CIRCLE}
    soon = words_of_ends(day)
    assert len(soon) == ending + 3
    assert any("Verlängern oder beenden?" in words for words in soon)
    assert [one.key for one in removed()] == ["moebelkammer-am-kanal"]
    assert Report.objects.filter(by_provider=True).exists()
    assert not Revision.objects.filter(at__gt=now()).exists()


def test_rows_are_fresh_fading_due_and_never_confirmed(herne):
    make_actor(herne, "stadt-herne", "catalogue", name="Nils")
    day = today(herne.zone)

    load_truth(herne, day)

    for model in (Organisation, Site, Office):
        levels, never = set(), False
        for row in model.objects.all():
            for fact, known in confirmations_of(row).items():
                levels.add(level(confidence(known, fact, day)))
                never = never or not known.sure
        assert (levels, never) == (set(Level), True), model
    assert Service.objects.filter(checked__state="confirmed", review_on__gt=day).exists()
    assert Service.objects.filter(checked__state="confirmed", review_on__lte=day).exists()


def test_the_invented_association_says_nothing_of_real_ones(herne):
    make_actor(herne, "stadt-herne", "catalogue", name="Nils")
    before = {row.key: record_now(row) | {"checked": None} for row in Service.objects.all()}

    load_truth(herne, today(herne.zone))

    for row in Service.objects.filter(key__in=before):
        assert record_now(row) | {"checked": None} == before[row.key], row.key
    own = Organisation.objects.get(key="nachbarn-am-kanal")
    assert own.url.endswith(".example")
    assert not [number for number in (one["number"] for one in own.phones) if phone_fault(number, "DE")]
    homework = Service.objects.get(key="hausaufgabenhilfe-am-kanal")
    states = {one.language: one.state for one in translations_of(record_now(homework), homework.translations)}
    assert (states["tr"], states["pl"]) == (TranslationState.OUTDATED, TranslationState.MISSING)
    assert homework.valid_until == today(herne.zone) + timedelta(days=21)


def test_without_an_editor_nothing_is_told(network):
    assert load_truth(network, today(network.zone)) == 0
