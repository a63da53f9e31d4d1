"""Read letters of a case, the words in force, and what a new letter begins with."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max

from tragnetz.casework.enums import DeadlineState, LetterSender
from tragnetz.casework.letters.access import visible_wordings
from tragnetz.casework.letters.book import REFERENCE, LetterKind, kinds
from tragnetz.casework.letters.drafts import Draft, Letterhead, Sheet, draft_of, sheet_of
from tragnetz.casework.letters.wording import Wording
from tragnetz.casework.models import Case, Deadline, Letter, LetterSending, LetterVersion, LetterWording
from tragnetz.clients.models import Person, Relation
from tragnetz.core.texts import choose
from tragnetz.network.actors import Actor
from tragnetz.network.models import Membership
from tragnetz.network.queries import first_places
from tragnetz.vault.envelopes import Locked


@dataclass(frozen=True, slots=True)
class Shown:
    """A letter with its words; without a `draft` nobody here can open it."""

    row: Letter
    kind: LetterKind | None
    draft: Draft | None
    version: LetterVersion | None
    sendings: tuple[LetterSending, ...] = ()

    @property
    def title(self) -> str:
        """What sort of letter it is."""
        return title_of(self.row)

    @property
    def recipient(self) -> str:
        """Whom it is for."""
        return self.draft.recipient if self.draft else ""


def title_of(letter: Letter) -> str:
    """Return what sort of letter it is; a kind that there is no more shows its key."""
    kind = kinds().get(letter.kind)
    return kind.name if kind else letter.kind


def letters_of(case: Case) -> list[Shown]:
    """Return the letters of a case, what was changed last on top."""
    rows = list(case.letters.select_related("author__user").prefetch_related("sendings"))
    latest = LetterVersion.objects.filter(letter__in=rows, number=F("letter__number")).select_related("author__user")
    versions = {version.letter_id: version for version in latest}
    return [_shown(row, versions.get(row.pk)) for row in rows]


def letter_of(case: Case, letter_id: uuid.UUID, number: int | None = None) -> Shown | None:
    """Return a letter of a case in its latest version, or in the one asked for."""
    rows = case.letters.select_related("network", "case", "compartment__person", "author__user", "deadline")
    row = rows.prefetch_related("sendings__author__user", "sendings__version").filter(pk=letter_id).first()
    if row is None:
        return None
    wanted = row.versions.select_related("author__user").filter(number=number or row.number).first()
    return _shown(row, wanted) if wanted else None


def _shown(row: Letter, version: LetterVersion | None) -> Shown:
    is_open = version is not None and not isinstance(version.draft, Locked)
    draft = draft_of(version.draft) if version and is_open else None
    return Shown(row, kinds().get(row.kind), draft, version, tuple(row.sendings.all()))


def sheet(shown: Shown, head: Letterhead) -> Sheet | None:
    """Return the sheet of a letter; nothing for one that cannot be opened or whose kind is no more."""
    return sheet_of(shown.draft, shown.kind, head) if shown.draft and shown.kind else None


def letterhead(case: Case, author: Membership | None = None) -> Letterhead:
    """Return what the organisation of a case shows of itself; who writes is the counsellor, or the author."""
    organisation, writer = case.organisation, author or case.counsellor
    place = first_places([organisation.pk]).get(organisation.pk)
    lines = place.address.split(", ") if place else []
    phone = next((str(row["number"]) for row in organisation.phones if row.get("type") != "fax"), "")
    return Letterhead(
        organisation.name,
        choose(case.network.name, "de").text,
        tuple(lines),
        phone,
        organisation.email,
        str(writer.user),
    )


def wording_in_force(organisation_id: uuid.UUID | None, kind: LetterKind, sender: str) -> Wording:
    """Return the words that an organisation uses: its own, else the original."""
    rows = LetterWording.objects.filter(organisation=organisation_id, kind=kind.key, sender=sender)
    row = rows.order_by("-number").first()
    return Wording(row.subject, row.text) if row and not row.is_original else kind.wording(sender)


def own_wordings(actor: Actor) -> Mapping[tuple[str, str], LetterWording]:
    """Return the latest own words of the actor's organisation, by kind and sender."""
    rows = visible_wordings(actor)
    latest = rows.order_by().values("kind", "sender").annotate(last=Max("number"))
    numbers = {(row["kind"], row["sender"]): row["last"] for row in latest}
    found = {(row.kind, row.sender): row for row in rows if numbers.get((row.kind, row.sender)) == row.number}
    return {key: row for key, row in found.items() if not row.is_original}


def history_of(actor: Actor, kind: str, sender: str) -> list[LetterWording]:
    """Return an organisation's words of a kind, the latest first."""
    return list(visible_wordings(actor).filter(kind=kind, sender=sender).select_related("author__user"))


def open_deadlines(case: Case) -> list[Deadline]:
    """Return the deadlines of a case that a letter can keep."""
    return list(case.deadlines.filter(state=DeadlineState.OPEN))


def first_draft(
    case: Case, kind: LetterKind, sender: str, *, today: date, person: Person | None = None,
    deadline: Deadline | None = None,
) -> Draft:  # fmt: skip
    """Return a new letter with what is known: who writes, the office, the reference, the day of the decision.

    The address is that of whoever asked for help: it is not taken for another adult of the household.
    """
    contact, wording = case.contact, wording_in_force(case.organisation_id, kind, sender)
    theirs = person is None or person.relation == Relation.SELF
    name = person.name if person else (contact.name if contact else "")
    blocked = bool(contact and contact.address_blocked)
    address = contact.address if contact and theirs and not blocked else ""
    office, reference = _office_and_reference(deadline)
    sources = {
        "deadline_start": deadline.start_on.isoformat() if deadline and deadline.start_on else "",
        "address": ", ".join(address.splitlines()),
        "funding": _funding(case),
    }
    values = {one.key: sources.get(one.source, "") for one in kind.fields}
    if REFERENCE in values:
        values[REFERENCE] = reference
    return Draft(
        sender, today.isoformat(), name=name, address=address if sender == LetterSender.PERSON else "",
        without_address=blocked, to="" if kind.sheet else office, values=values, subject=wording.subject,
        text=wording.text,
        enclosures=() if kind.sheet or sender == LetterSender.PERSON else ("Entbindung von der Schweigepflicht",),
    )  # fmt: skip


def _office_and_reference(deadline: Deadline | None) -> tuple[str, str]:
    """Return office and reference of a deadline's letter: "Familienkasse, 345FK678901"."""
    if deadline is None or isinstance(deadline.letter, Locked):
        return "", ""
    office, comma, reference = deadline.letter.rpartition(",")
    if comma and any(sign.isdigit() for sign in reference):
        return office.strip(), reference.strip()
    return deadline.letter, ""


def _funding(case: Case) -> str:
    if case.programme is None:
        return ""
    funder = choose(case.programme.funder, "de").text
    return f"Das Angebot gehört zum Projekt {case.programme.name}. Förderung: {funder}." if funder else ""
