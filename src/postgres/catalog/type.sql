-- The types that columns, domains, composites and ranges of the wanted schemas use.
WITH used AS (
  SELECT atttypid AS oid FROM pg_attribute WHERE attrelid = ANY ({{relations}}) AND attnum > 0
  UNION
  SELECT unnest(ARRAY[nullif(t.typbasetype, 0), a.atttypid, r.rngsubtype])
  FROM pg_namespace n
  JOIN pg_depend d ON d.refclassid = 'pg_namespace'::regclass AND d.refobjid = n.oid AND d.classid = 'pg_type'::regclass
  JOIN pg_type t ON t.oid = d.objid
  LEFT JOIN pg_attribute a ON a.attrelid = t.typrelid AND t.typrelid <> 0 AND a.attnum > 0
  LEFT JOIN pg_range r ON r.rngtypid = t.oid
  WHERE {{wanted_schema}})
SELECT t.oid, nullif(n.nspname, 'pg_catalog'), coalesce(e.typname, t.typname), e.oid IS NOT NULL,
       CASE WHEN n.nspname = 'pg_catalog' THEN format_type(coalesce(e.oid, t.oid), -1) END,
       t.typcollation, t.typstorage, t.typbasetype
FROM used
JOIN pg_type t ON t.oid = used.oid
LEFT JOIN pg_type e ON e.oid = t.typelem AND e.typarray = t.oid
JOIN pg_namespace n ON n.oid = coalesce(e.typnamespace, t.typnamespace)
