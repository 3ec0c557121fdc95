SELECT t.oid, n.nspname, t.typname, pg_get_userbyid(t.typowner), a.attname, a.atttypid, CASE WHEN a.atttypmod >= 0 THEN format_type(a.atttypid, a.atttypmod) END,
       a.attcollation, CASE WHEN a.attcollation NOT IN (0, 100) THEN a.attcollation::regcollation::text END,
       t.typacl::text
{{types}}
LEFT JOIN pg_attribute a ON a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_class c ON c.oid = t.typrelid AND c.relkind = 'c'
WHERE {{own_type}} AND t.typtype = 'c'
ORDER BY n.nspname COLLATE "C", t.typname COLLATE "C", a.attnum
