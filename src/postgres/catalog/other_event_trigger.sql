SELECT 'pg_event_trigger', e.oid, 'EVENT TRIGGER', quote_ident(e.evtname),
       ARRAY[format('CREATE EVENT TRIGGER %I ON %s%s EXECUTE FUNCTION %s()', e.evtname, e.evtevent,
              CASE WHEN e.evttags IS NOT NULL THEN ' WHEN TAG IN ('
                || (SELECT string_agg(quote_literal(t), ', ' ORDER BY t) FROM unnest(e.evttags) t) || ')' ELSE '' END,
              e.evtfoid::regproc)]
         || CASE WHEN e.evtenabled <> 'O' THEN ARRAY[format('ALTER EVENT TRIGGER %I %s', e.evtname,
              CASE e.evtenabled WHEN 'D' THEN 'DISABLE' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE REPLICA' END)] ELSE '{}' END,
       format('DROP EVENT TRIGGER %I', e.evtname), '{}'::text[],
       pg_get_userbyid(e.evtowner), NULL::text
FROM pg_event_trigger e
WHERE NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_event_trigger'::regclass AND x.objid = e.oid AND x.deptype = 'e')
