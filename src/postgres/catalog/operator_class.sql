SELECT o.oid, nullif(n.nspname, 'pg_catalog'), o.opcname, o.opcmethod, o.opcintype, o.opcdefault, o.opckeytype
FROM pg_opclass o
JOIN pg_namespace n ON n.oid = o.opcnamespace
