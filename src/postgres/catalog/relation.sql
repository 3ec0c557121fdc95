-- Which relations are wanted, kept in a setting of this transaction, so that the statements after it find everything
-- by index and nothing of other schemas is ever looked at: a relation depends on its schema in pg_depend.
-- $1: schemas, $2, $3: regular expressions of excluded tables, by name and by schema.name; NULL for none.
WITH wanted AS MATERIALIZED (
  SELECT c.oid, c.relkind, n.nspname, c.relname
  FROM pg_namespace n
  JOIN pg_depend d ON d.refclassid = 'pg_namespace'::regclass AND d.refobjid = n.oid AND d.classid = 'pg_class'::regclass
  JOIN pg_class c ON c.oid = d.objid
  WHERE {{wanted_schema}}
    AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
    AND NOT EXISTS (SELECT FROM pg_depend e
                    WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid AND e.objsubid = 0 AND e.deptype = 'e')
    AND ($2::text IS NULL OR c.relkind = 'S' OR c.relname !~ $2)
    AND ($3::text IS NULL OR c.relkind = 'S' OR n.nspname || '.' || c.relname !~ $3))
SELECT set_config('agent_migrate.relations', coalesce(array_agg(oid)::text, '{}'), true) IS NULL FROM wanted
