-- One statement in three parts: series.sql, one of as_of_*.sql, verdicts.sql. It judges all agreements of :year for twelve months and four Wartezeiten.
-- The eight series the targets need; name is 1 INT T, 2 INT M, 3 INT F, 4 INT T LZB, 5 ELB T, 6 ELB M, 7 ELB F, 8 ELB T LZB.
WITH
wanted(series, name) AS MATERIALIZED (
  SELECT id, CASE measure || sex || members WHEN 'INTT' THEN 1 WHEN 'INTM' THEN 2 WHEN 'INTF' THEN 3 WHEN 'INTTLZB' THEN 4
                                            WHEN 'ELBT' THEN 5 WHEN 'ELBM' THEN 6 WHEN 'ELBF' THEN 7 ELSE 8 END
  FROM series WHERE measure IN ('INT', 'ELB') AND (members = '' OR (members = 'LZB' AND sex = 'T'))),
