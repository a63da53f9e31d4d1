"""Readability: syllables by our own rule, two figures by their formulas, and hints that name what to mend."""

import pytest

from tragnetz.directory.readability import HintKind, Level, read, sentences_of, syllables

COUNTED = {
    1: "Geld Amt Kind Brief die wie schien Wien Haus mehr Strom Rat neun Jahr Pass Zoo 2026",
    2: "Miete Steuer Bauer Eier Antrag Wohngeld Idee Quelle heute Schule bequem Eltern Bayern verdient vielleicht BAföG "
    "dienen Kopie Yoga Handy Tourist Klient Räume Bauamt E-Mail Seen",
    3: "Kündigung Beratung Ferien Nation Museum sozial Ideen Patient Studie Linie Arbeitsamt Kaution Wohnungen beraten "
    "SGB Einkommen Elterngeld beantragt geeignet beenden speziell Theater Jobcenter Bäuerin reumütig Batterie",
    4: "Familie Familien finanziell beantragen beurteilen Jubiläum Effizienz Bescheinigung Kinderzuschlag Krankenkasse "
    "Unterstützung Jugendliche Kriterien Italien Realschule Studierende Mutterschaftsgeld",
    5: "Arbeitslosengeld Situation kooperieren Unterhaltsvorschuss beunruhigen Ukrainerin Ministerien",
    6: "Rentenversicherung Alleinerziehende Kommunikation Familienkasse Qualifizierungsgeld",
    7: "Schuldnerberatungsstelle",
}
PLAIN = "Sie haben wenig Geld? Dann hilft das Amt. Rufen Sie uns an. Wir helfen gern."
OFFICIAL = (
    "Gemäß § 7 Abs. 1 wird die Leistung bei Vorliegen der Voraussetzungen nach Einreichung der erforderlichen Unterlagen "
    "unverzüglich durch den zuständigen Leistungsträger unter Berücksichtigung der Einkommensverhältnisse bewilligt."
)


@pytest.mark.parametrize(("word", "count"), [(word, count) for count, row in COUNTED.items() for word in row.split()])
def test_syllables_of_a_word(word, count):
    assert syllables(word) == count


def test_figures_follow_their_formulas():
    found = read("Sie sind krank. Rufen Sie die Krankenkasse an.")  # 8 words, 2 sentences, 3 + 9 syllables

    assert (found.words, found.sentences) == (8, 2)
    assert found.flesch == round(180 - 8 / 2 - 58.5 * 12 / 8, 1)
    # One word of eight has three syllables and more than six letters, six of eight have one.
    assert found.vienna == round(0.1935 * 12.5 + 0.1672 * 4 + 0.1297 * 12.5 - 0.0327 * 75 - 0.875, 1)


def test_plain_text_is_easy_and_official_text_is_hard():
    plain, official = read(PLAIN), read(OFFICIAL)

    assert plain.level is Level.VERY_EASY
    assert plain.hints == ()
    assert plain.is_plain
    assert official.level is Level.VERY_HARD
    assert not official.is_plain
    assert official.vienna > 12
    assert plain.vienna < 4
    assert (official.meter < 30, plain.meter) == (True, 100)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Das gilt z. B. ab dem 1. Juli. Danach nicht mehr.", 2),
        ("Das steht in § 7 Abs. 2 Nr. 1 SGB II.", 1),
        ("Wir haben auf:\n- montags\n- dienstags", 3),
        ("1. Antrag stellen\n2. Brief abwarten", 2),
        ("Sie zahlen 1.200,50 Euro im Monat.", 1),
        ("Kommen Sie! Oder rufen Sie an? Ja.", 3),
        ("„Ich kann nicht zahlen.“ Das hören wir oft.", 2),
        ("", 0),
        ("– … !", 0),
    ],
)
def test_sentences_end_where_people_end_them(text, count):
    assert len(sentences_of(text)) == count


@pytest.mark.parametrize(
    ("text", "kind", "found", "better"),
    [
        ("Der Antrag wird vom Amt schnell geprüft.", HintKind.PASSIVE, "wird … geprüft", ""),
        ("Die Miete wurde bezahlt.", HintKind.PASSIVE, "wurde … bezahlt", ""),
        ("Die Prüfung erfolgt nach Vorlage der Bescheinigung.", HintKind.NOMINAL, "Prüfung, Bescheinigung", ""),
        ("Das kann man leicht sehen.", HintKind.MAN, "man", ""),
        ("Wir helfen bzw. beraten.", HintKind.ABBREVIATION, "bzw.", "oder"),
        ("Melden Sie sich unverzüglich.", HintKind.OFFICIALESE, "unverzüglich", "sofort"),
        ("Hilfe gibt die Schuldnerberatungsstelle.", HintKind.LONG_WORD, "Schuldnerberatungsstelle", ""),
    ],
)
def test_hints_name_what_was_found(text, kind, found, better):
    assert (kind, found, better) in [(hint.kind, hint.found, hint.better) for hint in read(text).hints]


def test_long_sentence_is_named_with_its_words():
    long = "Wir beraten Sie gern " + "und gern " * 6 + "heute."

    assert [(hint.kind, hint.better) for hint in read(f"Guten Tag. {long}").hints] == [(HintKind.LONG_SENTENCE, "17")]


@pytest.mark.parametrize(
    "text",
    [
        "Sie werden bald alt.",
        "Wir werden Sie gern beraten.",
        "Die Wohnung hat eine Heizung.",
        "Mein Mann kommt mit.",
        "Das ist alles.",
    ],
)
def test_plain_words_give_no_hint(text):
    assert read(text).hints == ()


def test_empty_text_is_not_judged():
    assert (read(" \n ").level, read("").is_plain) == (Level.NONE, True)
