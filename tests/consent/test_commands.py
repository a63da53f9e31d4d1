"""What people allow is kept whole or not at all, withdrawn at once, and the database refuses the rest."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from tests.allowed import KIND, OTTO, ROSA, client_as, consent, draft, make_case, person_of, release, travel
from tests.factories import make_actor
from tragnetz.audit.models import Event
from tragnetz.clients.commands import PersonDetails, set_household
from tragnetz.clients.models import Person
from tragnetz.consent.access import (
    can_read_released,
    can_see_due,
    can_take_consent,
    visible_consents,
    visible_notices,
    visible_people,
    visible_releases,
)
from tragnetz.consent.commands import (
    ConsentDraft,
    add_signature,
    end_with_case,
    give_release,
    hand_out_notice,
    put_texts,
    withdraw,
    withdraw_own,
    wording_of,
)
from tragnetz.consent.enums import State
from tragnetz.consent.errors import ConsentError, TermsError
from tragnetz.consent.models import CityText, Consent, Notice, Release, ReleaseSpeaker
from tragnetz.consent.queries import (
    deciding_people,
    due_entries,
    entry_of,
    grant_of,
    household_view,
    in_force,
    may_tell,
    own_text,
    speaker_names,
)
from tragnetz.consent.rules import Problem, decides, default_end, end_of, valid_at
from tragnetz.consent.shapes import CityText as CityTextShape
from tragnetz.core.clock import now, today
from tragnetz.network.enums import Role
from tragnetz.network.models import Organisation

KEY = "3" * 32


def test_a_release_is_kept_with_the_sentence_that_was_shown(network, ada, case):
    made = draft(ada, person_of(case), language="tr")

    row = give_release(actor=ada, draft=made, idempotency_key=KEY, now=now())

    row = Release.objects.get(pk=row.pk)
    assert row.german == wording_of(ada, made, "de", today(network.zone)).text
    assert row.wording.startswith("Rosa Geheimrat şuna izin veriyor: Alpha e. V., Beta e. V. ile")
    assert speaker_names(row) == ["Alpha e. V."]
    assert row.ends_at == end_of(default_end(today(network.zone)), network.zone)
    event = Event.objects.get(verb="release:give")
    assert event.object_id == row.pk
    assert event.details == {"purpose": "cooperation", "form": "written", "groups": 2}


def test_a_form_that_was_sent_twice_is_kept_once(ada, case):
    made = draft(ada, person_of(case))
    first = give_release(actor=ada, draft=made, idempotency_key=KEY, now=now())

    assert give_release(actor=ada, draft=made, idempotency_key=KEY, now=now()) == first
    assert Release.objects.count() == ReleaseSpeaker.objects.count() == 1


def test_secrets_of_a_release_are_not_readable_in_the_database(ada, case):
    release(ada, person_of(case), form="oral", witness="Frau Zeugin", signed_on=None, outside="Dr. Zitrone", to=None)

    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(r)::text FROM consent_release r")
        text = cursor.fetchone()[0]
    assert "written" not in text
    assert [
        word for word in ("Zeugin", "Zitrone", "Wohngeld", "Rosa") if word.encode().hex() in text or word in text
    ] == []


def test_only_ones_own_people_allow_something_here(network, ada, bea, case):
    with pytest.raises(ConsentError, match="keinem Haushalt"):
        give_release(actor=bea, draft=draft(bea, person_of(case), "alpha"), idempotency_key=KEY, now=now())
    intake = make_actor(network, "alpha", "intake", name="Ina")
    with pytest.raises(ConsentError, match="keinem Haushalt"):
        give_release(actor=intake, draft=draft(intake, person_of(case)), idempotency_key=KEY, now=now())

    assert Release.objects.count() == 0


def test_what_is_incomplete_is_named_and_nothing_is_kept(ada, case):
    incomplete = draft(ada, person_of(case), to=None, topic="", groups=set())
    with pytest.raises(TermsError) as error:
        give_release(actor=ada, draft=incomplete, idempotency_key=KEY, now=now())

    assert error.value.problems == [Problem.NO_GROUPS, Problem.NO_RECIPIENT, Problem.NO_TOPIC]
    assert "Worüber darf gesprochen werden?" in str(error.value)
    assert not Release.objects.exists()


def test_all_partners_is_no_recipient(ada, case):
    with pytest.raises(TermsError, match="Alle"):
        release(ada, person_of(case), to=None, outside="alle Partner des Netzes")


def test_a_withdrawal_has_time_form_and_who_took_it_down(ada, case):
    row = release(ada, person_of(case))
    at = now()

    withdraw(actor=ada, given=row, form="oral", now=at)
    withdraw(actor=ada, given=row, form="written", now=at + timedelta(days=1))

    row = Release.objects.get()
    assert (row.withdrawn_at, row.withdrawal_form, row.withdrawal_taken_by_id) == (at, "oral", ada.membership_id)
    assert Event.objects.filter(verb="release:withdraw").count() == 1


def test_nobody_withdraws_what_another_organisation_keeps(ada, bea, case):
    row = release(ada, person_of(case))

    with pytest.raises(ConsentError):
        withdraw(actor=bea, given=row, form="oral", now=now())
    assert Release.objects.get().withdrawn_at is None


def oral(ada, case, **given):
    return release(ada, person_of(case), form="oral", witness="Frau Kurz", signed_on=None, **given)


@pytest.fixture
def kdg(network):
    Organisation.objects.filter(key="alpha").update(regime="kdg")


def test_under_kdg_an_oral_one_needs_the_day_of_its_signature(ada, case, kdg):
    with pytest.raises(TermsError, match="KDG"):
        oral(ada, case)


def test_an_oral_one_lapses_without_its_signature_and_holds_again_with_it(network, ada, case, kdg):
    day = today(network.zone)
    row = oral(ada, case, signature_due=day + timedelta(days=7))
    assert entry_of(row, now(), network.zone).state == State.UNSIGNED

    travel(row, signature_due_at=timedelta(days=-30), given_at=timedelta(days=-40))
    row.refresh_from_db()
    assert entry_of(row, now(), network.zone).state == State.LAPSED
    assert not Release.objects.filter(in_force()).exists()

    add_signature(actor=ada, given=row, signed_on=day, now=now())
    assert Release.objects.filter(in_force()).exists()
    with pytest.raises(ConsentError, match="schon unterschrieben"):
        add_signature(actor=ada, given=row, signed_on=day, now=now())


def test_a_signature_lies_between_the_word_and_today(network, ada, case):
    row = oral(ada, case)
    for day in (today(network.zone) - timedelta(days=1), today(network.zone) + timedelta(days=1)):
        with pytest.raises(ConsentError, match="zwischen"):
            add_signature(actor=ada, given=row, signed_on=day, now=now())


def test_the_end_of_a_case_ends_what_was_to_end_with_it(ada, case):
    with_case, longer = release(ada, person_of(case)), release(ada, person_of(case), ends_with_case=False)
    data = consent(ada, person_of(case))
    at = now()

    assert end_with_case(actor=ada, household=case.household, now=at) == 2

    for row in (with_case, longer, data):
        row.refresh_from_db()
    assert with_case.ends_at == data.ends_at == at
    assert longer.ends_at > at


def test_the_end_of_a_case_leaves_what_ended_before_and_what_is_another_households(network, ada, case):
    gone, over, other = (release(ada, person_of(one)) for one in (case, case, make_case(network, ada)))
    at = now()
    withdraw(actor=ada, given=gone, form="oral", now=at)
    travel(over, given_at=timedelta(days=-400), ends_at=timedelta(days=-400))
    ahead = release(ada, person_of(case))
    travel(ahead, given_at=timedelta(hours=1))
    kept = {row.pk: type(row).objects.get(pk=row.pk).ends_at for row in (gone, over, other)}

    assert end_with_case(actor=ada, household=case.household, now=at) == 1
    assert end_with_case(actor=ada, household=case.household, now=at + timedelta(hours=2)) == 0

    assert dict(Release.objects.exclude(pk=ahead.pk).values_list("pk", "ends_at")) == kept
    ahead.refresh_from_db()
    assert ahead.ends_at == ahead.given_at  # it never held
    assert Event.objects.get(verb="consent:end_with_case").details == {"ended": 1}


def test_a_person_withdraws_electronically_what_is_theirs_once(network, ada, case):
    rosa, otto = person_of(case), person_of(make_case(network, ada, OTTO), OTTO.name)
    at = now()
    given = [release(ada, rosa), consent(ada, rosa)]
    for row in given:
        for later in (timedelta(), timedelta(days=1)):
            done = withdraw_own(actor=ada, person=rosa, given_id=row.pk, now=at + later)
        assert (done.pk, done.withdrawal_form, done.withdrawal_taken_by_id) == (row.pk, "electronic", None)
        assert type(row).objects.get(pk=row.pk).withdrawn_at == max(at, row.given_at)

    assert [Event.objects.filter(verb=f"{kind}:withdraw").count() for kind in ("release", "consent")] == [1, 1]
    for nothing in (None, given[0].pk):
        with pytest.raises(ConsentError, match="gibt es nicht"):
            withdraw_own(actor=ada, person=otto, given_id=nothing, now=at)


def test_who_decides_for_a_household_is_the_same_to_database_and_rules(network, ada):
    day = today(network.zone)
    people = [
        PersonDetails(f"{relation} {year}", relation, year)
        for relation in ("self", "partner", "child", "parent", "other")
        for year in (None, day.year - 17, day.year - 18, 1950)
    ]
    household = make_case(network, ada, *people).household

    found = set(deciding_people(day).filter(household=household))

    expected = {row for row in household.people.all() if decides(row.relation, row.birth_year, day)}
    assert found == expected
    assert (
        len(found) == 4 + 4 * 3 - 1
    )  # all who ask themselves; of each other kind the adults, and in doubt all but children
    household.people.update(left_on=day)
    assert not deciding_people(day).filter(household=household).exists()


def test_a_consent_lets_nobody_speak(ada, bea, case):
    consent(ada, person_of(case), groups={"goals"})

    names = {"person_id": person_of(case).pk, "speaker": ada.organisation_id, "recipient": bea.organisation_id}
    assert not may_tell(**names, group="goals")
    release(ada, person_of(case), "goals")
    assert may_tell(**names, group="goals")
    assert not may_tell(**names, group="notes")


def test_queued_work_asks_again_when_it_runs(ada, bea, case):
    row = release(ada, person_of(case), "goals")
    sent = []

    def job() -> None:
        names = {"person_id": row.person_id, "speaker": ada.organisation_id, "recipient": bea.organisation_id}
        if may_tell(**names, group="goals"):
            sent.append(row.pk)

    job()
    withdraw(actor=ada, given=row, form="oral", now=now())
    job()

    assert sent == [row.pk]


@pytest.mark.parametrize("days", [-400, -10, -1, 0, 1, 10, 100, 364, 365, 366, 400])
def test_the_database_and_the_rules_agree_at_every_moment(network, ada, case, days):
    rosa, at = person_of(case), now()
    release(ada, rosa)
    withdrawn = release(ada, rosa)
    late = oral(ada, case, signature_due=today(network.zone) + timedelta(days=9))
    travel(withdraw(actor=ada, given=withdrawn, form="oral", now=now()), withdrawn_at=timedelta(days=5))
    signed = oral(ada, case, signature_due=today(network.zone) + timedelta(days=9))
    add_signature(actor=ada, given=signed, signed_on=today(network.zone), now=now())
    moment = at + timedelta(days=days, minutes=1)

    held = set(Release.objects.filter(in_force(moment)).values_list("pk", flat=True))

    assert held == {row.pk for row in Release.objects.all() if valid_at(grant_of(row), moment)}
    assert late.pk in held or days >= 10 or days < 0


BROKEN = {
    "release_names_known_groups": {"groups": []},
    "release_ends_after_it_was_given": {"ends_at": now() - timedelta(days=9)},
    "release_oral_has_a_witness": {"form": "oral", "witness": None},
    "release_written_is_signed": {"form": "written", "signed_on": None},
    "release_electronic_has_proof": {"form": "electronic", "proof": None},
    "release_oral_under_kdg_is_to_be_signed": {"form": "oral", "witness": "X", "regime": "kdg"},
    "release_signer_is_named": {"signer": "guardian"},
    "release_withdrawal_is_complete": {"withdrawn_at": now()},
    "release_names_one_recipient": {"to_outside": "Dr. Meier"},
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_database_refuses_what_is_not_whole(ada, case, name):
    row = release(ada, person_of(case))

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Release.objects.filter(pk=row.pk).update(**BROKEN[name])


def test_the_database_knows_all_groups_and_no_other(ada, case):
    row = release(ada, person_of(case))

    with pytest.raises(IntegrityError, match="known_groups"), transaction.atomic():
        Release.objects.filter(pk=row.pk).update(groups=["everything"])


def test_the_same_constraints_hold_for_consents():
    names = {one.name.removeprefix("consent") for one in Consent._meta.constraints}
    assert names == {one.name.removeprefix("release") for one in Release._meta.constraints} - {"_names_one_recipient"}


def check_now() -> None:
    """Let the database check now what it checks at the end of a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_the_database_wants_a_speaker_who_is_not_the_recipient(network, ada, bea, case):
    row = release(ada, person_of(case))
    check_now()
    with pytest.raises(IntegrityError, match="release_has_a_speaker"), transaction.atomic():
        _drop_speakers(row)
    with pytest.raises(IntegrityError, match="release_is_not_to_its_speaker"), transaction.atomic():
        _add_speaker(row, bea)
    row.delete()
    check_now()

    assert not ReleaseSpeaker.objects.exists()


def _drop_speakers(row) -> None:
    row.speakers.all().delete()
    check_now()


def _add_speaker(row, actor) -> None:
    ReleaseSpeaker(network_id=row.network_id, release=row, organisation_id=actor.organisation_id).save()
    check_now()


def test_a_release_may_let_one_counsellor_alone_speak(network, ada, bea, case):
    other = make_actor(network, "alpha", "counsellor", name="Otto")
    release(ada, person_of(case), "goals", only=(other.membership_id,))
    names = {
        "person_id": person_of(case).pk, "speaker": ada.organisation_id, "recipient": bea.organisation_id,
        "group": "goals",
    }  # fmt: skip

    assert speaker_names(Release.objects.get()) == ["Otto Test (Alpha e. V.)"]
    assert not may_tell(**names, counsellors=[ada.membership_id])
    assert may_tell(**names, counsellors=[other.membership_id])


def test_people_stay_who_they_are_when_the_household_changes(network, ada, case):
    rosa, kim = person_of(case), person_of(case, "Kim Geheimrat")
    release(ada, rosa)

    set_household(
        actor=ada, household=case.household,
        people=[PersonDetails("Rosa Neumann", "self", 1986, rosa.pk), PersonDetails("Otto", "partner", None)],
    )  # fmt: skip

    assert Release.objects.get().person == rosa
    assert [(row.name, row.birth_year) for row in case.household.people.all()] == [
        ("Rosa Neumann", 1986), ("Otto", None),
    ]  # fmt: skip
    assert not Person.objects.filter(pk=kim.pk).exists()


def test_who_moves_out_stays_where_something_hangs_on_them(network, ada, case):
    rosa = person_of(case)
    row = release(ada, rosa)
    kim = person_of(case, "Kim Geheimrat")

    set_household(actor=ada, household=case.household, people=[PersonDetails("Kim", "self", 2008, kim.pk)])

    rosa.refresh_from_db()
    assert rosa.left_on == today(network.zone)
    assert [view.person.name for view in household_view(ada, case.household, now())] == ["Kim", "Rosa Geheimrat"]
    assert not may_tell(person_id=rosa.pk, speaker=ada.organisation_id, recipient=row.to_organisation_id, group="goals")


def test_an_id_of_another_household_is_not_taken_over(network, ada, case):
    other = make_case(network, ada, OTTO)
    stranger = person_of(other, OTTO.name)

    set_household(actor=ada, household=case.household, people=[PersonDetails("X", "self", None, stranger.pk)])

    stranger.refresh_from_db()
    assert (stranger.name, stranger.household_id) == (OTTO.name, other.household_id)


def test_the_information_that_was_handed_out_is_kept_with_its_version(network, ada, case):
    day = today(network.zone)
    for _twice in range(2):
        hand_out_notice(
            actor=ada, person=person_of(case), purpose="counselling", how="read_out", handed_on=day, language="ar",
            idempotency_key=KEY, now=now(),
        )  # fmt: skip

    notice = Notice.objects.get()
    assert notice.text_version == "notice-counselling-1-dsgvo-1-words-2"
    assert (notice.how, notice.language) == ("read_out", "ar")
    with pytest.raises(ConsentError, match="Zukunft"):
        hand_out_notice(
            actor=ada, person=person_of(case), purpose="counselling", how="paper", language="de", now=now(),
            handed_on=day + timedelta(days=1), idempotency_key="4" * 32,
        )  # fmt: skip


def own_words(**given) -> CityTextShape:
    return CityTextShape.model_validate(
        {
            "use": "release", "purpose": "cooperation", "version": 1, "valid_from": "2026-01-01",
            "body": {"de": "Worte der Stadt."}, "source": {"title": "Rat", "on": "2026-01-01"},
        }
        | given
    )  # fmt: skip


def test_a_citys_own_words_stand_on_its_papers_the_nearest_first(network, ada, case):
    alpha = Organisation.objects.get(key="alpha")
    texts = [
        own_words(),
        own_words(regime="dsgvo", body={"de": "Worte für die DSGVO."}),
        own_words(organisation="alpha", version=2, body={"de": "Worte von Alpha."}),
        own_words(organisation="alpha", version=3, valid_from="2099-01-01", body={"de": "Später."}),
        own_words(organisation="beta", version=9, body={"de": "Worte von Beta."}),
    ]
    keys = {row.key: row for row in Organisation.objects.all()}
    put_texts(network=network, texts=texts, organisations=keys)
    put_texts(network=network, texts=texts, organisations=keys)

    assert CityText.objects.count() == 5
    row = release(ada, person_of(case))
    assert "Worte von Alpha." in row.german
    assert row.text_version.endswith("city-alpha-2")
    CityText.objects.filter(organisation=alpha).delete()
    assert own_text("release", "cooperation", alpha, today(network.zone)).body == {"de": "Worte für die DSGVO."}
    with pytest.raises(ConsentError, match="version 1 is known"):
        put_texts(network=network, texts=[own_words(body={"de": "Heimlich anders."})], organisations=keys)


def test_the_lead_sees_what_ends_soon_and_what_lacks_a_signature(network, ada, case, kdg):
    lead = make_actor(network, "alpha", "lead", name="Lea")
    day = today(network.zone)
    release(ada, person_of(case))
    soon = release(ada, person_of(case), until=day + timedelta(days=20))
    unsigned = oral(ada, case, signature_due=day + timedelta(days=3))
    withdraw(actor=ada, given=release(ada, person_of(case), until=day + timedelta(days=2)), form="oral", now=now())

    assert [entry.row for entry in due_entries(lead, now())] == [unsigned, soon]


def test_a_household_is_read_in_few_queries(ada, case, django_assert_num_queries):
    rosa = person_of(case)
    for _number in range(3):
        release(ada, rosa)
        consent(ada, rosa)

    with django_assert_num_queries(7):
        views = household_view(ada, case.household, now())
        assert [entry.to_whom for entry in views[0].entries][:2] == ["Alpha e. V.", "Beta e. V."]


def test_a_consent_names_who_gets_the_data(network, ada, case):
    beta = Organisation.objects.get(key="beta")
    made = consent(ada, person_of(case))
    named = ConsentDraft(
        person_of(case), made and draft(ada, person_of(case), purpose="follow_up").terms, (beta.pk,), "AWO"
    )

    assert "Wer die Angaben bekommt: niemand sonst." in made.german
    assert "Wer die Angaben bekommt: Beta e. V. und AWO." in wording_of(ada, named, "de", today(network.zone)).sentence


def test_minors_decide_by_what_they_understand_or_somebody_signs(network, ada):
    case = make_case(network, ada, ROSA, KIND)
    kim = person_of(case, KIND.name)

    with pytest.raises(TermsError, match="Minderjährigen"):
        release(ada, kim)
    row = release(ada, kim, signer="parent", signer_name="Rosa Geheimrat")

    assert (row.signer, row.signer_name) == ("parent", "Rosa Geheimrat")
    assert client_as(ada).get(f"/de/arbeit/faelle/{case.pk}/einwilligungen/").status_code == 200


def test_what_people_allowed_is_seen_by_who_takes_it_down_in_their_organisation(network, ada, bea, case):
    person = person_of(case)
    release(ada, person)
    consent(ada, person)
    hand_out_notice(
        actor=ada, person=person, purpose="counselling", how="paper", handed_on=today(network.zone), language="de",
        idempotency_key=KEY, now=now(),
    )  # fmt: skip
    rows = (visible_people, visible_consents, visible_releases, visible_notices)
    takes = {role: can_take_consent(replace(ada, roles=frozenset({role}))) for role in Role}

    assert {role for role, does in takes.items() if does is True} == {Role.COUNSELLOR, Role.LEAD}
    for role in Role:
        actor = replace(ada, roles=frozenset({role}))
        assert [visible(actor).exists() for visible in rows] == [takes[role]] * len(rows)
        assert can_see_due(actor) is (role == Role.LEAD)
        assert can_read_released(actor) is (role in {Role.COUNSELLOR, Role.LEAD})
    assert [visible(bea).exists() for visible in rows] == [False] * len(rows)
