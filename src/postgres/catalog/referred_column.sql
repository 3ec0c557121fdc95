-- Columns of tables outside the wanted schemas that foreign keys refer to.
SELECT a.attrelid, a.attnum, a.attname
FROM (SELECT DISTINCT confrelid FROM pg_constraint WHERE conrelid = ANY ({{relations}}) AND contype = 'f') k
LEFT JOIN unnest({{relations}}) AS wanted(oid) ON wanted.oid = k.confrelid
JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum > 0
WHERE wanted.oid IS NULL
