"""The program on tables as a spread database would have them: the network is in each unique key, link and exclusion."""

import re
from collections import Counter

import psycopg
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.backends.postgresql.compiler import SQLCompiler as Djangos
from django.db.migrations.operations import AddField, CreateModel
from django.db.migrations.state import ProjectState
from django.db.models import PROTECT, Count, ForeignKey, UUIDField
from django.db.utils import ProgrammingError
from psycopg import errors

from tests.architecture.test_matrix import MATRIX, PERSONAS, WORK, make_records
from tests.architecture.walks import visit
from tests.factories import make_network
from tests.owner import owner_conninfo
from tests.personas import client_of
from tests.privacy.people import SECRETS, TODAY, make_family, make_team
from tests.privacy.test_erasing import left_of, merged_with
from tests.privacy.test_retention import DUE
from tragnetz.casework.closing.commands import close_case
from tragnetz.casework.models import Case
from tragnetz.config.cli import main
from tragnetz.network.database.compiler import SQLCompiler
from tragnetz.network.database.owner import as_owner
from tragnetz.network.database.shape import holds_network, keys_of, links_of
from tragnetz.network.database.spreading import spreading
from tragnetz.network.models import District, Hotline, Organisation
from tragnetz.network.scope import scope
from tragnetz.privacy.retention.commands import confirm, propose

# Each key of a table by its name, as PostgreSQL prints it, and what it is used for besides.
KEYS = """
SELECT of_index.relname, pg_get_indexdef(indexrelid), coalesce(pg_get_constraintdef(pg_constraint.oid), ''),
  indisreplident, indisclustered
FROM pg_index JOIN pg_class of_index ON of_index.oid = indexrelid
  LEFT JOIN pg_constraint ON conindid = indexrelid AND conrelid = indrelid AND contype IN ('p', 'u', 'x')
WHERE (indisunique OR indisexclusion) AND of_index.relnamespace = 'public'::regnamespace
"""
# Keys with all that a key may have; some stand on one of the tables that links refer to.
ODD = r"""
CREATE UNIQUE INDEX odd_index ON network_district (lower(name || ')''"(') text_pattern_ops DESC NULLS LAST, "key")
  INCLUDE (position, network_id) NULLS NOT DISTINCT WITH (fillfactor = 70) WHERE name <> 'a (b';
CREATE UNIQUE INDEX odd_expression ON network_district ((name || key));
ALTER TABLE network_district ADD CONSTRAINT odd_unique UNIQUE (name, key) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE network_district ADD CONSTRAINT "odd Exclusion" EXCLUDE USING gist
  (int4range(position, position + 1, '[)') WITH &&, id WITH =) WHERE (position > 1000) DEFERRABLE;
CREATE UNIQUE INDEX odd_replica ON network_district (id, key);
ALTER TABLE network_district REPLICA IDENTITY USING INDEX odd_replica;
ALTER TABLE network_district CLUSTER ON odd_replica;
"""
LOOSE = "ALTER TABLE network_locality ADD CONSTRAINT loose FOREIGN KEY (district_id) REFERENCES network_district (id)"
ODD_NAMES = {"odd_index", "odd_expression", "odd_unique", "odd Exclusion", "odd_replica"}
# A row that is there already, in all but the second one with another id.
AGAIN = """
INSERT INTO network_hotline_districts (hotline_id, district_id, network_id)
  SELECT hotline_id, district_id, network_id FROM network_hotline_districts LIMIT 1;
INSERT INTO network_district SELECT * FROM network_district LIMIT 1;
INSERT INTO vault_wrappedkey
  SELECT (jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid()))).*
  FROM vault_wrappedkey one WHERE data_key_id IS NOT NULL LIMIT 1
"""
OVERLAP = """
INSERT INTO appointments_booking
  SELECT (jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid(), 'idempotency_key', md5('another'),
    'code_hash', md5('another')))).*
  FROM appointments_booking one WHERE state <> 'cancelled' LIMIT 1
"""
ADDED = re.compile(r", network_id(?: WITH =)?\)")


def link_to(model: str) -> ForeignKey:
    return ForeignKey(f"network.{model}", null=True, on_delete=PROTECT)


def spread_tables() -> None:
    """Do what `tragnetz network spread` prints, as the owner and as it says: each statement by itself."""
    with psycopg.connect(owner_conninfo(), autocommit=True) as owner:
        for statement in spreading(owner.cursor()):
            owner.execute(statement)


def state() -> tuple[list, list, dict]:
    with connection.cursor() as cursor:
        cursor.execute(KEYS)
        printed = {name: tuple(rest) for name, *rest in cursor.fetchall()}
        return keys_of(cursor), links_of(cursor), printed


@pytest.fixture
def spread(transactional_db):
    spread_tables()


def test_then_each_key_and_each_link_holds_the_network_and_nothing_else_has_changed(transactional_db):
    before, links, printed = state()
    assert (sum(map(holds_network, before)), len(before)) == (117, 355)

    spread_tables()

    after, links_after, printed_after = state()
    gone = printed.keys() - printed_after.keys()  # primary keys took them over
    taken = {name for name in gone if name.endswith("_with_network")}
    assert [key for key in after if not holds_network(key)] == []
    assert [link for link in links_after if not (holds_network(link) and link.is_proven)] == []
    assert (len(after), len(links_after), links_after) == (len(before) - len(gone), 331, links)
    assert len(gone) == len(taken) == 53
    changed = {name for name, told in printed_after.items() if told != printed[name]}
    assert len(changed) == 238
    for name in changed:
        first, second = printed[name][:2], printed_after[name][:2]
        assert tuple(ADDED.sub(")", text, count=1) for text in second) == first
        assert printed[name][2:] == printed_after[name][2:]


def test_whatever_else_a_key_has_it_keeps(transactional_db):
    with psycopg.connect(owner_conninfo(), autocommit=True) as owner:
        owner.execute(ODD)
    before, _links, printed = state()
    assert {key.name for key in before if not holds_network(key)} >= ODD_NAMES

    spread_tables()

    after, _links, printed_after = state()
    assert {key.name for key in after if holds_network(key)} >= ODD_NAMES
    for name in ODD_NAMES:
        assert printed_after[name] != printed[name]
        assert tuple(ADDED.sub(")", text, count=1) for text in printed_after[name][:2]) == printed[name][:2]
        assert printed_after[name][2:] == printed[name][2:]
    assert printed_after["odd_replica"][2:] == (True, True)


def test_what_was_broken_off_is_gone_on_with_and_then_nothing_is_left(transactional_db, capsys):
    with psycopg.connect(owner_conninfo(), autocommit=True) as owner:
        statements = spreading(owner.cursor())
        for statement in statements[: len(statements) // 2]:
            owner.execute(statement)

    assert main(["network", "spread"]) == 0
    rest = [line for line in capsys.readouterr().out.splitlines() if not line.startswith("--")]
    with psycopg.connect(owner_conninfo(), autocommit=True) as owner:
        for line in rest:
            owner.execute(line)

    assert len(statements) // 2 - 2 <= len(rest) <= len(statements) // 2 + 4
    assert main(["network", "spread"]) == 0
    assert capsys.readouterr().out == "-- Every unique key holds the network already.\n"
    assert [key for key in state()[0] if not holds_network(key)] == []


def test_a_link_without_the_network_is_told_instead(transactional_db, capsys):
    with psycopg.connect(owner_conninfo(), autocommit=True) as owner:
        owner.execute(LOOSE)

    assert main(["network", "spread"]) == 1

    told = capsys.readouterr()
    assert told.out == ""
    assert "network_locality.loose" in told.err


def test_what_was_refused_within_a_network_is_refused(spread, network):
    make_family(network)
    line, district = Hotline.objects.first(), District.objects.first()
    line.districts.add(district)
    with psycopg.connect(owner_conninfo()) as owner:
        owner.execute("SET tragnetz.every_network = 'on'")
        for again in AGAIN.split(";"):
            with pytest.raises(errors.UniqueViolation), owner.transaction():
                owner.execute(again)
        with pytest.raises(errors.ExclusionViolation, match="booking_does_not_overlap"), owner.transaction():
            owner.execute(OVERLAP)


def test_an_id_may_then_stand_in_two_networks_and_each_sees_its_own(spread, network):
    """The one thing that is let in besides: ids are random, but a file from elsewhere may bring some along."""
    other = make_network(key="elsewhere")
    mine = District.objects.first()
    with scope(other):
        District(pk=mine.pk, network=other, key="again", name="Anderswo", position=9).save(force_insert=True)
        assert District.objects.get(pk=mine.pk).name == "Anderswo"
    mine.refresh_from_db()
    assert (mine.network, mine.name != "Anderswo") == (network, True)


def test_a_household_comes_is_counselled_and_merged_and_deleted_when_it_is_due(spread, network, settings, tmp_path):
    settings.TRAGNETZ_VAR = tmp_path
    team = make_team(network)
    family = make_family(network, team, own_part=False)
    merged_with(family, "Rosa Geheimrat", "0171 5554443")
    close_case(actor=family.counsellor, case=family.case, reason="done", result="better", after_care=False, today=TODAY)

    proposed = propose(actor=team["lead"], key="case", ids=[family.case.pk], now=DUE)
    done = confirm(actor=team["dpo"], deletion_id=proposed.pk, now=DUE)

    assert done.counts["case"] >= 1
    assert left_of([*SECRETS, "1715554443"]) == []
    assert not Case.objects.exists()


def test_migrate_leaves_spread_tables_as_they_are(spread):
    before = state()

    call_command("migrate", verbosity=0)

    assert state() == before


def test_a_later_version_may_add_tables_and_links(spread):
    """As a migration does it: what it leaves to be done is what it leaves in every database."""
    operations = [
        CreateModel("Later", [("id", UUIDField(primary_key=True)), ("network", link_to("Network"))]),
        AddField("Later", "district", link_to("District")),
        AddField("District", "later", link_to("Later")),
    ]
    before = ProjectState.from_apps(apps)
    with as_owner("migrate"):
        with connection.schema_editor() as editor:
            for operation in operations:
                after = before.clone()
                operation.state_forwards("network", after)
                operation.database_forwards("network", editor, before, after)
                before = after
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
                " WHERE contype = 'f' AND 'network_later'::regclass IN (conrelid, confrelid) ORDER BY 1"
            )
            found = [text.partition(" DEFERRABLE")[0] for (text,) in cursor.fetchall()]
    assert found == [
        "FOREIGN KEY (district_id, network_id) REFERENCES network_district(id, network_id)",
        "FOREIGN KEY (later_id) REFERENCES network_later(id)",  # not spread yet, and tied by `migrate` as always
        "FOREIGN KEY (network_id) REFERENCES network_network(id)",
    ]


@pytest.mark.long
def test_every_page_answers(committed_herne):
    """All of them, by the first of the staff that may open it; what they write before is everything that there is."""
    spread_tables()
    with transaction.atomic(), scope(committed_herne), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS directory_edition IMMEDIATE")
        records = make_records(committed_herne)
        clients = {persona: client_of(persona) for persona in PERSONAS}
        answers = Counter()
        for name, (method, path, statuses) in WORK.items():
            if method == "get" and 200 in statuses:
                answer = clients[PERSONAS[statuses.index(200)]].get(f"/de/{path.format(**records)}")
                answers[answer.status_code] += 1
                assert (name, answer.status_code) == (name, 200)
        public = {name: answer.status_code for name, answer in visit("de").items()}
        transaction.set_rollback(True)

    assert answers[200] > 100
    assert public == {name: status for name, (_method, _path, status) in MATRIX.items()}


def test_as_django_groups_it_would_not_work(spread, network, monkeypatch):
    """The negative control: by the primary key's one column PostgreSQL does not know the others any more."""
    counted = Organisation.objects.annotate(number=Count("memberships"))
    assert len(counted.all()) == 2
    monkeypatch.setattr(SQLCompiler, "collapse_group_by", Djangos.collapse_group_by)
    with pytest.raises(ProgrammingError, match="must appear in the GROUP BY clause"), transaction.atomic():
        len(counted.all())
