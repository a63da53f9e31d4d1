"""Read which papers the claims of a case need, how each stands, and which to get next."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tragnetz.casework.claims.enums import ClaimState
from tragnetz.casework.claims.models import Claim
from tragnetz.casework.claims.names import benefit_names, name_of
from tragnetz.casework.claims.rules import NEEDS_PAPERS
from tragnetz.casework.facts import known_facts
from tragnetz.casework.models import Case, CaseFile, Compartment
from tragnetz.casework.papers.rules import Choice, Standing, good_until, ladder, standing
from tragnetz.casework.papers.stands import Stand, Stands
from tragnetz.casework.papers.validity import Validity, validities
from tragnetz.directory.issuers import Issuer, issuers_of
from tragnetz.directory.models import Paper, Service
from tragnetz.directory.papers import place_in

type Slot = tuple[uuid.UUID, str]  # part of a case, key of a paper
_TO_GET = frozenset({"missing", "old"})


@dataclass(frozen=True, slots=True)
class Need:
    """A paper of a part of a case: how it stands and why (`stand`), where the household gets it, who waits for it."""

    part_id: uuid.UUID
    paper: Paper
    issuer: Issuer
    stand: Stand
    standing: Standing
    until: date | None
    validity: Validity | None
    claims: frozenset[uuid.UUID]

    @property
    def slot(self) -> Slot:
        """Where it belongs."""
        return self.part_id, self.paper.key

    @property
    def is_to_get(self) -> bool:
        """Whether somebody must get it."""
        return self.standing in _TO_GET


@dataclass(frozen=True, slots=True)
class Sheet:
    """All papers that the claims of a case wait for: claims by id with their names, and needs, most needed first.

    `ladder` are the choices of `rules.ladder`, the next one first; `complete` the claims that wait for no paper.
    """

    claims: Mapping[uuid.UUID, str]
    needs: list[Need]
    ladder: list[Choice[Slot, uuid.UUID]]

    @property
    def to_get(self) -> list[Need]:
        """The papers that somebody must get."""
        return [need for need in self.needs if need.is_to_get]

    @property
    def complete(self) -> list[str]:
        """The names of claims that wait for no paper."""
        waiting = {claim for need in self.to_get for claim in need.claims}
        return [name for claim, name in self.claims.items() if claim not in waiting]


def sheet_of(case: Case, today: date, *, parts: Iterable[Compartment] | None = None, language: str = "de") -> Sheet:
    """Return the papers of a case, or of some parts of it; the same number of queries however many there are."""
    rows = case.claims.filter(state__in=NEEDS_PAPERS).order_by("created_at", "pk")
    if parts is not None:
        rows = rows.filter(compartment__in=[part.pk for part in parts])
    claims = list(rows)
    names = benefit_names((row.benefit for row in claims), language)
    usual = _usual_papers(row.benefit for row in claims if row.state != ClaimState.ASKED_BACK)
    wanted: dict[Slot, set[uuid.UUID]] = {}
    for claim in claims:
        own = [] if claim.state == ClaimState.ASKED_BACK else usual.get(claim.benefit, [])
        for key in dict.fromkeys([*own, *claim.more_papers]):
            wanted.setdefault((claim.compartment_id, key), set()).add(claim.pk)
    stands = Stands(case)
    papers = {row.key: row for row in Paper.objects.filter(key__in={key for _part, key in wanted})}
    issuers = issuers_of(papers, known_facts(case.household)) if papers else {}
    needs = [
        _need(part, papers[key], issuers[key], stands.of(part, key), frozenset(waiting), today)
        for (part, key), waiting in wanted.items()
        if key in issuers
    ]
    needs.sort(key=lambda need: (not need.is_to_get, -len(need.claims)))
    missing = {
        claim.pk: frozenset(need.slot for need in needs if need.is_to_get and claim.pk in need.claims)
        for claim in claims
    }
    return Sheet({claim.pk: name_of(claim, names) for claim in claims}, needs, ladder(missing))


def _usual_papers(benefits: Iterable[str]) -> dict[str, list[str]]:
    """Return the papers of the directory for benefits, by key, in their order."""
    rows = Service.papers.through.objects.filter(service__key__in={key for key in benefits if key})
    asked = rows.order_by().values_list("service__key", "paper__key", "service__paper_order")
    found: dict[str, list[str]] = {}
    for benefit, paper, _order in sorted(asked, key=lambda row: (row[0], place_in(row[2], row[1]))):
        found.setdefault(benefit, []).append(paper)
    return found


def _need(
    part: uuid.UUID, paper: Paper, issuer: Issuer, stand: Stand, waiting: frozenset[uuid.UUID], today: date
) -> Need:
    validity = validities().get(paper.key)
    months = validity.months if validity else None
    shown, until = standing(stand.state, stand.issued_on, months, today), good_until(stand.issued_on, months)
    return Need(part, paper, issuer, stand, shown, until, validity, waiting)


def missing_papers(claim: Claim, sheet: Sheet) -> list[Need]:
    """Return the papers that one claim waits for."""
    return [need for need in sheet.to_get if claim.pk in need.claims]


def claims_proved_by(file: CaseFile, sheet: Sheet) -> list[str]:
    """Return the names of the claims for which a file makes its paper be there."""
    proved = {
        claim
        for need in sheet.needs
        if need.stand.is_proved and need.stand.proof is not None and need.stand.proof.file_id == file.pk
        for claim in need.claims
    }
    return [name for claim, name in sheet.claims.items() if claim in proved]
