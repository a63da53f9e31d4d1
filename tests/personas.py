"""One cast for matrix, journeys and screenshots: the demo's staff, by role."""

from datetime import datetime, time, timedelta
from pathlib import Path
from types import SimpleNamespace

from django.test import Client

from tests.factories import open_keys
from tragnetz.appointments.groups.attending import mark_attendance
from tragnetz.appointments.groups.planning import GroupDetails, Meeting, add_dates, make_group, open_group
from tragnetz.appointments.groups.registering import register
from tragnetz.appointments.groups.rules import span_on
from tragnetz.appointments.models import Session
from tragnetz.appointments.rules import Wanted, wanted_from
from tragnetz.casework.commands import Asked, Taken, take_enquiry
from tragnetz.casework.contacts.commands import Met, record_contact
from tragnetz.casework.goals.commands import GoalDetails, agree_goal, review_goal
from tragnetz.casework.models import Case
from tragnetz.casework.ratings.commands import rate
from tragnetz.casework.ratings.rules import Line
from tragnetz.casework.teamwork.commands import give_task
from tragnetz.casework.timeline.commands import add_event
from tragnetz.clients.rules import ContactDetails
from tragnetz.core.clock import now
from tragnetz.demo.staff import PASSWORD
from tragnetz.network.actors import Actor, of_membership
from tragnetz.network.models import Membership, Network, User
from tragnetz.network.scope import scope
from tragnetz.vault.keyring import current_keyring
from tragnetz.vault.pairs import pair_of_user
from tragnetz.vault.sessions import COOKIE, keep_open

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
    return open_keys(of_membership(membership, network), membership.user, PASSWORD)


def client_of(persona: str | None) -> Client:
    """A browser with somebody's session, as after the log-in with a password: their keys are open."""
    if not persona:
        return Client()
    network = Network.objects.get()
    with scope(network):
        return client_for(actor_of(network, persona))


def client_for(actor: Actor) -> Client:
    """The same for a member of staff made by hand; call inside the network's scope."""
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id), "allauth.account.auth_backends.AuthenticationBackend")
    pair = pair_of_user(actor.user_id)
    answer = SimpleNamespace(session=client.session)
    keep_open(answer, pair.pk, current_keyring().private(pair.pk))
    answer.session.save()
    client.cookies[COOKIE] = answer.vault_cookie
    return client


def cookies_of(client: Client, site: str) -> list[dict[str, str]]:
    """Return the cookies of a client's session, for a real browser."""
    return [{"name": name, "value": morsel.value, "url": site} for name, morsel in client.cookies.items()]


def first_free(network, actor: Actor, not_before: datetime | None = None) -> Wanted:
    """Return the first time that a persona is free: in three hours, or from a moment on."""
    from tragnetz.appointments.queries import free

    at = now()
    day = at.astimezone(network.zone).date()
    slots = free(
        network=network, first=day, last=day + timedelta(days=21), not_before=not_before or at + timedelta(hours=3),
        memberships=[actor.membership_id], kinds=["phone"],
    )  # fmt: skip
    return wanted_from(next(slots))


def booked_enquiry(
    network, persona: str = "counsellor", key: str = "1" * 32, not_before: datetime | None = None
) -> Taken:
    """Let somebody book with a persona and hand over answers."""
    actor = actor_of(network, persona)
    return take_enquiry(
        actor=actor,
        asked=Asked(
            channel="phone", topic="family", concern="Geheimnis Zitronenfalter", released={"facts": {"children": 2}}
        ),
        details=ContactDetails(name="Rosa Geheimrat", phone="0170 1234567", safe_note="Nie auf die Mailbox"),
        wanted=first_free(network, actor, not_before),
        callback=False,
        idempotency_key=key,
        now=now(),
    )


def worked_on(actor: Actor, case: Case) -> None:
    """Let an actor work on a case: a talk with a note, an event, two ratings, a goal looked at, a task."""
    day = now().astimezone(actor.network.zone).date()
    record_contact(
        actor=actor, case=case, met=Met("phone", day, 20), texts={"facts": "Briefe geöffnet", "agreement": "Antrag"},
        idempotency_key="c" * 32, now=now(),
    )  # fmt: skip
    add_event(actor=actor, case=case, kind="job_lost", happened_on=day, text="Werk geschlossen", today=day)
    for number, level in enumerate((2, 4)):
        lines = [Line("money", level, 3, "soon", "fragt früh um Rat", "Übersicht"), Line("home", 3, None)]
        rate(
            actor=actor, case=case, rated_on=day, occasion="between", lines=lines, idempotency_key=f"{number}" * 32,
            today=day,
        )  # fmt: skip
    details = GoalDetails("Miete selbst zahlen", "drei Monate pünktlich", day + timedelta(days=90), domain="home")
    goal = agree_goal(actor=actor, case=case, details=details, today=day)
    review_goal(actor=actor, goal=goal, attainment=-1, text="Nachzahlung", next_on=day + timedelta(days=5), today=day)
    give_task(actor=actor, case=case, assignee_id=actor.membership_id, text="Brief lesen", due_on=day, today=day)


def group_with_people(network, actor: Actor, *, places: int = 3, people: int = 2, **given) -> Session:
    """Let an actor plan a group of two dates and let people come; returns the first date, at which one of them was."""
    at = now()
    group = make_group(
        actor=actor,
        details=GroupDetails(
            **{
                "title": {"de": "Bewerbung mit Plan"},
                "places": places,
                "topic": "work",
                "certificate_percent": 50,
                **given,
            }
        ),
        now=at,
    )
    day = at.astimezone(network.zone).date() + timedelta(days=3)
    spans = [span_on(day + timedelta(days=number), time(21), time(22), network.zone) for number in (0, 1)]
    sessions = add_dates(actor=actor, group=group, spans=spans, meeting=Meeting(actor.membership_id), now=at)
    open_group(actor=actor, group=group, now=at)
    for number in range(people):
        details = ContactDetails(name=f"Rosa {number}", phone="0170 1234567", may_text=True)
        found = register(
            actor=actor, group=group, details=details, idempotency_key=f"{group.pk.hex[:30]}{number}", now=at
        )
        if number == 0:
            marks = {found.registration.pk: "came"}
            mark_attendance(actor=actor, session=sessions[0], marks=marks, now=at)
    return Session.objects.select_related("group", "booking").get(pk=sessions[0].pk)
