-- As-of values by window function, joined with the grid of months and Wartezeiten and summed anew for each cell.
valid AS MATERIALIZED (
  SELECT traeger, name, month, value, ladestand AS since,
         lead(ladestand, 1, 1 << 40) OVER (PARTITION BY series, month, traeger ORDER BY ladestand) AS until
  FROM wanted CROSS JOIN facts USING (series)
  WHERE month BETWEEN (:year - 1) * 12 - 1 AND :year * 12 + 11),
twelve(m) AS MATERIALIZED (SELECT 1 UNION ALL SELECT m + 1 FROM twelve WHERE m < 12),
grid AS MATERIALIZED (
  SELECT year, m, w, year * 12 + m - 1 AS month, year * 12 + m - 1 + w AS state
  FROM (SELECT :year AS year UNION ALL SELECT :year - 1), twelve, (SELECT 0 AS w UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3)),
ytd AS MATERIALIZED (
  SELECT traeger, year, m, w,
         sum(value) FILTER (WHERE name = 1 AND v.month >= year * 12) AS i, sum(value) FILTER (WHERE name = 2 AND v.month >= year * 12) AS im,
         sum(value) FILTER (WHERE name = 3 AND v.month >= year * 12) AS if_, sum(value) FILTER (WHERE name = 4 AND v.month >= year * 12) AS il,
         sum(value) FILTER (WHERE name = 5 AND v.month < g.month) AS e, sum(value) FILTER (WHERE name = 6 AND v.month < g.month) AS em,
         sum(value) FILTER (WHERE name = 7 AND v.month < g.month) AS ef, sum(value) FILTER (WHERE name = 8 AND v.month < g.month) AS el,
         sum(value) FILTER (WHERE name = 8 AND v.month >= year * 12) AS l
  FROM valid v JOIN grid g ON v.month BETWEEN year * 12 - 1 AND g.month AND since <= state AND until > state
  GROUP BY traeger, year, m, w
  HAVING count(value) = 8 * (m + 1)),
