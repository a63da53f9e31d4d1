"""The words: each paper in each language, for each law; what nobody has looked up says so."""

from datetime import date

import pytest

from tragnetz.consent.enums import PURPOSES, DataGroup, Kind, Purpose
from tragnetz.consent.shapes import LANGUAGES
from tragnetz.consent.wording import (
    REGIMES,
    OwnText,
    Party,
    consent_wording,
    group_names,
    library,
    notice_wording,
    release_wording,
    text_language,
)

UNTIL = date(2027, 11, 29)


def release(language="de", regime="dsgvo", **given):
    known = {
        "person": "Rosa G.", "speakers": ["Alpha e. V."], "recipient": "Jobcenter", "topic": "Miete {person}",
        "groups": {"goals", "contact"}, "purpose": "cooperation", "until": UNTIL, "with_case": True,
        "party": Party("Alpha e. V.", regime),
    }  # fmt: skip
    return release_wording(**known | given, language=language)


def test_the_german_sentence_says_who_may_tell_whom_what_until_when():
    assert release().sentence.replace("\u00a0", " ") == (
        "Rosa G. erlaubt: Alpha e. V. darf mit Jobcenter über das Thema „Miete {person}“ sprechen und diese Angaben "
        "weitergeben: Name und Kontakt; Ziele und vereinbarte Schritte. Wozu: gemeinsam helfen und sich absprechen. "
        "Die Erlaubnis gilt bis 29. November 2027."
    )


def test_several_speakers_are_all_named():
    sentence = release(speakers=["Alpha", "Gamma", "Hanna Reuter (Beta)"]).sentence

    assert "Alpha, Gamma und Hanna Reuter (Beta) dürfen mit" in sentence


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("regime", REGIMES)
def test_every_paper_stands_in_every_language_for_every_law(language, regime):
    for purpose in PURPOSES[Kind.RELEASE]:
        wording = release(language, regime, purpose=purpose)
        assert "Rosa G." in wording.sentence
        assert "Jobcenter" in wording.text
        assert len(wording.version) <= 200
    for purpose in PURPOSES[Kind.CONSENT]:
        wording = consent_wording(
            person="Rosa G.", groups={"health"}, recipients=[], purpose=purpose, until=UNTIL, with_case=False,
            party=Party("Alpha", regime), language=language,
        )  # fmt: skip
        assert "Alpha" in wording.sentence
    for purpose in Purpose:
        notice = notice_wording(purpose=purpose, party=Party("Alpha", regime), language=language)
        assert "Alpha" in notice.sentence
        assert "{" not in notice.text
    assert wording.is_machine == (language not in {"de", "simple"})


def test_every_group_and_purpose_has_its_words():
    assert set(library().common.groups) == set(DataGroup.values)
    assert set(library().purposes) == set(Purpose.values)
    assert {one.id: one.use for one in library().purposes.values()} == {
        str(purpose): str(kind) for kind, purposes in PURPOSES.items() for purpose in purposes
    }


def test_the_written_rule_of_kdg_is_said_there_alone():
    assert [regime for regime in REGIMES if "§ 8 KDG" in release("de", regime).text] == ["kdg"]


def test_what_nobody_looked_up_is_marked_and_what_was_is_not():
    statutes = release("de", "kdg").statutes

    assert "§ 8 KDG: Einwilligung in der Regel schriftlich (zu prüfen)" in statutes
    assert "§ 203 StGB: Schweigepflicht in Sozialarbeit und Beratung" in statutes
    confirmed = [
        one for text in library().regimes.values() for one in text.statutes if one.checked.state == "confirmed"
    ]
    assert all(one.source is not None for one in confirmed)


def test_a_citys_own_words_replace_ours_and_give_another_version():
    own = OwnText("city-caritas-2", {"de": "Unsere Worte.", "tr": "Bizim sözlerimiz."}, ["tr"])

    assert "Unsere Worte." in release(own=own).text
    assert "Bizim sözlerimiz." in release("tr", own=own).text
    assert release(own=own).version == f"{release().version}-city-caritas-2"
    assert release(own=own).sentence == release().sentence


def test_languages_without_texts_of_their_own_read_german():
    assert [text_language(one) for one in ("de-simple", "simple", "fr", "en-gb", "ar")] == [
        "simple", "simple", "de", "en", "ar",
    ]  # fmt: skip


def test_groups_stand_in_their_own_order():
    assert group_names({"goals", "contact"}, "en") == "name and contact; goals and agreed steps"
