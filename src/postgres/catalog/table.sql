SELECT c.oid, n.nspname, c.relname, c.relpersistence, c.reloptions, toast.reloptions,
       nullif(am.amname, 'heap'), space.spcname, c.relreplident, c.relrowsecurity, c.relforcerowsecurity,
       pg_get_userbyid(c.relowner), c.relacl::text,
       CASE c.relkind WHEN 'p' THEN pg_get_partkeydef(c.oid) END,
       CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid AND toast.reloptions IS NOT NULL
LEFT JOIN pg_am am ON am.oid = c.relam
LEFT JOIN pg_tablespace space ON space.oid = c.reltablespace
WHERE c.oid = ANY ({{relations}}) AND c.relkind IN ('r', 'p')
ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
