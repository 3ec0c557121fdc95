-- Operator classes with what their families got from them; families by themselves are made empty.
SELECT 'pg_opclass', o.oid, 'OPERATOR CLASS', format('%I.%I USING %I', n.nspname, o.opcname, am.amname),
       ARRAY[format('CREATE OPERATOR CLASS %I.%I%s FOR TYPE %s USING %I FAMILY %I.%I AS %s', n.nspname, o.opcname,
              CASE WHEN o.opcdefault THEN ' DEFAULT' ELSE '' END, format_type(o.opcintype, -1), am.amname,
              fn.nspname, f.opfname,
              coalesce(nullif(concat_ws(', ',
                (SELECT string_agg(format('OPERATOR %s %s%s', a.amopstrategy, a.amopopr::regoperator,
                           CASE WHEN a.amopsortfamily <> 0 THEN format(' FOR ORDER BY %I.%I', sn.nspname, s.opfname) ELSE '' END),
                           ', ' ORDER BY a.amopstrategy, a.amopopr::regoperator::text COLLATE "C")
                 FROM pg_amop a LEFT JOIN pg_opfamily s ON s.oid = a.amopsortfamily
                 LEFT JOIN pg_namespace sn ON sn.oid = s.opfnamespace
                 WHERE a.amopfamily = o.opcfamily AND a.amoplefttype = o.opcintype),
                (SELECT string_agg(format('FUNCTION %s %s', p.amprocnum, p.amproc::regprocedure), ', ' ORDER BY p.amprocnum)
                 FROM pg_amproc p WHERE p.amprocfamily = o.opcfamily AND p.amproclefttype = o.opcintype),
                CASE WHEN o.opckeytype <> 0 THEN 'STORAGE ' || format_type(o.opckeytype, -1) END), ''),
                'STORAGE ' || format_type(o.opcintype, -1)))],
       format('DROP OPERATOR CLASS %I.%I USING %I', n.nspname, o.opcname, am.amname), '{}'::text[],
       pg_get_userbyid(o.opcowner), NULL::text
FROM pg_opclass o
JOIN pg_namespace n ON n.oid = o.opcnamespace
JOIN pg_am am ON am.oid = o.opcmethod
JOIN pg_opfamily f ON f.oid = o.opcfamily
JOIN pg_namespace fn ON fn.oid = f.opfnamespace
WHERE o.oid >= 16384 AND {{wanted_schema}}
  AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_opclass'::regclass AND x.objid = o.oid AND x.deptype = 'e')
UNION ALL
SELECT 'pg_opfamily', f.oid, 'OPERATOR FAMILY', format('%I.%I USING %I', n.nspname, f.opfname, am.amname),
       ARRAY[format('CREATE OPERATOR FAMILY %I.%I USING %I', n.nspname, f.opfname, am.amname)],
       format('DROP OPERATOR FAMILY %I.%I USING %I', n.nspname, f.opfname, am.amname), '{}'::text[],
       pg_get_userbyid(f.opfowner), NULL::text
FROM pg_opfamily f
JOIN pg_namespace n ON n.oid = f.opfnamespace
JOIN pg_am am ON am.oid = f.opfmethod
WHERE f.oid >= 16384 AND {{wanted_schema}}
  AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_opfamily'::regclass AND x.objid = f.oid AND x.deptype = 'e')
