"""Papers of two invented cases: a decision that is kept, an identity card only seen, a letter new from the person."""

from collections.abc import Sequence
from datetime import date, timedelta

import typst

from tragnetz.casework.enums import CaseState
from tragnetz.casework.files.commands import FileDetails, keep_file, note_seen
from tragnetz.casework.files.own import show_letter
from tragnetz.casework.models import Case, CaseFile, OwnAccess
from tragnetz.casework.ownpage.commands import close_own_page, open_own_page
from tragnetz.core.clock import now, today
from tragnetz.demo.own import CODE, REQUEST_KEY
from tragnetz.network.actors import of_membership
from tragnetz.network.models import Membership, Network
from tragnetz.vault.keyring import using

_PAGE = '#set document(title: "Brief")\n#set text(lang: "de", size: 11pt)\n'
_DECISION = """Wohngeldstelle Musterstadt

Datum: {day}

Geschäftszeichen: 50-WG-4711

*Bewilligungsbescheid über Wohngeld*

Sehr geehrte Damen und Herren,

für Ihre Wohnung bewilligen wir 312,00 Euro im Monat.

Rechtsbehelfsbelehrung: Gegen diesen Bescheid kann innerhalb eines Monats nach Bekanntgabe Klage erhoben werden.

Das ist ein erfundener Brief.
"""
_REQUEST = """Jobcenter Musterstadt

Datum: {day}

Aktenzeichen: BG 99999//0000001

*Aufforderung zur Mitwirkung*

Sehr geehrte Damen und Herren,

bitte reichen Sie die Kontoauszüge der letzten drei Monate bis zum {until} ein.

Das ist ein erfundener Brief.
"""


def load_files(network: Network, staff: Sequence[Membership]) -> int:
    """Put papers into two cases, once; returns how many. The keys of the staff are on the ring."""
    access = OwnAccess.objects.filter(request_key=REQUEST_KEY, ended_at=None).select_related("case").first()
    if CaseFile.objects.exists() or access is None:
        return 0
    day = today(network.zone)
    membership = next(member for member in staff if member.pk == access.case.counsellor_id)
    return _kept(network, membership, access.case, day) + _sent(network, day)


def _kept(network: Network, membership: Membership, other: Case, day: date) -> int:
    cases = Case.objects.filter(counsellor=membership, state=CaseState.OPEN, restricted_on=None).exclude(pk=other.pk)
    case = cases.select_related("household", "network").order_by("-opened_on", "-pk").first()
    if case is None:
        return 0
    actor = of_membership(membership, network)
    details = FileDetails("bescheid", "Wohngeld", "proof", day + timedelta(days=150))
    keep_file(
        actor=actor, case=case, name="Wohngeldbescheid.pdf", content=_letter(_DECISION, day - timedelta(days=6)),
        details=details, request_key="demo-file-1", now=now(),
    )  # fmt: skip
    note_seen(
        actor=actor, case=case, paper="aufenthaltstitel", note="gültig bis nächstes Jahr",
        seen_on=day - timedelta(days=6), request_key="demo-file-2", now=now(),
    )  # fmt: skip
    return 2


def _sent(network: Network, day: date) -> int:
    done = open_own_page(network=network, typed=CODE, now=now())
    if done is None:
        return 0
    opened, _cookie = done
    with using(opened.ring):
        show_letter(
            opened=opened, name="Scan_0001.pdf", content=_letter(_REQUEST, day - timedelta(days=2)),
            note="Brief vom Jobcenter, bitte einmal ansehen", request_key="demo-file-3", now=now(),
        )  # fmt: skip
    close_own_page(opened=opened)
    return 1


def _letter(text: str, day: date) -> bytes:
    words = text.format(day=f"{day:%d.%m.%Y}", until=f"{day + timedelta(days=14):%d.%m.%Y}")
    return typst.compile((_PAGE + words).encode(), format="pdf")
