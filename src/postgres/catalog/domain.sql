SELECT t.oid, n.nspname, t.typname, pg_get_userbyid(t.typowner), t.typbasetype, CASE WHEN t.typtypmod >= 0 THEN format_type(t.typbasetype, t.typtypmod) END,
       t.typcollation, CASE WHEN t.typcollation NOT IN (0, 100) THEN t.typcollation::regcollation::text END, t.typnotnull,
       pg_get_expr(t.typdefaultbin, 0), t.typacl::text
{{types}}
WHERE {{own_type}} AND t.typtype = 'd'
ORDER BY n.nspname COLLATE "C", t.typname COLLATE "C"
