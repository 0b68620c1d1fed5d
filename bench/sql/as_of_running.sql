-- As-of values by window function; year-to-date sums are running sums in each Ladestand. The fastest of the three.
-- lens: the fifteen Ladestände of each year. valid: each value with the Ladestände in which it is the newest. ytd: levels without their divisors,
-- flows from January, stocks of quotas from December to the month before.
lens(year, state) AS MATERIALIZED (
  SELECT :year - 1, (:year - 1) * 12 UNION ALL
  SELECT year + (state = year * 12 + 14), state + iif(state = year * 12 + 14, -2, 1) FROM lens WHERE NOT (year = :year AND state = year * 12 + 14)),
valid AS (
  SELECT traeger, name, month, value, ladestand AS since,
         lead(ladestand, 1, 1 << 40) OVER (PARTITION BY series, month, traeger ORDER BY ladestand) AS until
  FROM wanted CROSS JOIN facts USING (series)
  WHERE month BETWEEN (:year - 1) * 12 - 1 AND :year * 12 + 11),
running AS (
  SELECT traeger, name, year, state, month, value,
         sum(value) OVER sofar AS total, count(value) OVER sofar AS there, first_value(value) OVER sofar AS december,
         max(since = state) OVER sofar AS kept
  FROM (SELECT *, :year - 1 AS year FROM valid WHERE month <= :year * 12 - 1
        UNION ALL SELECT *, :year FROM valid WHERE month >= :year * 12 - 1)
  JOIN lens USING (year)
  WHERE since <= state AND until > state
  WINDOW sofar AS (PARTITION BY name, traeger, year, state ORDER BY month)),
ytd AS MATERIALIZED (
  SELECT traeger, year, month - year * 12 + 1 AS m, state - month AS w,
         max(total - december) FILTER (WHERE name = 1) AS i, max(total - december) FILTER (WHERE name = 2) AS im,
         max(total - december) FILTER (WHERE name = 3) AS if_, max(total - december) FILTER (WHERE name = 4) AS il,
         max(total - value) FILTER (WHERE name = 5) AS e, max(total - value) FILTER (WHERE name = 6) AS em,
         max(total - value) FILTER (WHERE name = 7) AS ef, max(total - value) FILTER (WHERE name = 8) AS el,
         max(total - december) FILTER (WHERE name = 8) AS l
  FROM running
  WHERE month >= year * 12 AND state - month BETWEEN 0 AND 3 AND kept AND there = month - year * 12 + 2
  GROUP BY traeger, year, month, state),
