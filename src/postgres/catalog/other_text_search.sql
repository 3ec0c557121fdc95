SELECT 'pg_ts_dict', d.oid, 'TEXT SEARCH DICTIONARY', format('%I.%I', n.nspname, d.dictname),
       ARRAY[format('CREATE TEXT SEARCH DICTIONARY %I.%I (TEMPLATE = %I.%I%s)', n.nspname, d.dictname, tn.nspname, t.tmplname,
              coalesce(', ' || d.dictinitoption, ''))],
       format('DROP TEXT SEARCH DICTIONARY %I.%I', n.nspname, d.dictname), '{}'::text[],
       pg_get_userbyid(d.dictowner), NULL::text
FROM pg_ts_dict d
JOIN pg_namespace n ON n.oid = d.dictnamespace
JOIN pg_ts_template t ON t.oid = d.dicttemplate
JOIN pg_namespace tn ON tn.oid = t.tmplnamespace
WHERE d.oid >= 16384 AND {{wanted_schema}}
  AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_ts_dict'::regclass AND x.objid = d.oid AND x.deptype = 'e')
UNION ALL
SELECT 'pg_ts_config', c.oid, 'TEXT SEARCH CONFIGURATION', format('%I.%I', n.nspname, c.cfgname),
       ARRAY[format('CREATE TEXT SEARCH CONFIGURATION %I.%I (PARSER = %I.%I)', n.nspname, c.cfgname, pn.nspname, p.prsname)]
         || ARRAY(SELECT format('ALTER TEXT SEARCH CONFIGURATION %I.%I ADD MAPPING FOR %s WITH %s', n.nspname, c.cfgname,
                           (SELECT alias FROM ts_token_type(c.cfgparser) WHERE tokid = m.maptokentype),
                           string_agg(format('%I.%I', dn.nspname, d.dictname), ', ' ORDER BY m.mapseqno))
                  FROM pg_ts_config_map m JOIN pg_ts_dict d ON d.oid = m.mapdict JOIN pg_namespace dn ON dn.oid = d.dictnamespace
                  WHERE m.mapcfg = c.oid GROUP BY m.maptokentype ORDER BY m.maptokentype),
       format('DROP TEXT SEARCH CONFIGURATION %I.%I', n.nspname, c.cfgname), '{}'::text[],
       pg_get_userbyid(c.cfgowner), NULL::text
FROM pg_ts_config c
JOIN pg_namespace n ON n.oid = c.cfgnamespace
JOIN pg_ts_parser p ON p.oid = c.cfgparser
JOIN pg_namespace pn ON pn.oid = p.prsnamespace
WHERE c.oid >= 16384 AND {{wanted_schema}}
  AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_ts_config'::regclass AND x.objid = c.oid AND x.deptype = 'e')
UNION ALL
SELECT 'pg_ts_parser', p.oid, 'TEXT SEARCH PARSER', format('%I.%I', n.nspname, p.prsname),
       ARRAY[format('CREATE TEXT SEARCH PARSER %I.%I (%s)', n.nspname, p.prsname, concat_ws(', ',
              'START = ' || p.prsstart, 'GETTOKEN = ' || p.prstoken, 'END = ' || p.prsend, 'LEXTYPES = ' || p.prslextype,
              CASE WHEN p.prsheadline <> 0 THEN 'HEADLINE = ' || p.prsheadline END))],
       format('DROP TEXT SEARCH PARSER %I.%I', n.nspname, p.prsname), '{}'::text[], NULL::name, NULL::text
FROM pg_ts_parser p
JOIN pg_namespace n ON n.oid = p.prsnamespace
WHERE p.oid >= 16384 AND {{wanted_schema}}
  AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_ts_parser'::regclass AND x.objid = p.oid AND x.deptype = 'e')
UNION ALL
SELECT 'pg_ts_template', t.oid, 'TEXT SEARCH TEMPLATE', format('%I.%I', n.nspname, t.tmplname),
       ARRAY[format('CREATE TEXT SEARCH TEMPLATE %I.%I (%s)', n.nspname, t.tmplname, concat_ws(', ',
              CASE WHEN t.tmplinit <> 0 THEN 'INIT = ' || t.tmplinit END, 'LEXIZE = ' || t.tmpllexize))],
       format('DROP TEXT SEARCH TEMPLATE %I.%I', n.nspname, t.tmplname), '{}'::text[], NULL::name, NULL::text
FROM pg_ts_template t
JOIN pg_namespace n ON n.oid = t.tmplnamespace
WHERE t.oid >= 16384 AND {{wanted_schema}}
  AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_ts_template'::regclass AND x.objid = t.oid AND x.deptype = 'e')
