"""How a German name sounds, as digits: pure.

The Kölner Phonetik of Hans Joachim Postel (Die Kölner Phonetik. Ein Verfahren zur Identifizierung von Personennamen
auf der Grundlage der Gestaltanalyse, IBM-Nachrichten 19, 1969, 925-931).
"""

VOWELS = frozenset("aeijouy")
_PLAIN = {
    **dict.fromkeys(VOWELS, "0"), "b": "1", **dict.fromkeys("fvw", "3"), **dict.fromkeys("gkq", "4"), "l": "5",
    **dict.fromkeys("mn", "6"), "r": "7", **dict.fromkeys("sz", "8"),
}  # fmt: skip
_HARD_C_FIRST = frozenset("ahkloqrux")  # before these a C at the beginning is a K
_HARD_C = frozenset("ahkoqux")  # before these a C within a word is a K
_SPELLED = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})


def cologne(word: str) -> str:
    """Return the digits of a word's sound; letters other than those of German count as none.

    >>> cologne("Müller-Lüdenscheidt")
    '65752682'
    """
    letters = [letter for letter in word.lower().translate(_SPELLED) if "a" <= letter <= "z"]
    digits = ""
    for number, letter in enumerate(letters):
        before = letters[number - 1] if number else ""
        after = letters[number + 1] if number + 1 < len(letters) else ""
        digits += _digits(letter, before, after)
    single = "".join(digit for number, digit in enumerate(digits) if not number or digits[number - 1] != digit)
    return single[:1] + single[1:].replace("0", "")


def _digits(letter: str, before: str, after: str) -> str:
    """Return the digits of a letter between two others; H has none."""
    if letter == "p":
        return "3" if after == "h" else "1"
    if letter in "dt":
        return "8" if after and after in "csz" else "2"
    if letter == "x":
        return "8" if before and before in "ckq" else "48"
    if letter == "c":
        hard = _HARD_C if before else _HARD_C_FIRST
        return "4" if after in hard and not (before and before in "sz") else "8"
    return _PLAIN.get(letter, "")
