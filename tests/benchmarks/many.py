"""A large city for measures of figures: 100,000 cases with talks, looks, goals, claims and participations, all in SQL.

Each row is a copy of one of the demo with what makes it another; the caller takes them out again.
"""

from django.db import connection, models
from django.db.backends.utils import CursorWrapper

from tests.owner import as_owner
from tragnetz.casework.claims.models import Claim, ClaimMove
from tragnetz.casework.models import Case, CaseContact, Compartment, Enquiry, Goal, Rating, RatingLine
from tragnetz.clients.models import Household, Person
from tragnetz.core.clock import today
from tragnetz.network.models import Network
from tragnetz.reporting.models import Answers, Participation

MANY, TALKS = 100_000, 6
FIRST = ("Ayşe", "Brigitte", "Cem", "Daria", "Emre", "Fatma", "Georg", "Halyna", "Ivana", "Jürgen", "Karin")
LAST = ("Alt", "Berg", "Dorn", "Eich", "Feld", "Grün", "Holt", "Kamp", "Linden", "Mühl", "Neu", "Ober", "Reich")
ENDS = ("", "mann", "hoff", "bauer", "stein", "horst", "brink", "meier", "hausen", "kamp", "rath", "holz")
_NEW = "gen_random_uuid()"
_KEY = "gen_random_uuid()::text"

# One line of each household: who works with it, where, for what, since when, in which project.
_PLAN = """
CREATE TEMP TABLE many ON COMMIT DROP AS
SELECT number, gen_random_uuid() AS household, gen_random_uuid() AS person, gen_random_uuid() AS enquiry,
    gen_random_uuid() AS case_id, gen_random_uuid() AS part, gen_random_uuid() AS claim, gen_random_uuid() AS first_look,
    gen_random_uuid() AS second_look, gen_random_uuid() AS participation,
    member.id AS member, member.organisation_id AS organisation, place.district_id AS district, place.id AS locality,
    programme.id AS programme,
    (ARRAY['debt', 'work', 'family', 'housing', 'money', 'care'])[1 + number * 7 %% 6] AS topic,
    programme.starts + (number * 31 %% GREATEST(LEAST(programme.ends, %(day)s) - programme.starts - 200, 1)) AS since
FROM generate_series(1, %(many)s) AS number
JOIN (SELECT id, organisation_id, row_number() OVER (ORDER BY id) - 1 AS at, count(*) OVER () AS all_of
      FROM network_membership WHERE roles @> ARRAY['counsellor']::varchar[]) AS member ON member.at = number %% member.all_of
JOIN (SELECT id, district_id, row_number() OVER (ORDER BY id) - 1 AS at, count(*) OVER () AS all_of
      FROM network_locality) AS place ON place.at = number * 13 %% place.all_of
JOIN (SELECT id, starts, ends, row_number() OVER (ORDER BY id) - 1 AS at, count(*) OVER () AS all_of
      FROM network_programme WHERE line <> '' AND starts < %(day)s - 400) AS programme
    ON programme.at = number %% programme.all_of
"""
_TWICE = "many CROSS JOIN (VALUES (0), (1)) AS look (at)"
_DOMAINS = f"{_TWICE} CROSS JOIN (VALUES ('money'), ('work'), ('home'), ('papers')) AS domain (name)"
_TALKS = f"many CROSS JOIN generate_series(1, {TALKS}) AS talk"
_TOLD = """'{"gender": "w", "age": 38, "employment": "unemployed", "unemployed_months": 20, "in_training": "no",
"school": "haupt", "vocational": "none"}'::jsonb"""
_OWN = {"organisation": "many.organisation"}
_CASE = {"case": "many.case_id", "compartment": "many.part", "author": "many.member"}


def many(network: Network) -> None:
    """Make them. The demo must be there, as what is copied."""
    with as_owner() as cursor:
        cursor.execute(_PLAN, {"many": MANY, "day": today(network.zone)})
        cursor.execute("ALTER TABLE clients_person DISABLE TRIGGER ALL")  # these rows are made for their number only
        _copy(Household, "many", id="many.household", **_OWN)
        _seal_names(cursor)
        _copy(
            Person, "many JOIN many_names USING (number)", id="many.person", household="many.household",
            name="many_names.sealed", relation="'self'", birth_year="1985",
        )  # fmt: skip
        _copy(
            Enquiry, "many", id="many.enquiry", **_OWN, topic="many.topic", district="many.district", contact="NULL",
            locality="many.locality", language="(ARRAY['de', 'de', 'tr', 'ar'])[1 + number % 4]",
            channel="(ARRAY['phone', 'web', 'visit'])[1 + number % 3]", outcome="'information'", idempotency_key=_KEY,
            created_at="many.since + time '10:00'",
        )  # fmt: skip
        _copy(
            Case, "many", id="many.case_id", **_OWN, counsellor="many.member", household="many.household",
            topic="many.topic", opened_on="many.since", state="'closed'", closed_on="many.since + 150",
            enquiry="many.enquiry", programme="NULL", merged_into="NULL", restricted_on="NULL", level="'management'",
        )  # fmt: skip
        _copy(Compartment, "many", id="many.part", case="many.case_id", person="NULL", key="NULL")
        _copy(
            CaseContact, _TALKS, id=_NEW, **_CASE, kind="(ARRAY['office', 'phone', 'home'])[1 + talk % 3]", minutes="45",
            held_on="many.since + talk * 20", idempotency_key=_KEY, created_at="many.since + talk * 20",
        )  # fmt: skip
        _copy(
            Rating, _TWICE, id="CASE look.at WHEN 0 THEN many.first_look ELSE many.second_look END", **_CASE,
            rated_on="many.since + look.at * 120", occasion="'start'", idempotency_key=_KEY,
        )  # fmt: skip
        _copy(
            RatingLine, _DOMAINS, id=_NEW, rating="CASE look.at WHEN 0 THEN many.first_look ELSE many.second_look END",
            compartment="many.part", domain="domain.name", level="1 + (random() * 4)::int", own_level="1 + (random() * 4)::int",
        )  # fmt: skip
        _copy(
            Goal, "many", id=_NEW, **_CASE, domain="'money'", agreed_on="many.since", due_on="many.since + 90",
            review_on="NULL", state="'reached'", ended_on="many.since + 90",
        )  # fmt: skip
        _copy(
            Claim, "many", id="many.claim", **_CASE, state="'granted'", state_on="many.since + 40", created_at="many.since",
            benefit="(ARRAY['wohngeld', 'kinderzuschlag', 'kindergeld'])[1 + number % 3]", renews="NULL",
        )  # fmt: skip
        _copy(
            ClaimMove, "many", id=_NEW, **_CASE, claim="many.claim", state="'granted'", happened_on="many.since + 40",
            rhythm="'month'", amount="(50 + random() * 400)::numeric(9, 2)", from_on="many.since",
            until_on="many.since + 364", idempotency_key=_KEY, recorded_at="many.since + 40", undone_at="NULL",
        )  # fmt: skip
        _copy(
            Participation, "many", id="many.participation", **_OWN, programme="many.programme", case="many.case_id",
            household="many.household", person="many.person", author="many.member", pseudonym="'x' || number",
            family="many.household", district="many.district", topic="many.topic", gender="(ARRAY['w', 'm', 'd'])[1 + number % 3]",
            children="number % 4", entered_on="many.since + 5", left_on="CASE WHEN number % 3 > 0 THEN many.since + 150 END",
            leaving="CASE WHEN number % 3 > 0 THEN 'regular' ELSE '' END", is_countable="number % 13 > 0", request_key=_KEY,
            twin="''", sound="''",
        )  # fmt: skip
        _copy(
            Answers, "many", id=_NEW, participation="many.participation", moment="'entry'", answers=_TOLD,
            answered_on="many.since + 5", author="many.member",
        )  # fmt: skip
        _copy(
            Answers, "many WHERE number % 3 > 0", id=_NEW, participation="many.participation", moment="'exit'",
            answers="""'{"exit_employment": "yes"}'::jsonb""", answered_on="many.since + 160", author="many.member",
        )  # fmt: skip
        cursor.execute("ANALYZE")


def _seal_names(cursor: CursorWrapper) -> None:
    """Give each household a name, sealed as the person's: who opens the city and looks for names finds them."""
    field = Person._meta.get_field("name")
    cursor.execute("CREATE TEMP TABLE many_names (number integer, sealed bytea) ON COMMIT DROP")
    with cursor.copy("COPY many_names FROM STDIN") as rows:
        for number in range(1, MANY + 1):
            name = f"{FIRST[number % len(FIRST)]} {LAST[number * 7 % len(LAST)]}{ENDS[number * 13 % len(ENDS)]}"
            rows.write_row([number, field.get_prep_value(name)])


def _copy(model: type[models.Model], plan: str, **other: str) -> None:
    """Insert a copy of some row of a model for each line of the plan, other in some of its fields (SQL by name).

    It belongs to nothing but what is named.
    """
    table = model._meta.db_table
    fields = model._meta.concrete_fields
    unknown = set(other) - {field.name for field in fields}
    assert not unknown, unknown
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(
        other.get(field.name, "NULL" if field.null and field.is_relation else f'one."{field.column}"')
        for field in fields
    )
    source, _where, condition = plan.partition(" WHERE ")
    statement = (
        f"INSERT INTO {table} ({columns}) SELECT {values} FROM {source} "
        f"CROSS JOIN (SELECT * FROM {table} LIMIT 1) AS one {_where} {condition}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement)
