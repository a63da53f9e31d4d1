"""The questions of the funding lines in plain words, in all languages: the lines hold them as offices say them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from tragnetz.casework.enums import AfterCare


@dataclass(frozen=True, slots=True)
class Plain:
    """A question as people say it, with what belongs to it."""

    text: Any
    help: Any = ""


_WORK = _(
    "Angestellt oder selbstständig. Sie haben einen Minijob und sind arbeitslos gemeldet? Dann wählen Sie „Nein“."
)
# By the key of the question. One with other answers than yes and no needs words for these, too: a test looks for it.
PLAIN: Mapping[str, Plain] = {
    "exit_job_search": Plain(
        _("Suchen Sie jetzt Arbeit?"), _("Zum Beispiel: Sie bewerben sich, oder Sie sind arbeitssuchend gemeldet.")
    ),
    "exit_training": Plain(
        _("Lernen Sie jetzt für einen Beruf?"), _("Zum Beispiel: Schule, Ausbildung, Studium oder ein Kurs.")
    ),
    "exit_qualification": Plain(
        _("Haben Sie seit dem Anfang der Beratung einen Abschluss oder ein Zertifikat bekommen?")
    ),
    "exit_employment": Plain(_("Haben Sie jetzt Arbeit?"), _WORK),
    "later_employment": Plain(_("Haben Sie jetzt Arbeit?"), _WORK),
    "later_improved": Plain(
        _("Ist Ihre Arbeit heute besser als am Anfang der Beratung?"),
        _("Zum Beispiel: ein fester Vertrag, mehr Stunden, wenn Sie das wollten, oder eine bessere Stelle."),
    ),
}
ANSWERS: Mapping[str, Any] = {"yes": _("Ja"), "no": _("Nein")}
NOT_SAID = _("Das möchte ich nicht sagen")
FEELING = _("Wie geht es Ihnen heute?")
FEELS: Mapping[str, Any] = {
    AfterCare.BETTER: _("Besser als am Ende der Beratung"),
    AfterCare.SAME: _("Etwa gleich"),
    AfterCare.WORSE: _("Schlechter"),
    AfterCare.NO_ANSWER: NOT_SAID,
}
