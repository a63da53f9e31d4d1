"""What is wrong with responsibility, in words for those who keep the data."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tragnetz.directory.sentences import sentence, stated
from tragnetz.eligibility.circles import Deadlock, Thing, authority_of
from tragnetz.eligibility.explore import Finding, Names, Review, Trouble
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
    issued = [names.papers.get(key, key) for key in names.issued.get(finding.path[0], ())]
    if issued:
        between += " " + _("(auch für: %s)") % ", ".join(issued)
    serious = finding.trouble is Trouble.ROUND
    return Told(str(TITLES[finding.trouble]), between, stated(finding.household, names.places), serious)


def _deadlock(deadlock: Deadlock, names: Names) -> Told:
    givers = [_giver(key, names) for key, _thing in deadlock.waiting]
    nexts = [*givers[1:], givers[0]]
    asked = [
        _asked(giver, thing, other, names)
        for giver, (_key, thing), other in zip(givers, deadlock.waiting, nexts, strict=True)
    ]
    papers = any(fact == "papers" for _key, (fact, _value) in deadlock.waiting)
    title = _("Papiere und Leistungen warten aufeinander") if papers else _("Leistungen warten aufeinander")
    return Told(title, _STEP.join([*givers, givers[0]]), asked, serious=True)


def _giver(key: str, names: Names) -> str:
    authority = authority_of(key)
    return names.authorities.get(authority, authority) if authority else names.services.get(key, key)


def _asked(giver: str, thing: Thing, other: str, names: Names) -> str:
    """Return what somebody asks for, and who alone gives it."""
    fact, value = thing
    if fact == "papers":
        words = {"giver": giver, "paper": names.papers.get(value, value), "other": other}
        return _("%(giver)s verlangt „%(paper)s“, und das gibt es nur bei: %(other)s") % words
    condition = sentence(Condition(fact, "includes", value), names.places)
    return _("%(service)s verlangt: %(condition)s") % {"service": giver, "condition": condition}
