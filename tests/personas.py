"""One cast for matrix, journeys and screenshots: the demo's staff, by role."""

from datetime import timedelta
from pathlib import Path

from django.test import Client

from tragnetz.appointments.rules import Wanted
from tragnetz.casework.commands import Asked, Taken, take_enquiry
from tragnetz.clients.rules import ContactDetails
from tragnetz.core.clock import now
from tragnetz.network.actors import Actor, of_membership
from tragnetz.network.models import Membership, User

CITIES_FOLDER = Path(__file__).resolve().parent.parent / "cities"
EMAILS = {
    "counsellor": "hanna.reuter@demo.tragnetz.example",  # Caritas, also lead
    "colleague": "david.schulte@demo.tragnetz.example",  # Caritas, counsellor only
    "foreign": "ines.vogt@demo.tragnetz.example",  # Red Cross, lead
    "intake": "telefon.herne@demo.tragnetz.example",
    "programme": "programm@demo.tragnetz.example",
    "catalogue": "verzeichnis@demo.tragnetz.example",
    "dpo": "datenschutz@demo.tragnetz.example",
    "admin": "verwaltung@demo.tragnetz.example",
}


def actor_of(network, persona: str) -> Actor:
    membership = Membership.objects.select_related("user").get(user__email=EMAILS[persona])
    return of_membership(membership, network)


def client_of(persona: str | None) -> Client:
    client = Client()
    if persona:
        client.force_login(
            User.objects.get(email=EMAILS[persona]), "allauth.account.auth_backends.AuthenticationBackend"
        )
    return client


def first_free(network, actor: Actor) -> Wanted:
    from tragnetz.appointments.queries import free

    at = now()
    day = at.astimezone(network.zone).date()
    slots = free(
        network=network, first=day, last=day + timedelta(days=21), not_before=at + timedelta(hours=3),
        memberships=[actor.membership_id], kinds=["phone"],
    )  # fmt: skip
    slot = next(slots)
    return Wanted(slot.membership_id, slot.start, slot.end - slot.start, slot.kind)


def booked_enquiry(network, persona: str = "counsellor", key: str = "1" * 32) -> Taken:
    """Let somebody book with a persona and hand over answers."""
    actor = actor_of(network, persona)
    return take_enquiry(
        actor=actor,
        asked=Asked(
            channel="phone", topic="family", concern="Geheimnis Zitronenfalter", released={"facts": {"children": 2}}
        ),
        details=ContactDetails(name="Rosa Geheimrat", phone="0170 1234567", safe_note="Nie auf die Mailbox"),
        wanted=first_free(network, actor),
        callback=False,
        idempotency_key=key,
        now=now(),
    )
