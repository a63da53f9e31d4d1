"""Letters of invented cases: those that keep a deadline, one that has left, and a draft with a gap."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from tragnetz.casework.enums import LetterSender, SendingWay
from tragnetz.casework.letters.book import LetterKind, kinds
from tragnetz.casework.letters.commands import Sent, record_sending, start_letter
from tragnetz.casework.letters.drafts import Draft
from tragnetz.casework.letters.queries import first_draft
from tragnetz.casework.models import Case, Deadline, Letter
from tragnetz.core.clock import now, today
from tragnetz.network.actors import Actor, of_membership
from tragnetz.network.enums import Role
from tragnetz.network.models import Membership, Network

ADDRESS = "Beispielweg 4\n44623 Herne"


def load_letters(network: Network, staff: Sequence[Membership]) -> int:
    """Give each counsellor a draft that keeps a deadline, and a letter that left; once. Returns how many."""
    if Letter.objects.exists():
        return 0
    made = 0
    for membership in staff:
        if Role.COUNSELLOR not in membership.roles:
            continue
        actor = of_membership(membership, network)
        rows = Deadline.objects.filter(case__counsellor=membership, ended_on=None).exclude(rule="")
        found = rows.select_related("case__contact", "case__network", "case__organisation", "case__programme")
        fitting = [(row, kind) for row in found for kind in kinds().values() if row.rule in kind.rules]
        if not fitting:
            continue
        deadline, kind = fitting[0]
        _write(actor, deadline.case, kind, LetterSender.PERSON, deadline)
        asked = kinds()["status"]
        letter = _write(actor, fitting[-1][0].case, asked, LetterSender.ORGANISATION)
        day = today(network.zone) - timedelta(days=4)
        sent = Sent(day, SendingWay.FAX, note="Sendebericht liegt bei.")
        record_sending(actor=actor, letter=letter, sent=sent, idempotency_key=letter.pk.hex, now=now())
        made += 2
    return made


def _write(actor: Actor, case: Case, kind: LetterKind, sender: str, deadline: Deadline | None = None) -> Letter:
    first = first_draft(case, kind, sender, today=today(actor.network.zone), deadline=deadline)
    return start_letter(
        actor=actor, case=case, kind=kind.key, draft=_filled(first, kind), deadline=deadline,
        idempotency_key=f"demo-{kind.key}-{case.pk.hex}", now=now(),
    )  # fmt: skip


def _filled(draft: Draft, kind: LetterKind) -> Draft:
    """Fill what is asked with the examples of the kind."""
    values = {one.key: draft.values.get(one.key) or (one.example if one.required else "") for one in kind.fields}
    address = draft.address or (ADDRESS if draft.sender == LetterSender.PERSON else "")
    enclosures = draft.enclosures or (("Kontoauszüge",) if kind.enclosures == "required" else ())
    to = draft.to or "Stadt Herne\nWohngeldstelle\n44649 Herne"
    return replace(draft, values=values, address=address, to=to, enclosures=enclosures)
