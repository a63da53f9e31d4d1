"""Public pages that open by a link or a code alone: the access matrix knows them only as missing."""

from datetime import timedelta

from tests.personas import actor_of, first_free, group_with_people
from tragnetz.appointments.commands import hold
from tragnetz.appointments.enums import Via
from tragnetz.appointments.groups.attending import sign_session
from tragnetz.appointments.links import secret_of
from tragnetz.appointments.models import Booking, Registration, Session, WaitingEntry
from tragnetz.clients.commands import keep_takeaway
from tragnetz.core.clock import now, today
from tragnetz.core.ids import new_id
from tragnetz.core.links import secret_hash
from tragnetz.network.actors import resident
from tragnetz.network.enums import Role
from tragnetz.referrals.models import Referral
from tragnetz.reporting.asking.models import OwnQuestion
from tragnetz.staff.commands import invite
from tragnetz.vault.sealing import code_for

type Sent = tuple[str, dict[str, str]]  # a page that a form opens, and what opens it
SECRET = "known-to-the-fuzz-alone"


def by_link(herne, records) -> list[str]:
    """Return the pages of a proposal, an invitation, a group, and of questions whether it helped and how somebody is."""
    return [
        proposal(herne, records), invitation(herne), helped(records), asked(herne, records), registering(records), arriving(herne)
    ]  # fmt: skip


def proposal(herne, records) -> str:
    owner, talk = actor_of(herne, "counsellor"), Booking.objects.get(pk=records["booking"])
    held = hold(
        actor=owner, wanted=first_free(herne, owner), until=now() + timedelta(hours=4), idempotency_key=new_id().hex,
        now=now(), via=Via.PROPOSAL, contact=talk.contact, replaces=talk,
    )  # fmt: skip
    return f"/de/termin/vorschlag/{secret_of(held.booking)}/"


def invitation(herne) -> str:
    secrets: list[str] = []

    def address(secret: str) -> str:
        secrets.append(secret)
        return f"https://stadt.example/{secret}"

    invite(
        actor=actor_of(herne, "admin"), email="fuzz@demo.tragnetz.example", roles=[Role.INTAKE], languages=["de"],
        now=now(), address=address,
    )  # fmt: skip
    return f"/de/konto/einladung/{secrets[0]}/"


def helped(records) -> str:
    Referral.objects.filter(pk=records["referral"]).update(state="accepted", ask_hash=secret_hash(SECRET))
    return f"/de/geholfen/{SECRET}/"


def asked(herne, records) -> str:
    OwnQuestion(
        network=herne, participation_id=records["participation"], moment="six_months", asked_on=today(herne.zone),
        expires_at=now() + timedelta(days=30), secret_hash=secret_hash(SECRET),
    ).save()  # fmt: skip
    return f"/de/frage/{SECRET}/"


def registering(records) -> str:
    return f"/de/gruppen/{Session.objects.get(pk=records['session']).group.key}/anmelden/"


def arriving(herne) -> str:
    """Return the page of a date that is now: people say at the door that they are there."""
    session = group_with_people(herne, actor_of(herne, "colleague"), title={"de": "Offene Werkstatt"})
    Session.objects.filter(pk=session.pk).update(starts_at=now(), ends_at=now() + timedelta(hours=1))
    return f"/de/gruppen/da/{sign_session(session)}/"


def by_code(herne, records) -> list[Sent]:
    """Return what a code opens: an appointment, to move and to call off, a place in a line, in a group, answers.

    And the finder's answer, which is a page that only a form leads to.
    """
    codes = {
        "mein-termin": code_for(Booking.objects.get(pk=records["booking"]).idempotency_key),
        "mein-platz": code_for(WaitingEntry.objects.get(pk=records["waiting"]).idempotency_key),
        "meine-gruppe": code_for(Registration.objects.get(pk=records["registration"]).idempotency_key),
        "mein-code": keep_takeaway(actor=resident(herne), facts={"children": 2}, services=[], now=now()).code,
    }
    opened = [(f"/de/{page}/", {"code": code}) for page, code in codes.items()]
    moving = [(path, sent | {word: "1"}) for path, sent in opened[:1] for word in ("move", "ask")]
    return [*opened, *moving, ("/de/wegweiser/ergebnis/", {"children": "2", "place": "Hauptstr. 5"})]


def of_own_page(records) -> list[str]:
    """Return the pages of the own page that need to know which appointment and which release."""
    page = "/de/meine-begleitung"
    return [f"{page}/termin/?termin={records['booking']}", f"{page}/widerruf/?was={records['release']}"]
