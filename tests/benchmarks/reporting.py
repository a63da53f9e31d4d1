"""The year report of a project with 100,000 participations and 600,000 talks, beside plain SQL."""

from datetime import date

from django.db import connection, transaction

from tests.benchmarks.measure import milliseconds, show
from tests.owner import as_owner
from tragnetz.casework.models import CaseContact
from tragnetz.core.spreadsheets import as_csv
from tragnetz.network.models import Network, Programme
from tragnetz.reporting.exports.tables import flat
from tragnetz.reporting.models import Participation
from tragnetz.reporting.snapshots.report import checks_of, report_of
from tragnetz.reporting.snapshots.rows import live

MANY, TALKS = 100_000, 6
FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)

# Copies of rows of the demo: each participation with its answers, its case and six talks.
_COPIES = """
CREATE TEMP TABLE many ON COMMIT DROP AS
    SELECT gen_random_uuid() AS id, gen_random_uuid() AS case_id, source.id AS source, number
    FROM generate_series(1, %(many)s) AS number
    JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS all
          FROM reporting_participation WHERE programme_id = %(programme)s) AS source
        ON source.place = number %% source.all;
INSERT INTO casework_case SELECT (jsonb_populate_record(
        NULL::casework_case, to_jsonb(one) || jsonb_build_object('id', many.case_id, 'enquiry_id', NULL))).*
    FROM many, (SELECT * FROM casework_case LIMIT 1) AS one;
INSERT INTO reporting_participation SELECT (jsonb_populate_record(p, jsonb_build_object(
        'id', many.id, 'case_id', many.case_id, 'person_id', NULL, 'household_id', NULL, 'family', many.case_id,
        'pseudonym', 'x' || many.number, 'request_key', many.id::text,
        'entered_on', '2025-01-01'::date + many.number %% 300,
        'left_on', CASE WHEN p.left_on IS NOT NULL THEN '2025-01-01'::date + many.number %% 300 + 30 END))).*
    FROM many JOIN reporting_participation p ON p.id = many.source;
INSERT INTO reporting_answers SELECT (jsonb_populate_record(a, jsonb_build_object(
        'id', gen_random_uuid(), 'participation_id', many.id))).*
    FROM many JOIN reporting_answers a ON a.participation_id = many.source;
INSERT INTO casework_casecontact (id, network_id, case_id, compartment_id, author_id, kind, held_on, minutes,
        participants, language, interpreting, idempotency_key, created_at)
    SELECT gen_random_uuid(), one.network_id, many.case_id, one.compartment_id, one.author_id, 'office',
        '2025-01-01'::date + many.number %% 300 + talk * 5, 45, one.participants, one.language, one.interpreting,
        gen_random_uuid(), now()
    FROM many, generate_series(1, %(talks)s) AS talk, (SELECT * FROM casework_casecontact LIMIT 1) AS one;
ANALYZE;
"""
_PLAIN = """
SELECT code, gender, count(*) FROM reporting_participation, unnest(codes) code
WHERE programme_id = %(programme)s AND is_countable AND entered_on BETWEEN %(first)s AND %(last)s GROUP BY 1, 2
"""
_TALKS = """
SELECT count(*), sum(minutes) FROM casework_casecontact JOIN reporting_participation p USING (case_id)
WHERE p.programme_id = %(programme)s AND held_on BETWEEN %(first)s AND %(last)s
"""


def reporting(network: Network) -> None:
    """Measure the report of a year: count, check, write."""
    programme = Programme.objects.get(key="filou")
    values = {"programme": programme.pk, "first": FIRST, "last": LAST, "many": MANY, "talks": TALKS}
    with transaction.atomic():
        with as_owner() as cursor:
            for statement in _COPIES.split(";\n")[:-1]:
                cursor.execute(statement, values)
        found = f"{Participation.objects.filter(programme=programme).count()} and {CaseContact.objects.count()}"
        print(f"participations and talks in {network.key}: {found}")

        def plain(_number: int) -> None:
            with connection.cursor() as cursor:
                for statement in (_PLAIN, _TALKS):
                    cursor.execute(statement, values)
                    cursor.fetchall()

        def report(_number: int) -> None:
            counted = report_of(live(programme, FIRST, LAST))
            assert len(checks_of(counted)) > 1
            assert len(as_csv(flat(counted))) > 1

        show("plain SQL: indicators by gender, and talks", milliseconds(plain, 10), "what it stands against")
        show("ESF year report with checks and CSV", milliseconds(report, 10), "p95 < 1000 ms")
        transaction.set_rollback(True)
