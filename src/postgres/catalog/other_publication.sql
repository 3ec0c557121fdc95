SELECT 'pg_publication', p.oid, 'PUBLICATION', quote_ident(p.pubname),
       ARRAY[format('CREATE PUBLICATION %I', p.pubname)
         || CASE WHEN p.puballtables THEN ' FOR ALL TABLES'
                 ELSE coalesce(' FOR ' || nullif(concat_ws(', ',
           (SELECT 'TABLE ' || string_agg(format('%I.%I', n.nspname, c.relname)
                     [[15: || coalesce(' (' || (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
                                         WHERE a.attrelid = c.oid AND a.attnum = ANY (r.prattrs)) || ')', '')
                        || coalesce(' WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')', '') ;; ]],
                     ', ' ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C")
            FROM pg_publication_rel r JOIN pg_class c ON c.oid = r.prrelid JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE r.prpubid = p.oid)
           [[15: , (SELECT string_agg(format('TABLES IN SCHEMA %I', n.nspname), ', ' ORDER BY n.nspname COLLATE "C")
                    FROM pg_publication_namespace s JOIN pg_namespace n ON n.oid = s.pnnspid WHERE s.pnpubid = p.oid) ;; ]]), ''), '') END
         || format(' WITH (publish = %L, publish_via_partition_root = %s[[18: , publish_generated_columns = %s ;; ]])',
              concat_ws(', ', CASE WHEN p.pubinsert THEN 'insert' END, CASE WHEN p.pubupdate THEN 'update' END,
                        CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END), p.pubviaroot::text
              [[18: , CASE p.pubgencols WHEN 's' THEN 'stored' ELSE 'none' END ;; ]])],
       format('DROP PUBLICATION %I', p.pubname),
       ARRAY(SELECT format('%I.%I', n.nspname, c.relname) FROM pg_publication_rel r JOIN pg_class c ON c.oid = r.prrelid
             JOIN pg_namespace n ON n.oid = c.relnamespace WHERE r.prpubid = p.oid ORDER BY 1),
       pg_get_userbyid(p.pubowner), NULL::text
FROM pg_publication p
WHERE NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_publication'::regclass AND x.objid = p.oid AND x.deptype = 'e')
