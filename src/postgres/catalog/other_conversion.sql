SELECT 'pg_conversion', c.oid, 'CONVERSION', format('%I.%I', n.nspname, c.conname),
       ARRAY[format('CREATE %sCONVERSION %I.%I FOR %L TO %L FROM %s', CASE WHEN c.condefault THEN 'DEFAULT ' ELSE '' END,
              n.nspname, c.conname, pg_encoding_to_char(c.conforencoding), pg_encoding_to_char(c.contoencoding),
              c.conproc::regproc)],
       format('DROP CONVERSION %I.%I', n.nspname, c.conname), '{}'::text[],
       pg_get_userbyid(c.conowner), NULL::text
FROM pg_conversion c
JOIN pg_namespace n ON n.oid = c.connamespace
WHERE c.oid >= 16384 AND {{wanted_schema}}
  AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_conversion'::regclass AND x.objid = c.oid AND x.deptype = 'e')
UNION ALL
SELECT 'pg_language', l.oid, 'LANGUAGE', quote_ident(l.lanname),
       ARRAY[format('CREATE %sLANGUAGE %I HANDLER %s%s%s', CASE WHEN l.lanpltrusted THEN 'TRUSTED ' ELSE '' END, l.lanname,
              l.lanplcallfoid::regproc, CASE WHEN l.laninline <> 0 THEN ' INLINE ' || l.laninline::regproc ELSE '' END,
              CASE WHEN l.lanvalidator <> 0 THEN ' VALIDATOR ' || l.lanvalidator::regproc ELSE '' END)],
       format('DROP LANGUAGE %I', l.lanname), '{}'::text[],
       pg_get_userbyid(l.lanowner), l.lanacl::text
FROM pg_language l
WHERE l.oid >= 16384
  AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_language'::regclass AND x.objid = l.oid AND x.deptype = 'e')
UNION ALL
SELECT 'pg_am', m.oid, 'ACCESS METHOD', quote_ident(m.amname),
       ARRAY[format('CREATE ACCESS METHOD %I TYPE %s HANDLER %s', m.amname, CASE m.amtype WHEN 't' THEN 'TABLE' ELSE 'INDEX' END,
              m.amhandler::regproc)],
       format('DROP ACCESS METHOD %I', m.amname), '{}'::text[], NULL::name, NULL::text
FROM pg_am m
WHERE m.oid >= 16384
  AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_am'::regclass AND x.objid = m.oid AND x.deptype = 'e')
