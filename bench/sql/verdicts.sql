-- Year against previous year, as exact numerators and denominators; quotas of men and women in billionths of a percent.
pair AS (
  SELECT traeger, m, w, c.i, c.l, c.il, p.i AS pi, p.l AS pl, p.il AS pil,
         c.i * p.e AS k2, p.i * c.e AS pk2, c.il * p.el AS k3e1, p.il * c.el AS pk3e1, c.e AS e, p.e AS pe, c.el AS el, p.el AS pel,
         abs(c.im * m * 100000000000 / c.em - c.if_ * m * 100000000000 / c.ef) AS gap,
         abs(p.im * m * 100000000000 / p.em - p.if_ * m * 100000000000 / p.ef) AS pgap
  FROM ytd c JOIN ytd p USING (traeger, m, w)
  WHERE c.year = :year AND p.year = :year - 1),
-- The value on the target's scale is above / below in tenths (of a percent, a Prozentpunkt; a count); the levels likewise in millionths.
scaled AS (
  SELECT traeger, m, w, number, tenths, number IN (3, 4, 7) AS at_most, number > 6 AS whole,
         CASE number WHEN 1 THEN 1000 * (k2 - pk2) WHEN 2 THEN 1000 * (i - pi) WHEN 3 THEN gap - pgap WHEN 4 THEN 1000 * (l - pl) WHEN 5 THEN 1000 * (il - pil)
                     WHEN 6 THEN 1000 * (k3e1 - pk3e1) WHEN 7 THEN l ELSE i END AS above,
         CASE number WHEN 1 THEN pk2 WHEN 2 THEN pi WHEN 3 THEN 100000000 WHEN 4 THEN pl WHEN 5 THEN pil WHEN 6 THEN pk3e1 WHEN 7 THEN 10 * m ELSE 10 END AS below,
         CASE number WHEN 1 THEN i * m * 100000000 WHEN 3 THEN gap WHEN 4 THEN l * 100000 WHEN 5 THEN il * 100000 WHEN 6 THEN il * m * 100000000
                     WHEN 7 THEN l * 100000 ELSE i * 100000 END AS level,
         CASE number WHEN 1 THEN e WHEN 3 THEN 1000 WHEN 4 THEN m WHEN 6 THEN el WHEN 7 THEN m ELSE 1 END AS level_below,
         CASE number WHEN 1 THEN pi * m * 100000000 WHEN 2 THEN pi * 100000 WHEN 3 THEN pgap WHEN 4 THEN pl * 100000 WHEN 5 THEN pil * 100000
                     WHEN 6 THEN pil * m * 100000000 END AS last_level,
         CASE number WHEN 1 THEN pe WHEN 3 THEN 1000 WHEN 4 THEN m WHEN 6 THEN pel ELSE 1 END AS last_below
  FROM pair JOIN target USING (traeger)),
-- Rounded half away from zero, in integers.
rounded AS (
  SELECT *, (2 * above + iif(above < 0, -below, below)) / (2 * below) * iif(whole, 10, 1) AS actual FROM scaled)
SELECT traeger, m, w, number,
       CASE WHEN number = 8 AND m < 12 THEN 'offen' WHEN iif(at_most, actual <= tenths, actual >= tenths) THEN 'erreicht' ELSE 'nicht_erreicht' END,
       actual, (2 * level + level_below) / (2 * level_below), (2 * last_level + last_below) / (2 * last_below)
FROM rounded;
