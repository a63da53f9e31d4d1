"""What is wrong with responsibility, in words for those who keep the data."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tragnetz.directory.sentences import sentence, stated
from tragnetz.eligibility.explore import Deadlock, Finding, Names, Review, Trouble
from tragnetz.eligibility.rules import Condition

TITLES = {
    Trouble.ROUND: gettext_lazy("Im Kreis geschickt"),
    Trouble.NOBODY: gettext_lazy("Niemand ist zuständig"),
    Trouble.SEVERAL: gettext_lazy("Mehrere sind zuständig"),
}
_STEP = " → "


@dataclass(frozen=True, slots=True)
class Told:
    """A finding in words: what, between whom, and the household for whom it is so (empty: for everybody)."""

    title: str
    between: str
    household: list[str]
    serious: bool

    def __str__(self) -> str:
        example = "; ".join(self.household) or _("gilt für alle")
        return f"{self.title}: {self.between}. {_('Beispiel')}: {example}"


def told(review: Review) -> list[Told]:
    """Return all findings in words, the worst first."""
    return [
        *(_deadlock(one, review.names) for one in review.deadlocks),
        *(_finding(one, review.names) for one in review.survey.findings),
    ]


def _finding(finding: Finding, names: Names) -> Told:
    way = _STEP.join(names.authorities.get(key, key) for key in finding.path)
    between = ", ".join(names.offices.get(key, key) for key in finding.posts) or way
    serious = finding.trouble is Trouble.ROUND
    return Told(str(TITLES[finding.trouble]), between, stated(finding.household, names.places), serious)


def _deadlock(deadlock: Deadlock, names: Names) -> Told:
    keys = [service for service, _benefit in deadlock.waiting]
    way = _STEP.join(names.services.get(key, key) for key in [*keys, keys[0]])
    asked = [
        _("%(service)s verlangt: %(condition)s")
        % {
            "service": names.services.get(service, service),
            "condition": sentence(Condition("benefits", "includes", benefit), names.places),
        }
        for service, benefit in deadlock.waiting
    ]
    return Told(_("Leistungen warten aufeinander"), way, asked, serious=True)
