"""The answers of the page, in words: per authority the office, why, what to ask, and who else could be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.utils.translation import gettext as _

from tragnetz.directory.models import Authority
from tragnetz.directory.responsibility import Claim, Offices, Resolution, Responsible, of_authority, resolve
from tragnetz.directory.sentences import question, sentence
from tragnetz.eligibility.facts import Facts
from tragnetz.eligibility.routes import End
from tragnetz.eligibility.rules import Condition, Truth
from tragnetz.network.models import Network
from tragnetz.network.queries import hours_status
from tragnetz.network.rules import LineStatus

type Places = dict[str, str]


@dataclass(frozen=True, slots=True)
class Other:
    """An office that does not decide, or not surely: what would have to hold."""

    office: Responsible
    possible: bool
    needs: list[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What to say for one authority; `way` are the authorities that send on, each with what they ask for."""

    authority: dict[str, str]
    office: Responsible | None
    status: LineStatus | None
    certain: bool
    verdict: str
    reasons: list[str]
    asks: list[str]
    others: list[Other]
    way: list[tuple[dict[str, str], list[str]]]


def answers(
    authorities: Iterable[Authority], facts: Facts, offices: Offices, places: Places, network: Network, at: datetime
) -> list[Answer]:
    """Return who decides, an authority each."""
    return [_answer(resolve(one, facts, offices), places, network, at) for one in authorities]


def _answer(found: Resolution, places: Places, network: Network, at: datetime) -> Answer:
    decides = found.decides
    elsewhere = found.end is End.ELSEWHERE
    office = decides.office if decides else (of_authority(found.stops[-1].authority) if elsewhere else None)
    hours = cast("list[dict[str, Any]]", office.hours) if office else []
    return Answer(
        authority=found.stops[0].authority.name,
        office=office,
        status=hours_status(network, hours, at) if hours else None,
        certain=found.certain,
        verdict=_verdict(found),
        reasons=_sentences(decides.verdict.met, places) if decides else [],
        asks=list(dict.fromkeys(question(condition) for condition in found.missing)),
        others=[_other(claim, places) for claim in found.others],
        way=[(stop.authority.name, _needed(stop.claims, places)) for stop in found.stops[:-1]],
    )


def _verdict(found: Resolution) -> str:
    return {
        End.FOUND: _("Sicher zuständig"),
        End.LIKELY: _("Wahrscheinlich zuständig"),
        End.OPEN: _("Noch nicht sicher"),
        End.SEVERAL: _("Mehrere Stellen kommen infrage"),
        End.NOBODY: _("Keine Stelle gefunden"),
        End.ROUND: _("Die Stellen verweisen aufeinander"),
        End.ELSEWHERE: _("Keine eigene Stelle in der Stadt bekannt"),
    }[found.end]


def _other(claim: Claim, places: Places) -> Other:
    verdict = claim.verdict
    conditions = verdict.failed or verdict.missing or verdict.met
    return Other(claim.office, verdict.truth is not Truth.NO, _sentences(conditions, places))


def _needed(claims: Iterable[Claim], places: Places) -> list[str]:
    return list(dict.fromkeys(text for claim in claims for text in _sentences(claim.verdict.failed, places)))


def _sentences(conditions: Iterable[Condition], places: Places) -> list[str]:
    return list(dict.fromkeys(sentence(condition, places) for condition in conditions))
