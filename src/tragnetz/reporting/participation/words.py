"""Answers as people read them."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from tragnetz.network.shapes import Terms
from tragnetz.reporting.lines.line import NO_ANSWER, Answer, Question
from tragnetz.reporting.models import Answers, Participation
from tragnetz.reporting.participation.programmes import line_of


def answers_in_words(row: Answers) -> Iterator[tuple[str, str]]:
    """Yield each question that has an answer, with the answer."""
    yield from told_in_words(row.participation, row.answers)


def told_in_words(row: Participation, told: Mapping[str, Answer]) -> Iterator[tuple[str, str]]:
    """Yield what somebody said themselves to each question, in words."""
    for question in line_of(row.programme).questions:
        if question.key in told:
            yield question.text, in_words(question, told[question.key])


def in_words(question: Question, answer: Answer) -> str:
    """Return one answer in words."""
    if answer == NO_ANSWER:
        return no_answer()
    return question.choices.get(str(answer), str(answer))


def no_answer() -> str:
    """Return the word for what somebody would not say."""
    return _("keine Angabe")


# Art. 6 and 9 as the Bavarian managing authority names them for ESF Plus (esf.bayern.de 56167, read in November 2026);
# for organisations under church law KDG. The funding decision of a project may say something else: `Terms.legal_basis`.
_BASIS: Mapping[str, Mapping[str, str]] = {
    "dsgvo": {
        "counselling": "Art. 6 Abs. 1 b, e DSGVO (zu prüfen)",
        "monitoring": "Art. 6 Abs. 1 c, e DSGVO mit Verordnung (EU) 2021/1060 (zu prüfen)",
        "sensitive": "Art. 9 Abs. 2 b, g DSGVO (zu prüfen)",
        "follow_up": (
            "Art. 6 Abs. 1 c, e DSGVO mit Anhang I Verordnung (EU) 2021/1057; die Antwort ist freiwillig (zu prüfen)"
        ),
    },
    "kdg": {
        "counselling": "§ 6 Abs. 1 KDG (zu prüfen)",
        "monitoring": "§ 6 Abs. 1 KDG mit Verordnung (EU) 2021/1060 (zu prüfen)",
        "sensitive": "§ 11 Abs. 2 KDG (zu prüfen)",
        "follow_up": ("§ 6 Abs. 1 KDG mit Anhang I Verordnung (EU) 2021/1057; die Antwort ist freiwillig (zu prüfen)"),
    },
}


def legal_basis(terms: Terms, regime: str) -> dict[str, str]:
    """Return on what law each purpose stands: as the funding decision says, else as usual and marked to be checked."""
    usual = _BASIS["kdg" if regime == "kdg" else "dsgvo"]
    return {**usual, **{str(purpose): text for purpose, text in terms.legal_basis.items() if text}}
