SELECT 'pg_operator', o.oid, 'OPERATOR', o.signature,
       ARRAY[format('CREATE OPERATOR %I.%s (%s)', o.nspname, o.oprname, concat_ws(', ',
         'FUNCTION = ' || o.oprcode,
         CASE WHEN o.oprleft <> 0 THEN 'LEFTARG = ' || format_type(o.oprleft, -1) END,
         CASE WHEN o.oprright <> 0 THEN 'RIGHTARG = ' || format_type(o.oprright, -1) END,
         (SELECT format('COMMUTATOR = OPERATOR(%I.%s)', n.nspname, c.oprname) FROM pg_operator c
          JOIN pg_namespace n ON n.oid = c.oprnamespace WHERE c.oid = o.oprcom),
         (SELECT format('NEGATOR = OPERATOR(%I.%s)', n.nspname, c.oprname) FROM pg_operator c
          JOIN pg_namespace n ON n.oid = c.oprnamespace WHERE c.oid = o.oprnegate),
         CASE WHEN o.oprrest <> 0 THEN 'RESTRICT = ' || o.oprrest END,
         CASE WHEN o.oprjoin <> 0 THEN 'JOIN = ' || o.oprjoin END,
         CASE WHEN o.oprcanhash THEN 'HASHES' END, CASE WHEN o.oprcanmerge THEN 'MERGES' END))],
       'DROP OPERATOR ' || o.signature, '{}'::text[],
       pg_get_userbyid(o.oprowner), NULL::text
FROM (SELECT p.*, n.nspname,
             format('%I.%s (%s, %s)', n.nspname, p.oprname,
                    CASE WHEN p.oprleft = 0 THEN 'NONE' ELSE format_type(p.oprleft, -1) END,
                    CASE WHEN p.oprright = 0 THEN 'NONE' ELSE format_type(p.oprright, -1) END) AS signature
      FROM pg_operator p JOIN pg_namespace n ON n.oid = p.oprnamespace
      WHERE p.oid >= 16384 AND p.oprcode <> 0 AND {{wanted_schema}}
        AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_operator'::regclass AND x.objid = p.oid AND x.deptype = 'e')) o
