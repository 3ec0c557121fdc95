SELECT 'pg_statistic_ext', s.oid, 'STATISTICS', quote_ident(n.nspname) || '.' || quote_ident(s.stxname),
       ARRAY[pg_get_statisticsobjdef(s.oid)]
         || CASE WHEN s.stxstattarget >= 0 THEN ARRAY[format('ALTER STATISTICS %I.%I SET STATISTICS %s', n.nspname, s.stxname, s.stxstattarget)]
                 ELSE '{}' END,
       format('DROP STATISTICS %I.%I', n.nspname, s.stxname),
       ARRAY(SELECT format('%I.%I.%I', tn.nspname, t.relname, a.attname) FROM pg_attribute a
             WHERE a.attrelid = t.oid AND a.attnum = ANY (s.stxkeys) ORDER BY a.attnum),
       pg_get_userbyid(s.stxowner), NULL::text
FROM pg_statistic_ext s
JOIN pg_namespace n ON n.oid = s.stxnamespace
JOIN pg_class t ON t.oid = s.stxrelid
JOIN pg_namespace tn ON tn.oid = t.relnamespace
WHERE s.stxrelid = ANY ({{relations}})
