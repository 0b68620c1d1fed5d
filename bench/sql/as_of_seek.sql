-- As-of values one by one: a correlated search for the newest Ladestand of every month of every cell.
twelve(m) AS MATERIALIZED (SELECT 0 UNION ALL SELECT m + 1 FROM twelve WHERE m < 12),
grid AS MATERIALIZED (
  SELECT year, m, w, year * 12 + m - 1 AS month, year * 12 + m - 1 + w AS state
  FROM (SELECT :year AS year UNION ALL SELECT :year - 1), twelve, (SELECT 0 AS w UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3) WHERE m > 0),
asof AS (
  SELECT t.traeger, name, year, grid.m, w, grid.month AS last, year * 12 + b.m - 1 AS month,
         (SELECT value FROM facts f WHERE f.series = wanted.series AND f.traeger = t.traeger AND f.month = year * 12 + b.m - 1 AND f.ladestand <= state
          ORDER BY ladestand DESC LIMIT 1) AS value
  FROM (SELECT DISTINCT traeger FROM target) t CROSS JOIN wanted CROSS JOIN grid CROSS JOIN twelve b ON b.m <= grid.m),
ytd AS MATERIALIZED (
  SELECT traeger, year, m, w,
         sum(value) FILTER (WHERE name = 1 AND month >= year * 12) AS i, sum(value) FILTER (WHERE name = 2 AND month >= year * 12) AS im,
         sum(value) FILTER (WHERE name = 3 AND month >= year * 12) AS if_, sum(value) FILTER (WHERE name = 4 AND month >= year * 12) AS il,
         sum(value) FILTER (WHERE name = 5 AND month < last) AS e, sum(value) FILTER (WHERE name = 6 AND month < last) AS em,
         sum(value) FILTER (WHERE name = 7 AND month < last) AS ef, sum(value) FILTER (WHERE name = 8 AND month < last) AS el,
         sum(value) FILTER (WHERE name = 8 AND month >= year * 12) AS l
  FROM asof
  GROUP BY traeger, year, m, w
  HAVING count(value) = 8 * (m + 1)),
