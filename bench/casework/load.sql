-- Person-months into DuckDB's own table, narrow types, one row a row. {files} and {columns} are filled in.
CREATE OR REPLACE TABLE pm AS
SELECT person, (left(berichtsmonat, 4)::SMALLINT * 12 + right(berichtsmonat, 2)::SMALLINT - 1)::SMALLINT AS m, traeger,
       CASE geschlecht WHEN 'M' THEN 1 WHEN 'F' THEN 2 ELSE 3 END::UTINYINT AS sex, (elb = '1') AS elb, coalesce(ae = '1', false) AS ae, coalesce(akt = '1', false) AS akt,
       CASE integration WHEN 'S' THEN CASE kont WHEN '1' THEN 5 WHEN '0' THEN 4 ELSE 3 END WHEN 'A' THEN 2 WHEN 'B' THEN 1 ELSE 0 END::UTINYINT AS code,
       coalesce(gering = '1', false) AS gering, coalesce(oeff = '1', false) AS oeff,
       coalesce((replace(nullif(llu, ''), ',', '.')::DECIMAL(9, 2) * 100)::INTEGER, 0) AS llu, coalesce((replace(nullif(luh, ''), ',', '.')::DECIMAL(9, 2) * 100)::INTEGER, 0) AS luh,
       coalesce(contains(gruppen, 'ASYL8'), false) AS asyl8, coalesce(contains(gruppen, 'U25'), false) AS u25
FROM read_csv([{files}], delim = ';', header = true, auto_detect = false, quote = '', escape = '', nullstr = '',
     columns = {{'person': '{person}', 'berichtsmonat': 'VARCHAR', 'traeger': 'VARCHAR', 'geschlecht': 'VARCHAR', 'geburtsmonat': 'VARCHAR', 'elb': 'VARCHAR', 'ae': 'VARCHAR',
                 'akt': 'VARCHAR', 'integration': 'VARCHAR', 'gering': 'VARCHAR', 'oeff': 'VARCHAR', 'kont': 'VARCHAR', 'llu': 'VARCHAR', 'luh': 'VARCHAR', 'gruppen': 'VARCHAR'}})
