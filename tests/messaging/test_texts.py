"""What goes out: neutral, complete, short, in the person's language."""

import string
from datetime import UTC, datetime, timedelta

import pytest

from tragnetz.messaging.enums import Channel, Template
from tragnetz.messaging.rules import FOLLOWED_BY, TEMPLATES, next_attempt, render, segments, tell
from tragnetz.messaging.texts import languages, sentences

STARTS = datetime(2026, 12, 1, 9, tzinfo=UTC)
PARAMS = {
    "starts_at": STARTS.isoformat(), "until": datetime(2026, 11, 30, 14, tzinfo=UTC).isoformat(),
    "day": "2026-12-01", "phone": "02323 16-9167", "link": "https://beratung.stadt-beispiel.example/de/vorschlag/0123456789abcdef01234567/",
}  # fmt: skip
CODE = "77M4-9XQ2-PD3A"
UNTOLD = {
    "waiting_kept",
    "group_waiting",
    "own_message",
    "deadline",
    "outlook",
    "helped_ask",
    "after_ask",
    "after_again",
}  # no time is known yet, or only a day
WORDS = (
    "schuld",
    "geld",
    "caritas",
    "jobcenter",
    "debt",
    "money",
    "borç",
    "دين",
    "борг",
    "долг",
    "dług",
    "datori",
    "дълг",
)


def said(network, template, language, channel=Channel.SMS, params=PARAMS):
    return render(template, params=params, zone=network.zone, code=CODE, language=language, channel=channel)


def test_all_languages_have_all_sentences():
    for language in languages():
        found = sentences(language)

        assert set(found) == set(sentences("de")), language
        for name, text in found.items():
            words = {word for _text, word, _format, _conversion in string.Formatter().parse(text) if word}
            german = {word for _text, word, _format, _conv in string.Formatter().parse(sentences("de")[name]) if word}
            assert words == german, (language, name)


def test_each_template_has_a_name_for_staff():
    business = {
        Template.CONFIRM_ENTRIES, Template.REFERRAL, Template.INTERPRETER_ASKED, Template.INTERPRETER_OFF,
        Template.STAFF_DEADLINE,
    }  # fmt: skip
    assert set(FOLLOWED_BY) == set(Template.values) - business


@pytest.mark.parametrize("language", ["de", "en", "tr", "ar", "uk", "ru", "pl", "ro", "bg", "xx"])
@pytest.mark.parametrize("template", sorted(TEMPLATES))
def test_texts_are_neutral_complete_and_short(network, template, language):
    text = said(network, template, language).body

    assert "02323 16-9167" in text
    assert ("10:00" in text) == (template not in UNTOLD)
    assert not any(word in text.lower() for word in WORDS)
    assert segments(text) <= (2 if language in {"de", "en", "xx"} else 3)
    without = said(network, template, language, params=PARAMS | {"link": ""}).body
    assert "http" not in without
    mail = said(network, template, language, Channel.EMAIL).body
    assert (CODE in without) == (CODE in mail) == ("code" in FOLLOWED_BY[template])
    assert (PARAMS["link"] in mail) == ("online" in FOLLOWED_BY[template])


def test_what_does_not_fit_into_three_sms_gives_way_in_its_order(network):
    assert "https://" in said(network, "reminder", "bg").body
    offer = said(network, "waiting_offer", "bg").body
    assert ("https://" in offer, CODE in offer) == (True, False)  # the link opens the offer without the code
    moved = said(network, "moved", "tr").body
    assert ("https://" in moved, CODE in moved) == (False, True)  # that page asks for the code


def test_without_a_link_the_code_stays_and_without_a_code_all_words_do(network):
    """However long it gets: what alone opens the offer is not left out, and neither is what it says."""
    long = PARAMS | {"phone": "02323 16-9167 " * 12}
    assert CODE in said(network, "waiting_offer", "bg", params=long | {"link": ""}).body

    uncoded = render("waiting_offer", params=long, zone=network.zone, code="", language="bg").body
    assert "02323" in uncoded
    assert "10:00" in uncoded


def test_a_try_that_failed_is_repeated_later_and_later():
    tries = [next_attempt(number, STARTS) - STARTS for number in range(5)]
    assert [one.total_seconds() / 60 for one in tries] == [1, 1, 4, 16, 64]
    assert next_attempt(2, STARTS, timedelta(minutes=9)) == STARTS + timedelta(minutes=9)
    assert next_attempt(2, STARTS, timedelta(minutes=2)) == STARTS + timedelta(minutes=4)


def test_a_message_to_an_organisation_names_its_day_in_full(network):
    asked = PARAMS | {"end": "11:00", "place": "am Telefon", "spoken": "Türkisch"}
    referral = said(network, "referral", "tr", Channel.EMAIL).body

    assert "gilt bis 30. November 2026" in referral
    assert CODE in referral
    interpreting = said(network, "interpreter_asked", "tr", Channel.EMAIL, params=asked).body
    assert "Wann: Dienstag, 1. Dezember, 10:00 bis 11:00 Uhr" in interpreting


def test_a_sentence_without_its_word_is_left_out(network):
    text = said(network, "booked", "de", params={"starts_at": PARAMS["starts_at"], "phone": "", "link": ""}).body

    assert text == f"Ihr Termin: Dienstag, 1. Dezember, 10:00. Ihr Code: {CODE}."


def test_mail_and_letter_have_greeting_closing_and_a_neutral_subject(network):
    for channel in (Channel.EMAIL, Channel.LETTER):
        mail = said(network, "reminder", "tr", channel)

        assert mail.subject == "Randevunuz"
        assert mail.body.startswith("Merhaba,\n\nRandevu hatırlatması: ")
        assert mail.body.endswith("\n\nSaygılarımızla")


def test_numbers_keep_their_order_inside_arabic(network):
    text = said(network, "booked", "ar").body

    assert "\u200e02323 16-9167\u200e" in text
    assert f"\u200e{CODE}\u200e" in text


def test_on_the_voicemail_nothing_is_said_but_to_call_back(network):
    words = tell("voicemail", params=PARAMS, zone=network.zone, code=CODE, language="de", name="Frau Kaya")

    assert words == ["Guten Tag, eine Nachricht für Frau Kaya. Bitte rufen Sie uns zurück: 02323 16-9167. Danke."]


@pytest.mark.parametrize(
    ("text", "count"),
    [("a" * 160, 1), ("a" * 161, 2), ("€" * 80, 1), ("€" * 81, 2), ("ş" * 70, 1), ("ş" * 71, 2), ("a" * 307, 3), ("😀" * 35, 1)],
)  # fmt: skip
def test_an_sms_is_counted_as_networks_count_it(text, count):
    assert segments(text) == count
