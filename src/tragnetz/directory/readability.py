"""How easy a German text is to read: two known figures and hints that one can act on. Pure: no database, no request.

- Flesch's index for German, after Toni Amstad: Wie verständlich sind unsere Zeitungen? Dissertation, Zürich 1978:
  180 - words a sentence - 58.5 x syllables a word. 0 is very hard, 100 very easy.
- Erste Wiener Sachtextformel, after Richard Bamberger and Erich Vanecek: Lesen - Verstehen - Lernen - Schreiben,
  Wien 1984: about the school year in which a text is understood, from 4 (very easy) to 15.

The figures know nothing of the reader and little of words; they tell where to look. Texts here are to be B1: a Flesch
index from 60 on. A number is read as one short word, an abbreviation in capitals letter by letter.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

TARGET = 60  # Flesch index from which a text suits B1
LONG_SENTENCE = 15  # words
LONG_WORD = 6  # syllables
LONG_COMPOUND = 20  # letters
LONG_FOR_VIENNA = 6  # letters
MANY_SYLLABLES = 3
CHAIN = 2  # nouns of the -ung sort in one sentence


class Level(StrEnum):
    """How easy a text is, in words."""

    NONE = "noch kein Text"
    VERY_EASY = "sehr leicht"
    EASY = "leicht"
    FAIRLY_EASY = "eher leicht"
    MEDIUM = "mittel"
    FAIRLY_HARD = "eher schwer"
    HARD = "schwer"
    VERY_HARD = "sehr schwer"


_LEVELS = [
    (90, Level.VERY_EASY), (80, Level.EASY), (70, Level.FAIRLY_EASY), (60, Level.MEDIUM), (50, Level.FAIRLY_HARD),
    (30, Level.HARD),
]  # fmt: skip


class HintKind(StrEnum):
    """What makes a text hard."""

    LONG_SENTENCE = "long_sentence"
    LONG_WORD = "long_word"
    PASSIVE = "passive"
    NOMINAL = "nominal"
    ABBREVIATION = "abbreviation"
    MAN = "man"
    OFFICIALESE = "officialese"


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to mend: the words that were found, and better ones where we know them."""

    kind: HintKind
    found: str
    better: str = ""


@dataclass(frozen=True, slots=True)
class Readability:
    """The figures of a text and its hints."""

    words: int
    sentences: int
    flesch: float
    vienna: float
    level: Level
    hints: tuple[Hint, ...]

    @property
    def is_plain(self) -> bool:
        """Whether the text reaches the figure for B1; an empty one is not judged."""
        return self.words == 0 or self.flesch >= TARGET

    @property
    def meter(self) -> int:
        """The index from 0 to 100, for a bar."""
        return max(0, min(100, round(self.flesch)))


def read(text: str) -> Readability:
    """Return how easy a text is to read."""
    sentences = sentences_of(text)
    words = [word for sentence in sentences for word in words_of(sentence)]
    if not words:
        return Readability(0, 0, 0.0, 0.0, Level.NONE, ())
    counts = [syllables(word) for word in words]
    length, share = len(words) / len(sentences), 100 / len(words)
    flesch = 180 - length - 58.5 * sum(counts) / len(words)
    vienna = (
        0.1935 * share * sum(count >= MANY_SYLLABLES for count in counts)
        + 0.1672 * length
        + 0.1297 * share * sum(len(word) > LONG_FOR_VIENNA for word in words)
        - 0.0327 * share * sum(count == 1 for count in counts)
        - 0.875
    )
    level = next((level for least, level in _LEVELS if flesch >= least), Level.VERY_HARD)
    return Readability(
        len(words), len(sentences), round(flesch, 1), round(vienna, 1), level, tuple(_hints(text, sentences))
    )


# Sentences and words.

_ABBREVIATIONS = {
    "z. B.": "zum Beispiel", "d. h.": "das heißt", "u. a.": "unter anderem", "i. d. R.": "meistens",
    "o. Ä.": "oder Ähnliches", "u. U.": "vielleicht", "z. T.": "zum Teil", "Abs.": "Absatz", "Nr.": "Nummer",
    "Art.": "Artikel", "bzw.": "oder", "ca.": "etwa", "etc.": "und so weiter", "usw.": "und so weiter",
    "evtl.": "vielleicht", "ggf.": "wenn nötig", "inkl.": "mit", "zzgl.": "dazu", "max.": "höchstens",
    "mind.": "mindestens", "mtl.": "im Monat", "Std.": "Stunden", "Tel.": "Telefon", "Str.": "Straße", "vgl.": "siehe",
    "Dr.": "", "St.": "", "e. V.": "",
}  # fmt: skip
_DOT = "\u2024"  # stands for the dot of an abbreviation or a date, which ends no sentence
_WORD = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_END = re.compile(r"[.!?…]+[\"“”»)]*(?=\s|$)|\n+")
_ITEM = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s+", re.MULTILINE)
_MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_ORDINAL = re.compile(rf"(\d)\.(?=\s*(?:[a-zäöü§]|{_MONTHS}))")


def _abbreviation(short: str) -> re.Pattern[str]:
    parts = (re.escape(part) for part in short.split(" "))
    return re.compile(r"(?<![^\W_])" + r"\s?".join(parts))


_SHORT = {short: _abbreviation(short) for short in _ABBREVIATIONS}


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text; each line and each item of a list is one, with a full stop or without."""
    text = _ITEM.sub("", text)
    for pattern in _SHORT.values():
        text = pattern.sub(lambda found: found[0].replace(".", _DOT), text)
    text = _ORDINAL.sub(rf"\1{_DOT}", text)
    parts = (part.strip().replace(_DOT, ".") for part in _END.split(text))
    return [part for part in parts if _WORD.search(part)]


def words_of(sentence: str) -> list[str]:
    """Return the words of a sentence; a number is a word."""
    return _WORD.findall(sentence)


# Syllables: groups of vowels, German diphthongs as one.

_VOWELS = re.compile(r"eau|aa|ee|oo|ai|ei|au|äu|eu|oi|ie|ou|ay|ey|oy|[aeiouyäöüéèêáàâ]")
_APART = [
    (re.compile(r"qu"), "q"),
    (re.compile(r"^y(?=[aeou])"), ""),
    (re.compile(r"e(?=ei)"), "e|"),  # ge-eignet, be-einträchtigen
    (re.compile(r"^(be|ge)(?=u[nr])"), r"\1|"),  # be-urteilen, be-unruhigen
    (re.compile(r"^(re|ge|be)(?=e[^ei])"), r"\1|"),  # be-enden
    (re.compile(r"^ko(?=o)"), "ko|"),  # ko-operieren
    (re.compile(r"(?<!sch)(?<!^w)(?<!^kn)ien$"), "i|en"),  # Ferien, Familien
    (re.compile(r"(?<=mil|lin|ser|tud|akt|räm)ie(?!r)"), "i|e"),  # Familie, Linie, Studie
    (re.compile(r"(?<=mater)ie"), "i|e"),
    (re.compile(r"ukrai"), "ukra|i"),
    (re.compile(r"(?<!v)ie(?=ll)"), "i|e"),  # finanziell
    (re.compile(r"(?<=[tl])ie(?=nt)"), "i|e"),  # Patient
    (re.compile(r"ie(?=nz)"), "i|e"),  # Effizienz
    (re.compile(r"(?<=[eä])um$"), "|um"),  # Museum, Jubiläum
    (re.compile(r"een$"), "e|en"),  # Ideen
]
_NUMBER = re.compile(r"\d")
SHORT_CAPITALS = 5


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Return how many syllables a German word has, by a small rule; right for most words, never below one."""
    if _NUMBER.search(word):
        return 1
    if word.isupper() and 1 < len(word) <= SHORT_CAPITALS:
        return len(word)
    return sum(_syllables(part) for part in re.split(r"[-’']", word.lower()) if part)


def _syllables(part: str) -> int:
    for pattern, instead in _APART:
        part = pattern.sub(instead, part)
    return max(1, len(_VOWELS.findall(part)))


# Hints.

_PASSIVE = re.compile(r"\b(?:wird|werden|wurde|wurden|worden)\b", re.IGNORECASE)
_PARTICIPLE = re.compile(r"\b(?:\w*ge\w{2,}(?:t|en)|(?:be|ver|er|ent|zer|emp|über|unter|wider|miss)\w{2,}t|\w+iert)\b")
_NOT_PARTICIPLES = {"gegen", "gerne", "genug", "gestern", "gegenüber", "gehen", "geben", "gelten", "besten", "ersten"}
_NOMINAL = re.compile(r"\b[A-ZÄÖÜ]\w+(?:ung|ungen|heit|heiten|keit|keiten|nahme|nahmen)\b")
_EVERYDAY = {
    "Wohnung", "Wohnungen", "Heizung", "Rechnung", "Rechnungen", "Zeitung", "Beratung", "Ausbildung", "Kündigung",
    "Krankheit", "Versicherung", "Krankenversicherung", "Sitzung", "Meinung", "Kleidung", "Rentenversicherung",
    "Schwangerschaftsberatung", "Schuldnerberatung", "Pflegeversicherung", "Grundsicherung", "Behinderung", "Mahnung",
}  # fmt: skip
_MAN = re.compile(r"\bman\b", re.IGNORECASE)
_OFFICIALESE = {
    "gemäß": "nach", "hinsichtlich": "zu, bei", "bezüglich": "zu, wegen", "seitens": "von", "mittels": "mit",
    "zwecks": "für", "aufgrund": "wegen", "infolge": "wegen", "unverzüglich": "sofort", "sofern": "wenn",
    "soweit": "wenn", "obliegt": "ist Aufgabe von", "erfolgt": "kommt, geschieht", "gewährt": "gezahlt, gegeben",
    "gewähren": "geben, zahlen", "entrichten": "zahlen", "beziehen": "bekommen", "erhalten": "bekommen",
    "benötigen": "brauchen", "verfügen": "haben", "einreichen": "abgeben, schicken", "aushändigen": "geben",
    "ausschließlich": "nur", "lediglich": "nur", "diesbezüglich": "dazu", "nachfolgend": "hier",
    "Antragsteller": "Sie", "Antragstellerin": "Sie", "Antragstellung": "den Antrag stellen",
    "Inanspruchnahme": "nutzen", "Leistungsberechtigte": "wer die Leistung bekommt",
    "Erwerbstätigkeit": "Arbeit", "erwerbstätig": "arbeiten", "erwerbsfähig": "arbeiten können",
    "Lebensgemeinschaft": "zusammen leben", "Erziehungsberechtigte": "Eltern",
    "Bewilligungszeitraum": "so lange gilt der Bescheid", "Sachbearbeiter": "Person im Amt", "Obdach": "Wohnung",
    "Widerspruchsfrist": "Zeit für den Widerspruch", "fristgerecht": "pünktlich",
}  # fmt: skip


def _hints(text: str, sentences: list[str]) -> list[Hint]:
    found: list[Hint] = []
    for sentence in sentences:
        words = words_of(sentence)
        if len(words) > LONG_SENTENCE:
            found.append(Hint(HintKind.LONG_SENTENCE, sentence, str(len(words))))
        passive = _passive(sentence)
        if passive:
            found.append(Hint(HintKind.PASSIVE, passive))
        nouns = [noun for noun in _NOMINAL.findall(sentence) if noun not in _EVERYDAY]
        if len(nouns) >= CHAIN:
            found.append(Hint(HintKind.NOMINAL, ", ".join(nouns)))
        found += [Hint(HintKind.LONG_WORD, word) for word in words if _is_long(word)]
        found += [Hint(HintKind.MAN, "man") for _one in _MAN.findall(sentence)]
        found += [Hint(HintKind.OFFICIALESE, word, _better(word)) for word in words if _better(word)]
    found += [
        Hint(HintKind.ABBREVIATION, short, _ABBREVIATIONS[short])
        for short, at in _SHORT.items()
        if _told(at, short, text)
    ]
    return list(dict.fromkeys(found))


def _told(pattern: re.Pattern[str], short: str, text: str) -> bool:
    return bool(_ABBREVIATIONS[short]) and pattern.search(text) is not None


def _better(word: str) -> str:
    return _OFFICIALESE.get(word) or _OFFICIALESE.get(word.lower(), "")


def _is_long(word: str) -> bool:
    return max(map(len, word.split("-"))) >= LONG_COMPOUND or (syllables(word) >= LONG_WORD and "-" not in word)


def _passive(sentence: str) -> str:
    """Return the verb and the participle of a passive clause, or nothing. `Sie werden alt` is none."""
    verb = _PASSIVE.search(sentence)
    if verb is None:
        return ""
    participles = [word for word in _PARTICIPLE.findall(sentence) if word not in _NOT_PARTICIPLES and word.islower()]
    return f"{verb[0]} … {participles[-1]}" if participles else ""
