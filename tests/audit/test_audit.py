"""Events cannot be changed, and chain and heads show it when somebody gets around that."""

import base64
import os
import random
import uuid
from datetime import timedelta

import pytest
from django.db import InternalError, connection, transaction

from tests.factories import make_actor
from tests.owner import as_owner
from tragnetz.audit.commands import chain_events, forget_events, record
from tragnetz.audit.errors import AuditError
from tragnetz.audit.heads import file_of_heads, own_public_key, read_heads, sign_daily, sign_head, trusted_keys
from tragnetz.audit.models import Event, SealedHead
from tragnetz.audit.rules import HASHED, START, link
from tragnetz.audit.verify import verify_and_keep, verify_chain
from tragnetz.core.clock import now

ROWS = int(os.environ.get("TRAGNETZ_AUDIT_ROWS", "2000"))  # the long run: 100000 rows, 1000 mutations
MUTATIONS = int(os.environ.get("TRAGNETZ_AUDIT_MUTATIONS", "60"))
HEADS = 20
FAR = 10**9  # beyond all positions: where rows stand while others take their places


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.TRAGNETZ_VAR = tmp_path


@pytest.fixture
def actor(network):
    return make_actor(network, "alpha", "counsellor")


@pytest.fixture
def events(network, actor):
    made = [record(actor, "case:read", network, reason=f"r{n}") for n in range(12)]
    assert chain_events(network) == 12
    return made


def tamper(statement: str, parameters: list[object] | None = None) -> None:
    """Change the tables as somebody could who owns the database."""
    with as_owner() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("audit_event", "audit_sealedhead"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, parameters)
        for table in ("audit_event", "audit_sealedhead"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def reasons(network, **given) -> list[tuple[int, str]]:
    return [(fault.position, fault.reason) for fault in verify_chain(network, **given)]


def test_chain_holds_and_grows(network, events):
    record(make_actor(network, "beta", "lead", name="Bea"), "case:open")

    assert chain_events(network) == 1
    assert reasons(network) == []
    assert Event.objects.filter(position=None).count() == 0


def test_a_hash_is_what_it_always_was():
    body = {"verb": "case:read", "id": uuid.UUID(int=7), "details": {"b": "ü", "a": 1}, "user_id": None}

    assert START == "0" * 64
    assert link(START, body) == "ef159faca90f91b0ff939e1d6dbf1f678b9c11f9b3a08d934bab1ae0b388a3a3"


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_event SET verb = 'x' WHERE id = %s", "DELETE FROM audit_event WHERE id = %s"]
)
def test_database_refuses_to_change_an_event(network, events, statement):
    with pytest.raises(InternalError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [events[3].pk])


@pytest.mark.parametrize("statement", ["UPDATE audit_sealedhead SET chain = 'x'", "DELETE FROM audit_sealedhead"])
def test_database_refuses_to_change_a_head(network, events, statement):
    sign_head(network=network, now=now())

    with pytest.raises(InternalError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("UPDATE audit_event SET verb = 'case:write' WHERE id = %s", "changed"),
        ("UPDATE audit_event SET user_id = NULL WHERE id = %s", "changed"),
        ("UPDATE audit_event SET at = at + interval '1 second' WHERE id = %s", "changed"),
        ("UPDATE audit_event SET details = '{}' WHERE id = %s", "changed"),
        ("DELETE FROM audit_event WHERE id = %s", "missing"),
    ],
)
def test_chain_tells_where_an_event_was_changed(network, events, statement, reason):
    assert reasons(network) == []

    tamper(statement, [events[5].pk])

    assert reasons(network)[0] == (6, reason)


def test_a_cut_at_the_end_shows_by_the_signed_head_alone(network, events):
    sign_head(network=network, now=now())
    tamper("DELETE FROM audit_event WHERE position > 9")

    faults = list(verify_chain(network))

    assert [(fault.position, fault.reason, fault.until) for fault in faults] == [(10, "cut", 12)]
    assert faults[0].told() == "positions 10 to 12: removed from the end, a signed head says they were there"
    tamper("DELETE FROM audit_sealedhead")
    assert reasons(network) == []  # the negative control: without a head nobody can tell
    assert reasons(network, outside=read_heads(file_of_heads(network))) == [(10, "cut")]


def test_a_chain_that_was_computed_anew_shows_at_the_head(network, events):
    sign_head(network=network, now=now())

    tamper("UPDATE audit_event SET verb = 'case:write' WHERE position = 4")
    compute_anew(4)

    assert reasons(network) == [(12, "head")]


def test_a_head_signed_with_another_key_counts_for_nothing(network, events, settings):
    settings.TRAGNETZ_AUDIT_KEYS = base64.b64encode(b"f" * 32).decode()
    foreign = own_public_key()
    sign_head(network=network, now=now())
    settings.TRAGNETZ_AUDIT_KEYS = ""

    assert reasons(network) == [(1, "forged")]
    assert reasons(network, trusted=trusted_keys([foreign])) == []


@pytest.mark.parametrize("removed", [[1], [2], [1, 2], [2, 3]])
def test_a_removed_head_shows_by_its_number(network, events, removed):
    for _ in range(4):
        sign_head(network=network, now=now())
    tamper("DELETE FROM audit_sealedhead WHERE number = ANY(%s)", [removed])

    assert reasons(network) == [(number, "head_missing") for number in removed]


@pytest.mark.parametrize(("minutes", "shows"), [(59, False), (61, True)])
def test_a_deed_that_ends_late_is_none_from_before_a_head(network, actor, events, minutes, shows):
    head = sign_head(network=network, now=now())
    late = record(actor, "case:read")
    tamper("UPDATE audit_event SET at = %s WHERE id = %s", [head.at - timedelta(minutes=minutes), late.pk])
    chain_events(network)

    assert reasons(network) == ([(13, "backdated")] if shows else [])


@pytest.mark.parametrize("has_head", [False, True])
def test_where_nothing_is_old_nothing_is_forgotten_and_nothing_noted(network, actor, events, has_head):
    if has_head:
        sign_head(network=network, now=now())
    heads = SealedHead.objects.count()

    assert forget_events(actor=actor, before=now() - timedelta(days=730), now=now()) == 0

    assert Event.objects.count() == 12
    assert SealedHead.objects.count() == heads


def test_an_event_that_claims_to_be_older_than_a_head_shows(network, actor, events):
    sign_head(network=network, now=now())
    late = record(actor, "case:read")
    tamper("UPDATE audit_event SET at = at - interval '1 day' WHERE id = %s", [late.pk])
    chain_events(network)

    assert reasons(network) == [(13, "backdated")]


def test_a_head_is_signed_once_a_day_and_stands_in_the_file(network, events):
    head = sign_daily(network=network, now=now())

    assert head is not None
    assert sign_daily(network=network, now=now()) is None
    assert sign_daily(network=network, now=now() + timedelta(days=1)).number == 2
    assert read_heads(file_of_heads(network))[0] == head
    assert head.public_key == own_public_key()
    assert SealedHead.objects.count() == 2


def test_a_file_that_holds_no_heads_is_refused_with_its_line(tmp_path):
    file = tmp_path / "heads.jsonl"
    file.write_text('\n{"network": "x"}\n')

    with pytest.raises(AuditError, match=":2: is no head"):
        read_heads(file)


def test_old_events_go_only_behind_a_head_and_the_chain_still_holds(network, actor, events):
    long_ago = now() - timedelta(days=900)
    tamper("UPDATE audit_event SET at = %s, position = NULL, chain = ''", [long_ago])
    chain_events(network)
    sign_head(network=network, now=long_ago + timedelta(days=1))
    record(actor, "case:read")
    chain_events(network)

    assert forget_events(actor=actor, before=now() - timedelta(days=730), now=now()) == 12

    chain_events(network)
    assert list(Event.objects.order_by("position").values_list("position", "verb")) == [
        (13, "case:read"), (14, "audit:forget"),
    ]  # fmt: skip
    assert reasons(network) == []
    tamper("DELETE FROM audit_event WHERE position = 13")
    assert reasons(network)[0] == (13, "missing")


def test_young_events_stay_whatever_is_asked(network, actor, events):
    sign_head(network=network, now=now() - timedelta(days=1))

    with pytest.raises(InternalError, match="append-only"), transaction.atomic():
        forget_events(actor=actor, before=now(), now=now())


def test_a_quick_look_begins_at_the_last_head(network, actor, events):
    sign_head(network=network, now=now())
    record(actor, "case:read")
    chain_events(network)
    tamper("UPDATE audit_event SET verb = 'x' WHERE position IN (3, 13)")

    assert reasons(network) == [(3, "changed"), (13, "changed")]
    assert reasons(network, since=12) == [(13, "changed")]


def test_what_was_found_is_kept_for_the_officer(network, events):
    tamper("DELETE FROM audit_event WHERE position = 3")

    kept = verify_and_keep(network, now=now())

    assert (kept.events, kept.faults, kept.found) == (12, 1, ["position 3: removed"])


def test_of_many_faults_twenty_are_kept_and_all_are_counted(network, actor, events):
    tamper("UPDATE audit_event SET verb = 'x'")
    with_more = [record(actor, "case:read") for _ in range(15)]
    chain_events(network)
    tamper("UPDATE audit_event SET verb = 'x' WHERE id = ANY(%s)", [[one.pk for one in with_more]])

    kept = verify_and_keep(network, now=now())

    assert (kept.events, kept.faults, len(kept.found)) == (27, 27, 20)


def test_a_network_without_events_is_whole(network):
    kept = verify_and_keep(network, now=now())

    assert (kept.events, kept.faults, kept.found) == (0, 0, [])


def forget_what_is_old(network, actor):
    """Let all events be older than the audit keeps, closed by a head and forgotten; one of today is left."""
    long_ago = now() - timedelta(days=900)
    tamper("UPDATE audit_event SET at = %s, position = NULL, chain = ''", [long_ago])
    chain_events(network)
    sign_head(network=network, now=long_ago + timedelta(days=1))
    record(actor, "case:read")
    chain_events(network)
    forget_events(actor=actor, before=now() - timedelta(days=730), now=now())
    chain_events(network)


def test_a_beginning_that_no_head_vouches_for_shows(network, actor, events):
    forget_what_is_old(network, actor)
    tamper("DELETE FROM audit_sealedhead WHERE number = 1")

    assert reasons(network)[:2] == [(1, "head_missing"), (12, "start")]


# --- Many rows, changed at random (facts/reliability-and-speed.md, test 26) ---


def compute_anew(first: int, last: int = 10**9) -> None:
    """Chain again what stands from a position on: what somebody would do who knows how it is made."""
    rows = Event.objects.exclude(position=None)
    previous = rows.filter(position__lt=first).order_by("-position").values_list("chain", flat=True).first() or "0" * 64
    fresh = []
    for pk, *values in rows.filter(position__range=(first, last)).order_by("position").values_list("pk", *HASHED):
        previous = link(previous, dict(zip(HASHED, values, strict=True)))
        fresh.append((pk, previous))
    tamper(
        "UPDATE audit_event SET chain = new.chain FROM unnest(%s::uuid[], %s::text[]) AS new (id, chain)"
        " WHERE audit_event.id = new.id",
        [[pk for pk, _chain in fresh], [chain for _pk, chain in fresh]],
    )


def many(network, actor, rows: int) -> list[int]:
    """Write events and sign heads on the way; returns the positions of the heads."""
    user = uuid.uuid4()
    ends = []
    for _ in range(HEADS):
        Event.objects.bulk_create(
            Event(network=network, actor_kind="staff", user_id=user, verb="case:read", object_id=uuid.uuid4(),
                  details={"rows": number}) for number in range(rows // HEADS)
        )  # fmt: skip
        chain_events(network)
        ends.append(sign_head(network=network, now=now()).position)
    assert ends[-1] == rows
    return ends


def mutate(kind: str, at: int, dice: random.Random, ends: list[int]) -> int:
    """Change the table; returns the position at which it must be told at the latest."""
    rows = ends[-1]
    after = next(end for end in ends if end >= at)
    if kind == "edit":
        column, value = dice.choice(
            [("verb", "'case:write'"), ("user_id", "NULL"), ("at", "at - interval '1 hour'"), ("details", "'{}'"),
             ("object_id", "gen_random_uuid()"), ("actor_kind", "'system'"), ("chain", "repeat('0', 64)")]
        )  # fmt: skip
        tamper(f"UPDATE audit_event SET {column} = {value} WHERE position = %s", [at])
        return min(at + 1, rows)
    if kind == "delete":
        tamper("DELETE FROM audit_event WHERE position = %s", [at])
        return at
    if kind == "reorder":
        other = dice.choice(
            [number for number in (at - 1, at + 1, at + dice.randint(2, 90)) if 1 <= number <= rows and number != at]
        )
        tamper("UPDATE audit_event SET position = position + %s WHERE position IN (%s, %s)", [FAR, at, other])
        tamper("UPDATE audit_event SET position = %s - (position - %s) WHERE position > %s", [at + other, FAR, FAR])
        return max(at, other)
    if kind == "cut":
        tamper("DELETE FROM audit_event WHERE position >= %s", [at])
        return at
    if kind == "insert":
        tamper("UPDATE audit_event SET position = position + %s WHERE position >= %s", [FAR, at])
        tamper("UPDATE audit_event SET position = position - %s + 1 WHERE position > %s", [FAR, FAR])
        Event(
            network_id=Event.objects.values_list("network_id", flat=True)[0], actor_kind="staff", verb="case:read",
            position=at, chain="0" * 64,
        ).save()  # fmt: skip
    else:
        tamper("UPDATE audit_event SET verb = 'case:write' WHERE position = %s", [at])
    compute_anew(at, after + 1)
    return after + 1


def test_every_mutation_of_many_rows_is_found(network, actor):
    ends = many(network, actor, ROWS)
    assert reasons(network) == []
    dice = random.Random(26)  # noqa: S311 -- the same mutations in every run
    kinds = ["edit", "delete", "insert", "reorder", "cut", "rewrite"]

    missed = []
    for number in range(MUTATIONS):
        kind, at = kinds[number % len(kinds)], dice.randint(1, ROWS)
        with transaction.atomic():
            latest = mutate(kind, at, dice, ends)
            fault = next(verify_chain(network, since=at - 1), None)
            if fault is None or not at - 100 <= fault.position <= latest:
                missed.append((kind, at, fault))
            transaction.set_rollback(True)

    assert missed == []
    assert reasons(network) == []  # all was taken back: none of the finds above stems from an earlier one


def test_a_quick_look_begins_at_the_head_of_the_first_event_that_is_left(network, actor, events):
    """The newest head says that the chain begins with the very event that it closes: that one is its anchor."""
    forget_what_is_old(network, actor)
    sign_head(network=network, now=now())
    first = SealedHead.objects.order_by("-number").values_list("first", flat=True)[0]

    assert first == 13
    assert reasons(network) == reasons(network, since=first) == []
    tamper("UPDATE audit_event SET verb = 'x' WHERE position = 13")
    assert (13, "changed") in reasons(network)


def test_a_cut_over_several_heads_tells_up_to_the_last_of_them(network, actor, events):
    sign_head(network=network, now=now())
    record(actor, "case:read")
    chain_events(network)
    sign_head(network=network, now=now())
    tamper("DELETE FROM audit_event WHERE position > 9")

    assert [(fault.position, fault.reason, fault.until) for fault in verify_chain(network)] == [(10, "cut", 13)]
