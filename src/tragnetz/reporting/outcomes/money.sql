-- What offices granted: group, of what it tells (0 a benefit and how often it comes, 1 a benefit, 3 all), benefit, rhythm,
-- cents, cents of the months that run on the last day, cases, cases with such a month. The rule is that of
-- `casework.claims.rules.money`: whole months from the first day of a grant, a later grant in the place of an earlier one.
WITH cases AS MATERIALIZED ({cases}),
grants AS MATERIALIZED (
  SELECT cases.grp, move.case_id, move.claim_id, move.id, move.recorded_at, move.rhythm, move.amount, move.from_on,
    move.until_on
  FROM cases
  JOIN casework_claimmove move ON move.case_id = cases.id AND move.state = 'granted' AND move.undone_at IS NULL
),
stops AS (
  SELECT DISTINCT ON (move.claim_id) move.claim_id, move.happened_on FROM cases
  JOIN casework_claimmove move ON move.case_id = cases.id AND move.state = 'lapsed' AND move.undone_at IS NULL
  ORDER BY move.claim_id, move.recorded_at DESC, move.id DESC
),
paid AS (
  SELECT grants.grp, grants.case_id, grants.claim_id, grants.id, grants.recorded_at, grants.rhythm, grants.amount,
    (grants.from_on + make_interval(months => number))::date AS day,
    grants.rhythm = 'month' AND (grants.from_on + make_interval(months => number + 1))::date > %(until)s AS is_now
  FROM grants
  CROSS JOIN LATERAL generate_series(
    CASE WHEN grants.rhythm = 'once' THEN 0 ELSE greatest(
      (extract(year FROM age(%(since)s, grants.from_on)) * 12 + extract(month FROM age(%(since)s, grants.from_on)))::int
        - 1, 0) END,
    CASE WHEN grants.rhythm = 'once' THEN 0 ELSE
      (extract(year FROM age(%(until)s, grants.from_on)) * 12 + extract(month FROM age(%(until)s, grants.from_on)))::int
        + 1 END
  ) AS number
  WHERE grants.amount IS NOT NULL AND grants.rhythm <> ''
    AND (grants.from_on + make_interval(months => number))::date BETWEEN %(since)s AND %(until)s
    AND (grants.rhythm = 'once' OR grants.until_on IS NULL
      OR (grants.from_on + make_interval(months => number + 1))::date - 1 <= grants.until_on)
)
SELECT paid.grp, GROUPING(claim.benefit, paid.rhythm), claim.benefit, paid.rhythm,
  (sum(paid.amount) * 100)::bigint, coalesce(sum(paid.amount) FILTER (WHERE paid.is_now) * 100, 0)::bigint,
  count(DISTINCT paid.case_id), count(DISTINCT paid.case_id) FILTER (WHERE paid.is_now)
FROM paid
JOIN casework_claim claim ON claim.id = paid.claim_id
LEFT JOIN stops ON stops.claim_id = paid.claim_id
WHERE (stops.happened_on IS NULL OR paid.day <= stops.happened_on)
  AND NOT EXISTS (
    SELECT FROM grants later
    WHERE later.claim_id = paid.claim_id AND (later.recorded_at, later.id) > (paid.recorded_at, paid.id)
      AND CASE WHEN paid.rhythm = 'once' THEN later.rhythm = 'once' AND later.from_on = paid.day
        ELSE later.rhythm <> 'once' AND later.from_on <= paid.day
          AND (later.until_on IS NULL OR paid.day <= later.until_on) END
  )
GROUP BY paid.grp, GROUPING SETS ((claim.benefit, paid.rhythm), (claim.benefit), ())
