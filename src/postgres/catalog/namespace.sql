SELECT n.oid, n.nspname, pg_get_userbyid(n.nspowner), n.nspacl::text
FROM pg_namespace n
WHERE {{wanted_schema}}
