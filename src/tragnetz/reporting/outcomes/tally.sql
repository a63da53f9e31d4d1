-- What came of cases, counted: group, key, number. `{cases}` are the cases that are asked for (id, grp,
-- opened_on, closed_on); `since` and `until` the first and the last day, `now` this instant in the city's `zone`.
WITH cases AS MATERIALIZED ({cases}),
-- First and last level of a domain, of the household or of one adult (the part of the case), by either side.
pairs AS MATERIALIZED (
  SELECT cases.grp, cases.id AS case_id, line.compartment_id, seen.side, line.domain,
    (array_agg(seen.level ORDER BY rating.rated_on, rating.id))[1] AS before,
    (array_agg(seen.level ORDER BY rating.rated_on DESC, rating.id DESC))[1] AS after,
    min(rating.rated_on) < max(rating.rated_on) AS is_two
  FROM cases
  JOIN casework_rating rating ON rating.case_id = cases.id
    AND rating.rated_on BETWEEN cases.opened_on AND %(until)s
  JOIN casework_ratingline line ON line.rating_id = rating.id
  CROSS JOIN LATERAL (VALUES ('ours', line.level), ('own', line.own_level)) AS seen (side, level)
  WHERE seen.level IS NOT NULL
  GROUP BY cases.grp, cases.id, line.compartment_id, seen.side, line.domain
  HAVING max(rating.rated_on) >= %(since)s
),
-- All domains of a household or adult together: in how many it is better, minus in how many it is worse.
moved AS (
  SELECT grp, case_id, compartment_id, side, sum(sign(after - before)) AS way FROM pairs WHERE is_two
  GROUP BY grp, case_id, compartment_id, side
),
-- A claim that was planned in the period: its last decision, else how it stands.
claims AS (
  SELECT cases.grp, claim.benefit, claim.renews_id IS NOT NULL AS is_renewal, claim.state,
    (array_agg(move.state ORDER BY move.recorded_at DESC, move.id DESC)
      FILTER (WHERE move.state IN ('granted', 'refused')))[1] AS decision,
    coalesce(bool_or(move.state IN ('sent', 'asked_back', 'granted', 'refused', 'objection')), false) AS was_sent
  FROM cases
  JOIN casework_claim claim ON claim.case_id = cases.id
    AND (claim.created_at AT TIME ZONE %(zone)s)::date BETWEEN greatest(%(since)s, cases.opened_on) AND %(until)s
  LEFT JOIN casework_claimmove move ON move.claim_id = claim.id AND move.undone_at IS NULL
  GROUP BY cases.grp, claim.id, claim.network_id  -- together the key, if tables are spread by network
),
sent AS (
  SELECT cases.grp, referral.state, referral.outcome, referral.told, referral.refusal, referral.basis,
    referral.requested_at, referral.answered_at, referral.ended_at, referral.came_at IS NOT NULL OR referral.state = 'completed' AS came,
    -- somebody who gave up asking is no answer
    referral.answered_at IS NOT NULL AND NOT (referral.answered_at IS NOT DISTINCT FROM referral.ended_at
      AND (referral.state = 'cancelled' OR referral.outcome = 'no_answer')) AS answered
  FROM cases
  JOIN referrals_referral referral ON referral.case_id = cases.id
    AND (referral.requested_at AT TIME ZONE %(zone)s)::date BETWEEN greatest(%(since)s, cases.opened_on) AND %(until)s
),
begun AS (
  SELECT cases.grp, placement.kind, placement.starts_on, placement.kept_3, placement.kept_6 FROM cases
  JOIN casework_coaching coaching ON coaching.case_id = cases.id
  JOIN casework_placement placement ON placement.coaching_id = coaching.id
    AND placement.starts_on BETWEEN greatest(%(since)s, cases.opened_on) AND %(until)s
),
met AS (
  SELECT cases.grp, contact.kind, contact.minutes FROM cases
  JOIN casework_casecontact contact ON contact.case_id = cases.id
    AND contact.held_on BETWEEN greatest(%(since)s, cases.opened_on) AND %(until)s
),
ended AS (
  SELECT cases.grp, closing.case_id, closing.reason, closing.result FROM cases
  JOIN casework_closing closing ON closing.case_id = cases.id AND closing.reopened_on IS NULL
    AND closing.closed_on BETWEEN greatest(%(since)s, cases.opened_on) AND %(until)s
)
-- cases that ran at some time of the period
SELECT grp, 'case' AS key, count(*) FROM cases
WHERE opened_on <= %(until)s AND (closed_on IS NULL OR closed_on >= %(since)s) GROUP BY grp
UNION ALL
SELECT grp, concat_ws('|', 'pair', side, domain, before, after), count(*) FROM pairs WHERE is_two GROUP BY 1, 2
UNION ALL
SELECT grp, concat_ws('|', 'single', side, domain), count(*) FROM pairs WHERE NOT is_two GROUP BY 1, 2
UNION ALL
-- of the cases that ran, those with one look by the counselling, and with two
SELECT grp, concat_ws('|', 'rated', is_two), count(*) FROM (
  SELECT pairs.grp, bool_or(pairs.is_two) AS is_two FROM pairs
  JOIN cases ON cases.id = pairs.case_id AND (cases.closed_on IS NULL OR cases.closed_on >= %(since)s)
  WHERE pairs.side = 'ours' GROUP BY pairs.grp, pairs.case_id
) AS rated GROUP BY 1, 2
UNION ALL
SELECT grp, concat_ws('|', 'moved', side, sign(way)::int), count(*) FROM moved GROUP BY 1, 2
UNION ALL
-- goals that ended in the period, with how far they were when one last looked
SELECT cases.grp, concat_ws('|', 'goal', coalesce(nullif(goal.domain, ''), 'none'), goal.state), count(*) FROM cases
JOIN casework_goal goal ON goal.case_id = cases.id
  AND goal.ended_on BETWEEN greatest(%(since)s, cases.opened_on) AND %(until)s GROUP BY 1, 2
UNION ALL
SELECT grp, concat_ws('|', 'attainment', attainment), count(*) FROM (
  SELECT DISTINCT ON (goal.id) cases.grp, review.attainment FROM cases
  JOIN casework_goal goal ON goal.case_id = cases.id
    AND goal.ended_on BETWEEN greatest(%(since)s, cases.opened_on) AND %(until)s
  JOIN casework_goalreview review ON review.goal_id = goal.id
  ORDER BY goal.id, review.held_on DESC, review.id DESC
) AS latest GROUP BY 1, 2
UNION ALL
SELECT grp, concat_ws('|', 'claim', is_renewal, benefit, was_sent, CASE
    WHEN decision = 'granted' THEN 'granted'
    WHEN state = 'objection' THEN 'objection'
    WHEN decision = 'refused' THEN 'refused'
    WHEN state = 'withdrawn' THEN 'withdrawn'
    ELSE 'open' END), count(*) FROM claims GROUP BY 1, 2
UNION ALL
SELECT grp, concat_ws('|', 'referral', state,
    state IN ('accepted', 'in_progress', 'on_hold', 'completed') OR came
      OR (state IN ('failed', 'cancelled') AND answered AND answered_at < ended_at),
    came, coalesce(nullif(outcome, ''), 'none'), coalesce(nullif(told, ''), 'none')), count(*) FROM sent GROUP BY 1, 2
UNION ALL
SELECT grp, concat_ws('|', 'refusal', refusal), count(*) FROM sent WHERE state = 'rejected' GROUP BY 1, 2
UNION ALL
-- a sheet that the person hands over is answered by nobody
SELECT grp, concat_ws('|', 'reply',
    greatest((coalesce(answered_at, %(now)s) AT TIME ZONE %(zone)s)::date
      - (requested_at AT TIME ZONE %(zone)s)::date, 0), answered), count(*)
FROM sent WHERE basis <> 'carried' GROUP BY 1, 2
UNION ALL
SELECT cases.grp, concat_ws('|', 'application', application.state,
    application.state IN ('interview', 'offer', 'placed')
      OR EXISTS (SELECT FROM casework_interview talk WHERE talk.application_id = application.id)), count(*)
FROM cases
JOIN casework_coaching coaching ON coaching.case_id = cases.id
JOIN casework_application application ON application.coaching_id = coaching.id
  AND application.sent_on BETWEEN greatest(%(since)s, cases.opened_on) AND %(until)s GROUP BY 1, 2
UNION ALL
SELECT cases.grp, concat_ws('|', 'coached', EXISTS (
    SELECT FROM casework_placement placement WHERE placement.coaching_id = coaching.id)), count(*)
FROM cases
JOIN casework_coaching coaching ON coaching.case_id = cases.id
  AND coaching.started_on BETWEEN greatest(%(since)s, cases.opened_on) AND %(until)s GROUP BY 1, 2
UNION ALL
SELECT grp, concat_ws('|', 'placement', kind), count(*) FROM begun GROUP BY 1, 2
UNION ALL
-- whether it lasted: once so many months are over
SELECT grp, concat_ws('|', 'kept', months, coalesce(nullif(kept, ''), 'none')), count(*) FROM (
  SELECT grp, 3 AS months, kept_3 AS kept FROM begun WHERE starts_on + interval '3 months' <= %(today)s
  UNION ALL SELECT grp, 6, kept_6 FROM begun WHERE starts_on + interval '6 months' <= %(today)s
) AS lasted GROUP BY 1, 2
UNION ALL
SELECT grp, concat_ws('|', 'exit', reason, result), count(*) FROM ended GROUP BY 1, 2
UNION ALL
SELECT cases.grp, concat_ws('|', 'aftercare', task.kind, task.done_on IS NOT NULL), count(*) FROM cases
JOIN casework_task task ON task.case_id = cases.id AND task.kind IN ('after_3', 'after_6')
  AND task.due_on BETWEEN greatest(%(since)s, cases.opened_on) AND %(until)s GROUP BY 1, 2
UNION ALL
-- what people answered then, to tick
SELECT cases.grp, concat_ws('|', 'aftersaid', task.kind, task.answer), count(*) FROM cases
JOIN casework_task task ON task.case_id = cases.id AND task.answer <> ''
  AND task.due_on BETWEEN greatest(%(since)s, cases.opened_on) AND %(until)s GROUP BY 1, 2
UNION ALL
SELECT grp, concat_ws('|', 'contact', kind), count(*) FROM met GROUP BY 1, 2
UNION ALL
SELECT grp, concat_ws('|', 'minutes', kind), sum(minutes) FROM met GROUP BY 1, 2
UNION ALL
-- talks in the whole course of cases that ended in the period
SELECT grp, concat_ws('|', 'talks', number), count(*) FROM (
  SELECT ended.grp, count(contact.id) AS number FROM ended
  JOIN cases ON cases.id = ended.case_id
  LEFT JOIN casework_casecontact contact ON contact.case_id = ended.case_id AND contact.kind <> 'alone'
    AND contact.held_on >= cases.opened_on
  GROUP BY ended.grp, ended.case_id
) AS talked GROUP BY 1, 2
