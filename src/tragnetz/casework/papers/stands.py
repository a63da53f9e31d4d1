"""How the papers of a case stand: what somebody said, or a file of it, whichever came later. No text is opened."""

import uuid
from dataclasses import dataclass
from datetime import date

from tragnetz.casework.enums import FileState, StepOwner
from tragnetz.casework.models import Case, CasePaper
from tragnetz.casework.papers.enums import PaperState
from tragnetz.casework.papers.rules import Word, last_word

_PROVING = (FileState.KEPT, FileState.WAITING, FileState.SEEN)
type Slot = tuple[uuid.UUID | None, str]  # part of a case, or none for what counts for the household; key of a paper


@dataclass(frozen=True, slots=True)
class Proof:
    """A file by which a paper is there: a copy, or that it was seen (`seen_on`); new ones nobody looked at."""

    file_id: uuid.UUID
    seen_on: date | None
    who: str
    is_new: bool
    word: Word


@dataclass(frozen=True, slots=True)
class Stand:
    """How a paper stands for a part of a case: the last word of `mark` (somebody said so) and `proof` (a file)."""

    mark: CasePaper | None = None
    proof: Proof | None = None

    @property
    def is_proved(self) -> bool:
        """Whether the file is what counts."""
        return self.proof is not None and self._last() is self.proof.word

    @property
    def state(self) -> str:
        """Whether it is there."""
        last = self._last()
        return last.state if last else PaperState.MISSING

    @property
    def issued_on(self) -> date | None:
        """The day that it is of."""
        last = self._last()
        return last.issued_on if last else None

    @property
    def owner(self) -> str:
        """Who gets it."""
        return self.mark.owner if self.mark else StepOwner.PERSON

    def _last(self) -> Word | None:
        mark = self.mark
        said = Word(mark.state, mark.issued_on, mark.changed_at) if mark else None
        return last_word(said, self.proof.word if self.proof else None)


class Stands:
    """The papers of a case. What the household has is there for each of its adults; nothing goes the other way."""

    def __init__(self, case: Case) -> None:
        """Read what was said and what was filed: two queries."""
        self.marks = _marks_of(case)
        self.proofs = _proofs_of(case)

    def of(self, part_id: uuid.UUID, paper: str) -> Stand:
        """Return how a paper stands for a part."""
        mark = self.marks.get((part_id, paper)) or self.marks.get((None, paper))
        proofs = [proof for part in (part_id, None) if (proof := self.proofs.get((part, paper)))]
        return Stand(mark, max(proofs, key=lambda proof: proof.word.at, default=None))


def _marks_of(case: Case) -> dict[Slot, CasePaper]:
    found: dict[Slot, CasePaper] = {}
    for row in case.papers.select_related("compartment", "author__user").order_by("changed_at", "pk"):
        found[row.compartment_id, row.paper] = row
        if row.compartment.person_id is None:
            found[None, row.paper] = row
    return found


def _proofs_of(case: Case) -> dict[Slot, Proof]:
    found: dict[Slot, Proof] = {}
    plain = ("compartment__person", "for_household", "paper", "state", "issued_on", "seen_on", "paper_at", "author")
    rows = case.files.filter(state__in=_PROVING).select_related("compartment", "seen_by__user")
    for row in rows.only(*plain, "looked_at", "seen_by__user").order_by("paper_at", "pk"):
        state = PaperState.SEEN if row.state == FileState.SEEN else PaperState.THERE
        proof = Proof(
            row.pk, row.seen_on, str(row.seen_by.user) if row.seen_by else "",
            row.author_id is None and row.looked_at is None, Word(state, row.issued_on, row.paper_at),
        )  # fmt: skip
        found[row.compartment_id, row.paper] = proof
        if row.for_household or row.compartment.person_id is None:
            found[None, row.paper] = proof
    return found
