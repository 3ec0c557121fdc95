SELECT c.oid, n.nspname, c.relname, c.relkind = 'm', rtrim(pg_get_viewdef(c.oid), ';'), c.reloptions,
       pg_get_userbyid(c.relowner), c.relacl::text,
       ARRAY(SELECT DISTINCT quote_ident(tn.nspname) || '.' || quote_ident(t.relname) || coalesce('.' || quote_ident(a.attname), '')
             FROM pg_rewrite w
             JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_class'::regclass
             JOIN pg_class t ON t.oid = d.refobjid AND t.oid <> c.oid
             JOIN pg_namespace tn ON tn.oid = t.relnamespace
             LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid AND d.refobjsubid > 0
             WHERE w.ev_class = c.oid ORDER BY 1),
       am.amname, space.spcname
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_am am ON am.oid = c.relam AND am.amname <> 'heap'
LEFT JOIN pg_tablespace space ON space.oid = c.reltablespace
WHERE c.oid = ANY ({{relations}}) AND c.relkind IN ('v', 'm')
ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"
