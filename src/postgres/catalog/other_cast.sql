SELECT 'pg_cast', c.oid, 'CAST', format('(%s AS %s)', format_type(c.castsource, -1), format_type(c.casttarget, -1)),
       ARRAY[format('CREATE CAST (%s AS %s) %s%s', format_type(c.castsource, -1), format_type(c.casttarget, -1),
              CASE c.castmethod WHEN 'f' THEN 'WITH FUNCTION ' || c.castfunc::regprocedure WHEN 'i' THEN 'WITH INOUT'
                                ELSE 'WITHOUT FUNCTION' END,
              CASE c.castcontext WHEN 'a' THEN ' AS ASSIGNMENT' WHEN 'i' THEN ' AS IMPLICIT' ELSE '' END)],
       format('DROP CAST (%s AS %s)', format_type(c.castsource, -1), format_type(c.casttarget, -1)), '{}'::text[],
       NULL::name, NULL::text
FROM pg_cast c
WHERE c.oid >= 16384
  AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_cast'::regclass AND x.objid = c.oid AND x.deptype IN ('e', 'i'))
