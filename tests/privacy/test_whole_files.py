"""A demo city with three years of work: whichever tables hold something about somebody, none keeps it open or for ever."""

from datetime import date
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import override_settings

from tests import templates
from tests.owner import as_owner
from tests.personas import CITIES_FOLDER
from tests.privacy.test_erasing import dump
from tragnetz.casework.compartments import compartment_of
from tragnetz.casework.models import Case, CasePaper, EmergencyAccess, Handover, OwnAccess, OwnSession
from tragnetz.city.read import read_folder
from tragnetz.clients.models import Contact
from tragnetz.consent.models import Notice
from tragnetz.core.clock import now
from tragnetz.core.ids import new_id
from tragnetz.demo.keys import load_keys, staff_ring
from tragnetz.demo.load import tell
from tragnetz.demo.staff import PASSWORD, load_staff
from tragnetz.messaging.models import Message
from tragnetz.network.actors import system
from tragnetz.network.models import Membership, Network, Programme
from tragnetz.network.scope import scope
from tragnetz.privacy.enums import Erasure
from tragnetz.privacy.erasing import erase
from tragnetz.privacy.kinds import BY_KEY, KINDS
from tragnetz.privacy.models import Correction, Redaction, Request, Restriction
from tragnetz.privacy.subjects import subject_of_case, subject_of_contact
from tragnetz.referrals.channel import open_channel
from tragnetz.referrals.models import Browser, Link, Referral
from tragnetz.reporting.ending.enums import DecisionState, Way
from tragnetz.reporting.ending.models import EndDecision
from tragnetz.vault.envelopes import EnvelopeBytesField, Locked
from tragnetz.vault.fields import SealedField
from tragnetz.vault.keyring import Keyring, using

HOUSEHOLDS = 160
PIECE = 12  # signs: what is shorter may stand anywhere
# Their texts quote words of ours that are published.
QUOTING = frozenset({"consent.consent", "consent.release"})
HANGING = [kind for kind in KINDS if kind.via and kind.erase != Erasure.KEEP]
SELDOM = frozenset({"assignment"})  # the demo has them on some days only
# What a message is sent to must be a number or an address; a channel is the key that opens other texts.
LEFT = frozenset({("contact", "phone"), ("contact", "email"), ("referral", "channel")})


@pytest.fixture(scope="module")
def invented(django_db_setup, django_db_blocker, tmp_path_factory):
    """Herne with all that the demo invents, for some households, made once; and everybody's keys.

    Only the last test may change it.
    """
    templates.use(templates.HERNE)
    demo = read_folder(CITIES_FOLDER / "herne").demo.model_copy(update={"households": HOUSEHOLDS})
    folder = override_settings(TRAGNETZ_VAR=tmp_path_factory.mktemp("var"))
    with django_db_blocker.unblock(), folder, transaction.atomic():
        herne = Network.objects.get()
        with scope(herne), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS directory_edition IMMEDIATE")
            with using(Keyring()):
                counsellors = load_staff(herne, demo)
                load_keys(herne, counsellors, PASSWORD)
                tell(herne, demo, counsellors, lambda _done, _total: None)
            yield herne, staff_ring(counsellors, PASSWORD)
        transaction.set_rollback(True)


@pytest.fixture
def told(invented):
    """The same, with these keys on the test's ring."""
    herne, ring = invented
    with using(ring):
        yield herne
    connection.check_constraints()


def sealed_texts() -> dict[str, str]:
    """Return all texts that our models hold sealed, with their fields."""
    found = {}
    for model in apps.get_models():
        label = model._meta.label_lower
        sealed = [one for one in model._meta.fields if isinstance(one, SealedField)]
        if not sealed or label in QUOTING or not model.__module__.startswith("tragnetz."):
            continue
        for row in model._default_manager.all():
            for field in sealed:
                text = getattr(row, field.attname)
                if isinstance(text, str) and not isinstance(text, Locked) and len(text) >= PIECE:
                    found[text] = f"{label}.{field.name}"
    return found


def open_columns() -> dict[str, str]:
    """Return all words that stand in columns which nothing seals, by table and column; not what the city publishes."""
    with as_owner() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND data_type IN ('text', 'character varying', 'jsonb', 'ARRAY') "
            "AND table_name NOT LIKE 'directory%' AND table_name NOT LIKE 'network%'"
        )
        found = {}
        for table, column in cursor.fetchall():
            cursor.execute(f'SELECT string_agg(DISTINCT "{column}"::text, chr(10)) FROM "{table}"')
            found[f"{table}.{column}"] = cursor.fetchone()[0] or ""
    return found


def test_no_sealed_text_lies_open_in_another_column(told):
    texts = sealed_texts()
    begins = {}
    for text in texts:
        begins.setdefault(text[:PIECE], []).append(text)
    assert {label.split(".")[0] for label in texts.values()} >= {"casework", "clients", "referrals", "messaging"}

    leaks = {
        (texts[text], column)
        for column, whole in open_columns().items()
        for start in range(len(whole) - PIECE + 1)
        for text in begins.get(whole[start : start + PIECE], ())
        if whole.startswith(text, start)
    }

    assert leaks == set()


def by_hand(case: Case) -> None:
    """Add what the demo does not invent: demands and what came of them, a link, an emergency, a handing over."""
    network, owner = case.network, case.counsellor
    day, at = date(2026, 11, 1), now()
    part = compartment_of(case)
    own = {"network": network, "organisation_id": case.organisation_id}
    asked = Request(**own, right="access", case=case, way="visit", wish="Bitte alles", received_on=day, due_on=day,
                    taken_by=owner, idempotency_key="hand")  # fmt: skip
    referral = Referral.objects.filter(case=case).first()
    link = Link(network=network, referral=referral, secret_hash="hand", sealed=b"x", made_by=owner, expires_at=at,
                revoked_at=at)  # fmt: skip
    other = Membership.objects.exclude(pk=owner.pk).first()
    person = case.household.people.first()
    for row in (
        asked,
        Redaction(network=network, request=asked, kind="note", object_id=new_id(), field="text", digest="d"),
        Correction(network=network, request=asked, compartment=part, kind="note", object_id=new_id(), field="text",
                   before="Vorher falsch", after="Jetzt richtig", by=owner),
        Restriction(**own, case=case, reason="disputed", since=day, lifted_on=day),
        link,
        Browser(network=network, link=link, sealed=b"x", opened_at=at, seen_at=at),
        CasePaper(network=network, case=case, compartment=part, author=owner, paper="id-card"),
        Handover(network=network, case=case, compartment=part, giver=owner, taker=other, handed_on=day, text="Wichtig"),
        EmergencyAccess(network=network, case=case, membership=other, reason="Krank", begun_at=at, ends_at=at),
        OwnSession(network=network, access=OwnAccess.objects.first(), sealed=b"x", started_at=at, seen_at=at),
        Notice(**own, person=person, purpose="counselling", language="de", text_version="1", how="paper",
               handed_on=day, taken_by=owner, idempotency_key="hand"),
        EndDecision(network=network, programme=Programme.objects.first(), case=case, way=Way.CLOSES, asker=owner,
                    author=owner, state=DecisionState.REPLACED, decided_on=day, request_key="hand"),
    ):  # fmt: skip
        row.save()


def askers(kind) -> list[Contact]:
    """Return somebody who asked for help and has rows of a kind, with a case or without."""
    way = kind.via.get("contact", "")
    if way.startswith("params"):
        keys = [row.params["person"] for row in Message.objects.all() if row.params.get("person")]
    else:
        keys = kind.model.objects.values_list(way.removesuffix("__in"), flat=True) if way else []
    return list(Contact.objects.filter(pk__in=[key for key in keys if key])[:1])


def chosen() -> tuple[list, set[str]]:
    """Return whole files in which together each kind of data has rows, and the kinds that no file has."""
    subjects, missing = [], {kind.key for kind in HANGING}
    by_hand(Case.objects.filter(referrals__isnull=False, merged_into=None).first())

    def take(subject) -> None:
        found = {kind.key for kind in HANGING if kind.key in missing and kind.rows(subject).exists()}
        if found:
            subjects.append(subject)
            missing.difference_update(found)

    for case in Case.objects.all():
        take(subject_of_case(case, everything=True))
    for kind in HANGING:
        if kind.key in missing:
            for contact in askers(kind):
                take(subject_of_contact(contact))
    return subjects, missing


def sealed_fields(kind) -> list:
    return [one for one in kind.model._meta.fields if isinstance(one, SealedField) and (kind.key, one.name) not in LEFT]


def mark(kind, row, number: int) -> list[str]:
    """Write a word of its own into each sealed field of a row; returns the words."""
    words = []
    for field in sealed_fields(kind):
        if getattr(row, field.attname) is not None and not isinstance(getattr(row, field.attname), Locked):
            word = f"Kanari-{kind.key}-{field.name}-{number}-"
            setattr(row, field.attname, word.encode() if isinstance(field, EnvelopeBytesField) else word)
            row.save(update_fields=[field.name])
            words.append(word)
    return words


def where_ids_are_left(ids: set[UUID]) -> set[str]:
    """Return the columns that still name a row which is gone."""
    found = set()
    with as_owner() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = 'public' AND data_type = 'uuid'"
        )
        for table, column in cursor.fetchall():
            cursor.execute(f'SELECT 1 FROM "{table}" WHERE "{column}" = ANY(%s) LIMIT 1', [list(ids)])
            if cursor.fetchone():
                found.add(f"{table}.{column}")
    return found


def test_nothing_is_left_of_whole_files_whatever_they_hold(told):
    subjects, missing = chosen()
    assert missing <= SELDOM
    words, ids = [], set()
    for subject in subjects:
        open_channel(BY_KEY["referral"].rows(subject))
        for kind in HANGING:
            rows = list(kind.rows(subject))
            words += [word for number, row in enumerate(rows) for word in mark(kind, row, number)]
            ids |= {row.pk for row in rows if kind.erase == Erasure.DELETE}
    marked = {word.split("-")[1] for word in words}
    assert {kind.key for kind in HANGING if sealed_fields(kind)} - marked <= SELDOM
    whole = dump()
    assert [word for word in words if word not in whole] == []

    for subject in subjects:
        erase(actor=system(told), subject=subject, now=now(), keep_proof=False)

    whole = dump()
    assert [word for word in words if word in whole] == []
    assert where_ids_are_left(ids) == {"audit_event.object_id"}
