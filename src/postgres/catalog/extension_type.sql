SELECT n.nspname, t.typname
FROM pg_depend d
JOIN pg_type t ON t.oid = d.objid
JOIN pg_namespace n ON n.oid = t.typnamespace
WHERE d.refclassid = 'pg_extension'::regclass AND d.classid = 'pg_type'::regclass AND d.deptype = 'e'
  AND t.typname NOT LIKE '\_%' AND (t.typtype <> 'c' OR EXISTS (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c'))
ORDER BY n.nspname COLLATE "C", t.typname COLLATE "C"
