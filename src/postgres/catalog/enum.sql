SELECT t.oid, n.nspname, t.typname, pg_get_userbyid(t.typowner), ARRAY(SELECT e.enumlabel FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder), t.typacl::text
{{types}}
WHERE {{own_type}} AND t.typtype = 'e'
ORDER BY n.nspname COLLATE "C", t.typname COLLATE "C"
