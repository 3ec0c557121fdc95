-- Options may hold passwords: those are never read.
SELECT 'pg_foreign_data_wrapper', w.oid, 'FOREIGN DATA WRAPPER', quote_ident(w.fdwname),
       ARRAY[format('CREATE FOREIGN DATA WRAPPER %I%s%s%s', w.fdwname,
              CASE WHEN w.fdwhandler <> 0 THEN ' HANDLER ' || w.fdwhandler::regproc ELSE '' END,
              CASE WHEN w.fdwvalidator <> 0 THEN ' VALIDATOR ' || w.fdwvalidator::regproc ELSE '' END,
              coalesce(' OPTIONS (' || (SELECT string_agg(format('%I %L', option_name, option_value), ', ' ORDER BY option_name)
                                        FROM pg_options_to_table(w.fdwoptions) WHERE option_name !~* 'pass|secret|token|api_?key') || ')', ''))],
       format('DROP FOREIGN DATA WRAPPER %I', w.fdwname), '{}'::text[],
       pg_get_userbyid(w.fdwowner), w.fdwacl::text
FROM pg_foreign_data_wrapper w
WHERE NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_foreign_data_wrapper'::regclass AND x.objid = w.oid AND x.deptype = 'e')
UNION ALL
SELECT 'pg_foreign_server', s.oid, 'SERVER', quote_ident(s.srvname),
       ARRAY[format('CREATE SERVER %I%s%s FOREIGN DATA WRAPPER %I%s', s.srvname, coalesce(' TYPE ' || quote_literal(s.srvtype), ''),
              coalesce(' VERSION ' || quote_literal(s.srvversion), ''), w.fdwname,
              coalesce(' OPTIONS (' || (SELECT string_agg(format('%I %L', option_name, option_value), ', ' ORDER BY option_name)
                                        FROM pg_options_to_table(s.srvoptions) WHERE option_name !~* 'pass|secret|token|api_?key') || ')', ''))],
       format('DROP SERVER %I', s.srvname), '{}'::text[],
       pg_get_userbyid(s.srvowner), s.srvacl::text
FROM pg_foreign_server s
JOIN pg_foreign_data_wrapper w ON w.oid = s.srvfdw
WHERE NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_foreign_server'::regclass AND x.objid = s.oid AND x.deptype = 'e')
UNION ALL
SELECT 'pg_class', c.oid, 'FOREIGN TABLE', format('%I.%I', n.nspname, c.relname),
       ARRAY[format('CREATE FOREIGN TABLE %I.%I (%s) SERVER %I%s', n.nspname, c.relname,
              coalesce((SELECT string_agg(line, ', ' ORDER BY position) FROM (
                SELECT a.attnum::int AS position, concat_ws(' ', quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
                         'OPTIONS (' || (SELECT string_agg(format('%I %L', option_name, option_value), ', ' ORDER BY option_name)
                                         FROM pg_options_to_table(a.attfdwoptions)) || ')',
                         CASE WHEN a.attcollation NOT IN (0, t.typcollation) THEN 'COLLATE ' || a.attcollation::regcollation END,
                         CASE WHEN a.attgenerated <> '' THEN 'GENERATED ALWAYS AS (' || pg_get_expr(d.adbin, d.adrelid) || ') STORED'
                              ELSE 'DEFAULT ' || pg_get_expr(d.adbin, d.adrelid) END,
                         CASE WHEN a.attnotnull THEN 'NOT NULL' END) AS line
                FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
                LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                UNION ALL
                SELECT 10000 + row_number() OVER (ORDER BY k.conname COLLATE "C")::int, format('CONSTRAINT %I %s', k.conname, pg_get_constraintdef(k.oid))
                FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.conislocal) parts), ''),
              s.srvname,
              coalesce(' OPTIONS (' || (SELECT string_agg(format('%I %L', option_name, option_value), ', ' ORDER BY option_name)
                                        FROM pg_options_to_table(f.ftoptions) WHERE option_name !~* 'pass|secret|token|api_?key') || ')', ''))]
         || ARRAY(SELECT format('COMMENT ON COLUMN %I.%I.%I IS %L', n.nspname, c.relname, a.attname, m.description)
                  FROM pg_attribute a JOIN pg_description m ON m.classoid = 'pg_class'::regclass AND m.objoid = c.oid AND m.objsubid = a.attnum
                  WHERE a.attrelid = c.oid AND a.attnum > 0 ORDER BY a.attnum),
       format('DROP FOREIGN TABLE %I.%I', n.nspname, c.relname), ARRAY[format('%I.%I', n.nspname, c.relname)],
       pg_get_userbyid(c.relowner), c.relacl::text
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_foreign_table f ON f.ftrelid = c.oid
JOIN pg_foreign_server s ON s.oid = f.ftserver
WHERE c.oid = ANY ({{relations}})
UNION ALL
SELECT 'pg_user_mapping', u.umid, 'USER MAPPING', format('FOR %s SERVER %I', m.who, u.srvname),
       ARRAY[format('CREATE USER MAPPING FOR %s SERVER %I%s', m.who, u.srvname,
              coalesce(' OPTIONS (' || (SELECT string_agg(format('%I %L', option_name, option_value), ', ' ORDER BY option_name)
                                        FROM pg_options_to_table(u.umoptions) WHERE option_name !~* 'pass|secret|token|api_?key') || ')', ''))],
       format('DROP USER MAPPING FOR %s SERVER %I', m.who, u.srvname), '{}'::text[],
       NULL::name, NULL::text
FROM pg_user_mappings u
CROSS JOIN LATERAL (SELECT CASE WHEN u.umuser = 0 THEN 'PUBLIC' ELSE quote_ident(u.usename) END AS who) m
