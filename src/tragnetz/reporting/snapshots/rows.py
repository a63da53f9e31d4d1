"""What each participation of a project was on a day: a query whose rows are counted, fixed and compared."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from tragnetz.network.models import Programme
from tragnetz.reporting.lines.line import Indicator, Line
from tragnetz.reporting.snapshots.frames import Counting, counting_in, counting_of
from tragnetz.reporting.snapshots.models import Snapshot

COLUMNS = (
    "pseudonym", "family", "organisation", "district", "topic", "gender", "children", "entered_on", "left_on",
    "leaving", "is_countable", "codes", "bases", "answers", "exit_on", "later_on", "contacts", "minutes",
)  # fmt: skip

_ALL = "p.network_id = %(network)s AND p.programme_id = %(programme)s AND p.entered_on <= %(last)s"
# Whoever entered out of the time of the project counts for nothing, until their day is put right (as in `reach`).
_MINE = f"{_ALL} AND p.entered_on BETWEEN %(starts)s AND %(ends)s"
_OUTSIDE = f"SELECT count(*) FROM reporting_participation p WHERE {_ALL} AND NOT ({_MINE})"  # noqa: S608 -- our own text, here and below
# `span`: the time in which a household was in the project; its talks are counted once, whoever of it takes part.
_TALKS = f"""
FROM (
    SELECT {{by}}, min(p.entered_on) AS since, max(LEAST(COALESCE(p.left_on, %(last)s), %(last)s)) AS until
    FROM reporting_participation p WHERE {_MINE} AND p.case_id IS NOT NULL GROUP BY {{by}}
) AS span JOIN casework_casecontact contact ON contact.case_id = span.case_id AND contact.kind <> 'alone'
    AND contact.held_on BETWEEN GREATEST(span.since, %(first)s) AND span.until
"""  # noqa: S608
_OF_FAMILIES = _TALKS.format(by="p.family, p.case_id")
# A case is of one household, and so of one family. By its key alone the database knows each span to be the only one
# and looks talks up in the spans; else it would hash 600,000 talks.
_ALL_TALKS = f"SELECT count(*) AS contacts, sum(contact.minutes) AS minutes {_TALKS.format(by='p.case_id')}"
# What a participation was on the last day, and when its results were told up to then.
_KNOWN = """
    p.gender, p.children, p.entered_on, CASE WHEN p.left_on <= %(last)s THEN p.left_on END AS left_on,
    CASE WHEN p.left_on <= %(last)s THEN p.leaving ELSE '' END AS leaving, p.is_countable
"""
_LIVE = f"""
SELECT p.pseudonym, p.family, organisation.key AS organisation, COALESCE(district.key, '') AS district, p.topic,
    {_KNOWN},
    -- Results that were told later are taken out; where there can be none, the codes stand as they are.
    CASE WHEN p.left_on IS NULL OR outcome.id IS NOT NULL AND later.id IS NOT NULL THEN p.codes::text[] ELSE ARRAY(
        SELECT code FROM unnest(p.codes) WITH ORDINALITY AS one (code, place)
        WHERE code = ANY(%(outputs)s) OR code = ANY(%(immediate)s) AND outcome.id IS NOT NULL
            OR code = ANY(%(longer)s) AND later.id IS NOT NULL
        ORDER BY place
    )::text[] END AS codes,
    CASE WHEN p.left_on <= %(last)s THEN p.bases::text[] ELSE ARRAY[]::text[] END AS bases,
    jsonb_strip_nulls(jsonb_build_object(
        'entry', entry.answers, 'exit', outcome.answers, 'six_months', later.answers
    )) AS answers,
    outcome.answered_on AS exit_on, later.answered_on AS later_on,
    COALESCE(talk.contacts, 0) AS contacts, COALESCE(talk.minutes, 0) AS minutes
FROM reporting_participation p
LEFT JOIN network_organisation organisation ON organisation.id = p.organisation_id
LEFT JOIN network_district district ON district.id = p.district_id
LEFT JOIN reporting_answers entry ON entry.participation_id = p.id AND entry.moment = 'entry'
LEFT JOIN reporting_answers outcome ON outcome.participation_id = p.id AND outcome.moment = 'exit'
    AND p.left_on <= %(last)s AND outcome.answered_on <= %(last)s
LEFT JOIN reporting_answers later ON later.participation_id = p.id AND later.moment = 'six_months'
    AND p.left_on <= %(last)s AND later.answered_on <= %(last)s
LEFT JOIN (
    SELECT span.family, count(*) AS contacts, sum(contact.minutes) AS minutes {_OF_FAMILIES} GROUP BY span.family
) AS talk ON talk.family = p.family
WHERE {_MINE}
"""  # noqa: S608
# The same without what is only read and never counted; results that were told later still stand in the codes.
_COUNTED = f"""
SELECT p.family, {_KNOWN}, p.codes, p.bases, told.exit_on, told.later_on
FROM reporting_participation p
LEFT JOIN (
    SELECT participation_id, max(answered_on) FILTER (WHERE moment = 'exit') AS exit_on,
        max(answered_on) FILTER (WHERE moment = 'six_months') AS later_on
    FROM reporting_answers WHERE moment <> 'entry' AND answered_on <= %(last)s GROUP BY participation_id
) AS told ON told.participation_id = p.id AND p.left_on <= %(last)s
WHERE {_MINE}
"""  # noqa: S608
_SNAPSHOT = "FROM reporting_snapshotrow WHERE network_id = %(network)s AND snapshot_id = %(snapshot)s"
_FIXED_TALKS = f"""
SELECT sum(contacts) AS contacts, sum(minutes) AS minutes FROM (
    SELECT max(contacts) AS contacts, max(minutes) AS minutes {_SNAPSHOT} GROUP BY family
) AS family
"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Rows:
    """Where the rows come from: a query and its values, with the project and period they are of.

    `counted`: a query for the columns that are counted, quicker than all; in its codes there may be results that were
    told later than `exit_on` and `later_on` say. `talks`: a query for the sums of all talks, each of which is in the
    rows of all who take part of a household. `outside`: a query for how many entered out of the time of the project;
    they are in none of the others.
    """

    programme: Programme
    first: date
    last: date
    sql: str
    counted: str
    talks: str
    outside: str
    values: Mapping[str, Any]
    counting: Counting

    @property
    def line(self) -> Line:
        """The funding line that says what is counted."""
        return self.counting.line

    @property
    def indicators(self) -> Sequence[Indicator]:
        """What is counted."""
        return self.counting.indicators

    def read(self) -> Iterator[tuple[Any, ...]]:
        """Yield the rows, by pseudonym; columns as in COLUMNS."""
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(COLUMNS)} FROM ({self.sql}) AS one ORDER BY pseudonym", self.values)  # noqa: S608 -- our own text
            found = cursor.fetchall()
        place = COLUMNS.index("answers")
        for row in found:  # a plain cursor gives JSON as text
            yield (*row[:place], json.loads(row[place]), *row[place + 1 :])


def live(programme: Programme, first: date, last: date) -> Rows:
    """Return the participations of a project as they are known now, at the end of a period."""
    kinds: dict[str, list[str]] = {"output": [], "immediate": [], "longer": []}
    counting = counting_of(programme)
    for indicator in counting.line.indicators:
        kinds[indicator.kind].append(indicator.code)
    values: dict[str, Any] = {
        "network": programme.network_id, "programme": programme.pk, "first": first, "last": last,
        "starts": programme.starts, "ends": programme.ends,
        "outputs": kinds["output"], "immediate": kinds["immediate"], "longer": kinds["longer"],
    }  # fmt: skip
    return Rows(programme, first, last, _LIVE, _COUNTED, _ALL_TALKS, _OUTSIDE, values, counting)


def fixed(snapshot: Snapshot) -> Rows:
    """Return the rows of a snapshot."""
    arrays = {"codes": "codes::text[] AS codes", "bases": "bases::text[] AS bases"}  # so that both sides compare
    sql = f"SELECT {', '.join(arrays.get(name, name) for name in COLUMNS)} {_SNAPSHOT}"
    values = {"network": snapshot.network_id, "snapshot": snapshot.pk}
    return Rows(
        snapshot.programme, snapshot.first, snapshot.last, sql, sql, _FIXED_TALKS, "SELECT 0", values,
        counting_in(snapshot),
    )  # fmt: skip
