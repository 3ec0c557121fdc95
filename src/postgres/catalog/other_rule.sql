SELECT 'pg_rewrite', r.oid, 'RULE', format('%I ON %I.%I', r.rulename, n.nspname, c.relname),
       ARRAY[rtrim(pg_get_ruledef(r.oid), ';')]
         || CASE WHEN r.ev_enabled <> 'O' THEN ARRAY[format('ALTER TABLE %I.%I %s RULE %I', n.nspname, c.relname,
              CASE r.ev_enabled WHEN 'D' THEN 'DISABLE' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE REPLICA' END, r.rulename)]
                 ELSE '{}' END,
       format('DROP RULE %I ON %I.%I', r.rulename, n.nspname, c.relname),
       ARRAY[format('%I.%I', n.nspname, c.relname)]
         || ARRAY(SELECT DISTINCT format('%I.%I.%I', un.nspname, u.relname, a.attname) FROM pg_depend d
                  JOIN pg_class u ON u.oid = d.refobjid JOIN pg_namespace un ON un.oid = u.relnamespace
                  JOIN pg_attribute a ON a.attrelid = u.oid AND a.attnum = d.refobjsubid
                  WHERE d.classid = 'pg_rewrite'::regclass AND d.objid = r.oid AND d.refclassid = 'pg_class'::regclass
                    AND d.refobjsubid > 0 ORDER BY 1),
       NULL::name, NULL::text, c.oid
FROM pg_rewrite r
JOIN pg_class c ON c.oid = r.ev_class
JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE r.ev_class = ANY ({{relations}}) AND r.rulename <> '_RETURN'
