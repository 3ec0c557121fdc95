SELECT p.oid, n.nspname, p.proname, oidvectortypes(p.proargtypes), p.prokind,
       CASE WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid) END,
       concat_ws(' ', pg_get_function_result(p.oid), '(' || pg_get_function_arguments(p.oid) || ')'), pg_get_userbyid(p.proowner),
       p.proacl::text
FROM pg_namespace n
JOIN pg_depend d ON d.refclassid = 'pg_namespace'::regclass AND d.refobjid = n.oid AND d.classid = 'pg_proc'::regclass
JOIN pg_proc p ON p.oid = d.objid
WHERE {{wanted_schema}} AND p.prokind <> 'a'
  AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_proc'::regclass AND e.objid = p.oid AND e.deptype IN ('e', 'i'))
ORDER BY n.nspname COLLATE "C", p.proname COLLATE "C", oidvectortypes(p.proargtypes) COLLATE "C"
