"""What each participation of a project was on a day: a query whose rows are counted, fixed and compared."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from tragnetz.network.models import Programme
from tragnetz.reporting.enums import Moment
from tragnetz.reporting.lines.line import NO_ANSWER, Condition, Indicator, Line
from tragnetz.reporting.participation.programmes import indicators_of, line_of, terms_of
from tragnetz.reporting.snapshots.models import Snapshot

COLUMNS = (
    "pseudonym", "family", "organisation", "district", "topic", "gender", "children", "entered_on", "left_on",
    "leaving", "is_countable", "codes", "bases", "answers", "exit_on", "later_on", "contacts", "minutes",
)  # fmt: skip
_TABLES = {Moment.ENTRY: "entry", Moment.EXIT: "outcome", Moment.SIX_MONTHS: "later"}

# `family`: the time in which a household was in the project; its talks are counted once, whoever of it takes part.
_LIVE = """
WITH span AS (
    SELECT family, case_id, min(entered_on) AS since, max(LEAST(COALESCE(left_on, %(last)s), %(last)s)) AS until
    FROM reporting_participation
    WHERE network_id = %(network)s AND programme_id = %(programme)s AND entered_on <= %(last)s AND case_id IS NOT NULL
    GROUP BY family, case_id
), talk AS (
    SELECT span.family, count(*) AS contacts, sum(contact.minutes) AS minutes
    FROM span JOIN casework_casecontact contact ON contact.case_id = span.case_id AND contact.kind <> 'alone'
        AND contact.held_on BETWEEN GREATEST(span.since, %(first)s) AND span.until
    GROUP BY span.family
)
SELECT p.pseudonym, p.family, organisation.key AS organisation, COALESCE(district.key, '') AS district, p.topic,
    p.gender, p.children, p.entered_on, CASE WHEN p.left_on <= %(last)s THEN p.left_on END AS left_on,
    CASE WHEN p.left_on <= %(last)s THEN p.leaving ELSE '' END AS leaving, p.is_countable,
    -- Results that were told later are taken out; where there can be none, the codes stand as they are.
    CASE WHEN p.left_on IS NULL OR outcome.id IS NOT NULL AND later.id IS NOT NULL THEN p.codes::text[] ELSE ARRAY(
        SELECT code FROM unnest(p.codes) WITH ORDINALITY AS one (code, place)
        WHERE code = ANY(%(outputs)s) OR code = ANY(%(immediate)s) AND outcome.id IS NOT NULL
            OR code = ANY(%(longer)s) AND later.id IS NOT NULL
        ORDER BY place
    )::text[] END AS codes,
    CASE WHEN p.is_countable AND p.left_on <= %(last)s THEN {bases} ELSE ARRAY[]::text[] END AS bases,
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
LEFT JOIN talk ON talk.family = p.family
WHERE p.network_id = %(network)s AND p.programme_id = %(programme)s AND p.entered_on <= %(last)s
"""
_FIXED = "SELECT {columns} FROM reporting_snapshotrow WHERE network_id = %(network)s AND snapshot_id = %(snapshot)s"


@dataclass(frozen=True, slots=True)
class Rows:
    """Where the rows come from: a query and its values, with the project and period they are of."""

    programme: Programme
    first: date
    last: date
    sql: str
    values: Mapping[str, Any]

    @property
    def line(self) -> Line:
        """The funding line that says what is counted."""
        return line_of(self.programme)

    @property
    def indicators(self) -> list[Indicator]:
        """What is counted."""
        return indicators_of(self.line, terms_of(self.programme))

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
    for indicator in line_of(programme).indicators:
        kinds[indicator.kind].append(indicator.code)
    values: dict[str, Any] = {
        "network": programme.network_id, "programme": programme.pk, "first": first, "last": last,
        "outputs": kinds["output"], "immediate": kinds["immediate"], "longer": kinds["longer"],
    }  # fmt: skip
    results = [one for one in line_of(programme).indicators if one.kind != "output"]
    bases = _bases(results, values)
    return Rows(programme, first, last, _LIVE.format(bases=bases), values)


def fixed(snapshot: Snapshot) -> Rows:
    """Return the rows of a snapshot."""
    arrays = {"codes": "codes::text[] AS codes", "bases": "bases::text[] AS bases"}  # so that both sides compare
    sql = _FIXED.format(columns=", ".join(arrays.get(name, name) for name in COLUMNS))
    values = {"network": snapshot.network_id, "snapshot": snapshot.pk}
    return Rows(snapshot.programme, snapshot.first, snapshot.last, sql, values)


def _bases(results: list[Indicator], values: dict[str, Any]) -> str:
    """Return SQL for the array of results that could be reached; the values of its conditions are added."""
    parts = []
    for number, indicator in enumerate(results):
        code = f"code_{number}"
        values[code] = indicator.code
        holds = [
            _condition(condition, f"{code}_{place}", values) for place, condition in enumerate(indicator.base)
        ] or ["TRUE"]
        parts.append(f"CASE WHEN {' AND '.join(holds)} THEN %({code})s END")
    return f"array_remove(ARRAY[{', '.join(parts)}]::text[], NULL)" if parts else "ARRAY[]::text[]"


def _condition(condition: Condition, name: str, values: dict[str, Any]) -> str:
    """Return SQL for `Condition.holds`."""
    table = _TABLES[Moment(condition.at)]
    values[f"{name}_key"] = condition.question
    answer = f"({table}.answers ->> %({name}_key)s)"
    if condition.values:
        values[name] = list(condition.values)
        return f"({answer} = ANY(%({name})s) AND {answer} <> '{NO_ANSWER}')"
    limits = [f"{answer}::int {sign} %({name}_{word})s" for sign, word in ((">=", "least"), ("<=", "most"))
              if getattr(condition, word) is not None]  # fmt: skip
    for word in ("least", "most"):
        values[f"{name}_{word}"] = getattr(condition, word)
    is_number = f"jsonb_typeof({table}.answers -> %({name}_key)s) = 'number'"
    return f"CASE WHEN {is_number} THEN {' AND '.join(limits)} ELSE FALSE END"
