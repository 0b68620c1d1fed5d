-- All base figures by ../exchange/persons.md from the table pm. One window pass over the stock ordered by person and month, one
-- aggregation by everything that groups depend on (a few dozen rows a Jobcenter and month), and the sums of that. Columns: Träger, month,
-- measure, sex, group, value; cents for money; NULL where INT_KONT is not known yet.
WITH span AS MATERIALIZED (SELECT min(m) AS first, max(m) AS last FROM pm),
events AS MATERIALIZED (
  SELECT person, m, max(code) AS code, bool_or(gering) AS gering, bool_or(oeff) AS oeff FROM pm WHERE code > 0 OR gering OR oeff GROUP BY person, m),
stock AS (
  SELECT person, m, traeger, sex, ae, akt, asyl8, u25,
         count(*) OVER two_years AS in24, count(*) OVER four_years AS in48,
         lag(m) OVER months AS m_before, lag(traeger) OVER months AS t_before,
         lead(m) OVER months AS m_after, lead(traeger) OVER months AS t_after
  FROM pm WHERE elb
  WINDOW months AS (PARTITION BY person ORDER BY m), two_years AS (PARTITION BY person ORDER BY m RANGE BETWEEN 23 PRECEDING AND CURRENT ROW),
         four_years AS (PARTITION BY person ORDER BY m RANGE BETWEEN 47 PRECEDING AND CURRENT ROW)),
marked AS (
  SELECT *, in24 >= 21 AS lzb, in48 >= 42 AS lzb4,
         coalesce(m_before = m - 1, false) AS stayed, coalesce(m_after = m + 1, false) AS stays,
         -- LZB of the neighbouring stock month, for the movements of the group.
         coalesce(lag(in24 >= 21) OVER (PARTITION BY person ORDER BY m), false) AS lzb_before,
         coalesce(lead(in24 >= 21) OVER (PARTITION BY person ORDER BY m), false) AS lzb_after
  FROM stock),
seen AS (
  SELECT s.*, coalesce(now.code, 0) AS code_now, coalesce(next.code, 0) AS code_next, coalesce(next.gering, false) AS gering_next, coalesce(next.oeff, false) AS oeff_next
  FROM marked s LEFT JOIN events now ON now.person = s.person AND now.m = s.m LEFT JOIN events next ON next.person = s.person AND next.m = s.m + 1),
counted AS (
  SELECT *, CASE WHEN code_next > 0 THEN code_next WHEN NOT stayed AND m > (SELECT first FROM span) THEN code_now ELSE 0 END AS code FROM seen),
cells AS MATERIALIZED (
  SELECT traeger, m, sex, ae, lzb, lzb4, asyl8, u25,
         count(*) AS elb, count_if(akt) AS akt,
         count_if(NOT stayed) AS zu, count_if(stayed AND t_before <> traeger) AS umz_zu, count_if(lzb AND NOT (stayed AND lzb_before)) AS lzb_zu,
         count_if(NOT stays) AS ab, count_if(stays AND t_after <> traeger) AS umz_ab, count_if(lzb AND NOT (stays AND lzb_after)) AS lzb_ab,
         count_if(code > 0) AS int, count_if(code >= 3) AS svb, count_if(code = 5) AS kont, count_if(code = 3) AS open,
         count_if(gering_next) AS gering, count_if(oeff_next) AS oeff
  FROM counted GROUP BY ALL),
-- The month itself, and what the next month counts of this one's stock.
both_months AS (
  SELECT traeger, m, sex, ae, lzb, lzb4, asyl8, u25, elb, akt, CASE WHEN m > first THEN zu ELSE 0 END AS zu, CASE WHEN m > first THEN umz_zu ELSE 0 END AS umz_zu,
         CASE WHEN m > first THEN lzb_zu ELSE 0 END AS lzb_zu, 0 AS ab, 0 AS umz_ab, 0 AS lzb_ab, 0 AS int, 0 AS svb, 0 AS kont, 0 AS open, 0 AS gering, 0 AS oeff FROM cells, span
  UNION ALL
  SELECT traeger, m + 1, sex, ae, lzb, lzb4, asyl8, u25, 0, 0, 0, 0, 0, ab, umz_ab, lzb_ab, int, svb, kont, open, gering, oeff FROM cells, span WHERE m < last),
by_group AS (
  SELECT traeger, m, s.sex, g.gruppe, sum(elb) AS elb, sum(akt) AS akt, sum(int) AS int, sum(svb) AS svb, sum(kont) AS kont, sum(open) AS open, sum(gering) AS gering, sum(oeff) AS oeff,
         sum(zu) AS zu, sum(ab) AS ab, sum(umz_zu) AS umz_zu, sum(umz_ab) AS umz_ab, sum(lzb_zu) AS lzb_zu, sum(lzb_ab) AS lzb_ab
  FROM both_months b, (VALUES (''), ('AE'), ('LZB'), ('LZB4'), ('ASYL8'), ('U25')) g(gruppe), (VALUES ('T', 0), ('M', 1), ('F', 2)) s(sex, number)
  WHERE (s.number = 0 OR s.number = b.sex) AND (g.gruppe = '' OR (g.gruppe = 'AE' AND ae) OR (g.gruppe = 'LZB' AND lzb) OR (g.gruppe = 'LZB4' AND lzb4) OR (g.gruppe = 'ASYL8' AND asyl8) OR (g.gruppe = 'U25' AND u25))
  GROUP BY ALL),
named AS (
  SELECT traeger, m, f.measure, sex, gruppe AS gruppe, f.value FROM by_group, LATERAL (VALUES ('ELB', elb), ('AKT', akt), ('INT', int), ('INT_SVB', svb), ('INT_KONT', CASE WHEN open > 0 THEN -1 ELSE kont END), ('GERING', gering), ('OEFF', oeff)) f(measure, value)
  UNION ALL
  SELECT traeger, m, f.measure, sex, f.gruppe, f.value FROM by_group, LATERAL (VALUES ('ELB_ZU', '', zu), ('ELB_AB', '', ab), ('ELB_UMZ_ZU', '', umz_zu), ('ELB_UMZ_AB', '', umz_ab), ('ELB_ZU', 'LZB', lzb_zu), ('ELB_AB', 'LZB', lzb_ab)) f(measure, gruppe, value)
  WHERE by_group.gruppe = ''
  UNION ALL
  SELECT traeger, m, f.measure, s.sex, '', sum(f.value) FROM (SELECT traeger, m, sex, sum(llu) AS llu, sum(luh) AS luh FROM pm GROUP BY ALL) p, (VALUES ('T', 0), ('M', 1), ('F', 2)) s(sex, number), LATERAL (VALUES ('LLU', llu), ('LUH', luh)) f(measure, value)
  WHERE s.number = 0 OR s.number = p.sex GROUP BY ALL)
SELECT traeger::VARCHAR, (m // 12)::VARCHAR || '-' || lpad((m % 12 + 1)::VARCHAR, 2, '0'), measure, sex, gruppe, CASE WHEN value < 0 THEN '.' ELSE value::BIGINT::VARCHAR END
FROM named WHERE value <> 0
