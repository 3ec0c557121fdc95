SELECT 'pg_collation', c.oid, 'COLLATION', format('%I.%I', n.nspname, c.collname),
       ARRAY[format('CREATE COLLATION %I.%I (%s)', n.nspname, c.collname, concat_ws(', ',
         'PROVIDER = ' || CASE c.collprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END,
         CASE WHEN c.collprovider <> 'c' THEN 'LOCALE = ' || quote_literal([[17: c.colllocale ;; coalesce(to_jsonb(c) ->> 'colliculocale', c.collcollate) ]]) END,
         CASE WHEN c.collprovider = 'c' THEN 'LC_COLLATE = ' || quote_literal(c.collcollate) || ', LC_CTYPE = ' || quote_literal(c.collctype) END,
         CASE WHEN NOT c.collisdeterministic THEN 'DETERMINISTIC = false' END
         [[16: , 'RULES = ' || quote_literal(c.collicurules) ;; ]]))],
       format('DROP COLLATION %I.%I', n.nspname, c.collname), '{}'::text[],
       pg_get_userbyid(c.collowner), NULL::text
FROM pg_collation c
JOIN pg_namespace n ON n.oid = c.collnamespace
WHERE c.oid >= 16384 AND {{wanted_schema}}
  AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_collation'::regclass AND x.objid = c.oid AND x.deptype = 'e')
